// SPDX-License-Identifier: MIT
// Why a check was lost: what happened, the evidence, the likely cause, the next step. Held as
// messages with arguments, put into a language only when told.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/event.h"

namespace plumbline::evaluate {

struct Message;

// The value of a {name} in a Message: text shown as it is (escape a student's bytes first,
// base/text.h), or a Message of its own: words that are translated too (Scene::NameOf).
struct Argument {
  std::string name;
  std::string text;
  std::vector<Message> words;  // at most one; if there, `text` is not used

  // Defined where Message is complete: Clang needs it for the vector.
  inline Argument(std::string name, std::string text);
  inline Argument(std::string name, const char* text);
  inline Argument(std::string name, std::string_view text);
  Argument(std::string name, std::integral auto number)
      : name(std::move(name)), text(std::to_string(number)) {}
  inline Argument(std::string name, Message words);
  inline bool operator==(const Argument& other) const;
};

// An English sentence that is also the key of its translations, with {name} for arguments.
struct Message {
  std::string id;  // "" : there is nothing to say
  std::vector<Argument> args = {};

  bool empty() const { return id.empty(); }
  bool operator==(const Message&) const = default;
};

inline bool Argument::operator==(const Argument& other) const {
  return name == other.name && text == other.text && words == other.words;
}

inline Argument::Argument(std::string name, std::string text)
    : name(std::move(name)), text(std::move(text)) {}
inline Argument::Argument(std::string name, const char* text) : name(std::move(name)), text(text) {}
inline Argument::Argument(std::string name, std::string_view text)
    : name(std::move(name)), text(text) {}
inline Argument::Argument(std::string name, Message words) : name(std::move(name)) {
  this->words.push_back(std::move(words));
}

// The one form in which a message is written, because ci/messages finds the sentences to translate
// by it: Msg, a parenthesis, string literals (adjacent ones are joined), then the arguments:
//   Msg("{who} still holds descriptor {fd}, an end of {pipe}",
//       {{"who", scene.NameOf(p)}, {"fd", fd}, {"pipe", scene.NameOfObject(object, at)}})
// Whole sentences, never glued from parts: word order differs between languages. In src/evaluate/po
// each sentence needs its Catalan and Spanish one.
inline Message Msg(std::string id, std::vector<Argument> args = {}) {
  return Message{std::move(id), std::move(args)};
}

// A text beside what it should have been, from some lines before the first that differs. Each line
// is escaped, its newline included ("pera\\n"), so that what is missing at the end is seen.
struct Comparison {
  int line = 1;  // the number of the first
  std::vector<std::string> expected = {};
  std::vector<std::string> got = {};
  bool cut = false;  // there is more than is here
  bool operator==(const Comparison&) const = default;
};

struct Finding {
  std::string code = {};  // of the kind's table: "pipe-end-kept"
  Message what = {};
  std::vector<Message> evidence = {};
  Message why = {};
  Message next = {};
  std::optional<record::Location> location = {};
  std::optional<Comparison> comparison = {};
};

}  // namespace plumbline::evaluate
