// SPDX-License-Identifier: MIT
// A YAML document as a plain tree with positions. Made once by ParseYaml; no other file of the
// project sees yaml-cpp.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spec/diagnostic.h"

namespace plumbline::spec {

struct Node {
  enum class Kind { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  std::string text = {};  // of kScalar, with YAML's escapes resolved
  bool quoted = false;    // of kScalar: in quotes or a block, so it is text whatever it looks like
  Mark mark = {};
  std::vector<Node> items = {};                     // of kList
  std::vector<std::pair<Node, Node>> entries = {};  // of kMap, as written; each key once

  bool IsScalar() const { return kind == Kind::kScalar; }
  bool IsList() const { return kind == Kind::kList; }
  bool IsMap() const { return kind == Kind::kMap; }
  // The value of a key of a map, or nothing.
  const Node* Find(const std::string& key) const;
  // The key itself, which has a place too.
  const Node* FindKey(const std::string& key) const;
};

// "a list", "a number", "text" ...: what a reader of the file would call it.
std::string Describe(const Node& node);

// What an unquoted word is, by its own letters (YAML 1.2's core schema), whatever YAML 1.1 says:
// `no` and `on` are text, `017` is a number that needs a decision.
enum class PlainType { kText, kBool, kNumber };
PlainType TypeOfPlain(const std::string& text);
bool IsPlainNumber(const Node& node);

// On one line, as a person would write it: `{to: a, text: "x\n"}`.
std::string ToFlow(const Node& node);

// Parses one document. What YAML allows and an exercise does not (aliases, anchors, tags, duplicate
// keys, keys that are no words, a second document, depth over 64) is reported with its place; so
// are bytes that are no text. Nothing: the text could not be parsed to its end.
std::optional<Node> ParseYaml(const std::string& text, const std::string& file,
                              Diagnostics& diagnostics);

}  // namespace plumbline::spec
