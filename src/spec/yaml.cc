// SPDX-License-Identifier: MIT
// The one file that includes yaml-cpp. It uses the parser's events, not its nodes: those lose
// aliases, keep duplicate keys and can hold cycles.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string_view>

#include "base/text.h"
#include "spec/node.h"

namespace plumbline::spec {
namespace {

constexpr size_t kDeepest = 64;

// Thrown through the parser, which has no other way to stop; far below its own limit.
struct TooDeep {
  Mark mark;
};

class Source {
 public:
  explicit Source(std::string_view text) : text_(text) {
    starts_.push_back(0);
    for (size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\n') starts_.push_back(at + 1);
    }
  }

  std::string_view Line(size_t number) const {
    if (number >= starts_.size()) return {};
    const size_t end = number + 1 < starts_.size() ? starts_[number + 1] - 1 : text_.size();
    return text_.substr(starts_[number], end - starts_[number]);
  }

  // yaml-cpp counts bytes, from 0; people count characters, from 1.
  Mark At(size_t line, size_t column) const {
    const std::string_view before = Line(line).substr(0, column);
    const auto characters =
        std::ranges::count_if(before, [](char c) { return (c & '\xc0') != '\x80'; });
    return {static_cast<int>(line) + 1, static_cast<int>(characters) + 1};
  }
  Mark At(const YAML::Mark& mark) const {
    if (mark.line < 0) return {};
    return At(static_cast<size_t>(mark.line), static_cast<size_t>(std::max(mark.column, 0)));
  }
  Mark AtByte(size_t offset) const {
    const auto next = std::ranges::upper_bound(starts_, offset);
    const auto line = static_cast<size_t>(next - starts_.begin()) - 1;
    return At(line, offset - starts_[line]);
  }

  // A tab before the first other character of a line.
  bool IndentedByTab(size_t line) const {
    const std::string_view text = Line(line);
    return text.substr(0, text.find_first_not_of(" \t")).contains('\t');
  }

 private:
  std::string_view text_;
  std::vector<size_t> starts_;
};

// Builds the tree. Recursion is the parser's own; here is a stack of what is open.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const Source& source, const std::string& file, Diagnostics& diagnostics)
      : source_(source), file_(file), diagnostics_(diagnostics) {}

  std::optional<Node> TakeRoot() { return std::move(root_); }
  bool documents() const { return documents_ > 0; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2)
      Report(mark, "second-document", "a second document begins here",
             "an exercise is one document: remove the line '---'");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    RefuseAnchor(mark, anchor);
    Add(Node{.mark = source_.At(mark)});
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Report(mark, "alias", "aliases are not allowed",
           "write the value again, or let a scenario be like another one");
    Add(Node{.mark = source_.At(mark)});
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    RefuseAnchor(mark, anchor);
    RefuseTag(mark, tag);
    RefuseTabs(mark);
    Add(Node{.kind = Node::Kind::kScalar,
             .text = value,
             .quoted = tag != "?",
             .mark = source_.At(mark)});
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(Node::Kind::kList, mark, tag, anchor);
  }
  void OnSequenceEnd() override { Close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(Node::Kind::kMap, mark, tag, anchor);
  }
  void OnMapEnd() override { Close(); }

 private:
  struct Level {
    Node node;
    std::optional<Node> key;      // of a map: waits for its value
    std::set<std::string> words;  // of a map: the keys so far
  };

  void Report(const YAML::Mark& mark, std::string code, std::string message, std::string hint) {
    diagnostics_.push_back(
        {file_, source_.At(mark), std::move(code), std::move(message), std::move(hint)});
  }

  void RefuseAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor == YAML::NullAnchor) return;
    Report(mark, "anchor", "anchors are not allowed", "remove the word that begins with '&'");
  }

  void RefuseTag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    Report(mark, "tag", "tags are not allowed", "remove the word that begins with '!'");
  }

  // The parser takes some tabs for spaces, and then the shape is not what the eye sees.
  void RefuseTabs(const YAML::Mark& mark) {
    const std::string_view line = source_.Line(static_cast<size_t>(mark.line));
    const std::string_view before = line.substr(0, static_cast<size_t>(mark.column));
    if (before.contains('\t') && before.find_first_not_of(" \t") == std::string_view::npos)
      Report(mark, "tab", "a tab indents this line", "indent with spaces");
  }

  void Open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    RefuseAnchor(mark, anchor);
    RefuseTag(mark, tag);
    if (open_.size() >= kDeepest) throw TooDeep{source_.At(mark)};
    open_.push_back({Node{.kind = kind, .mark = source_.At(mark)}, std::nullopt, {}});
  }

  void Close() {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    Add(std::move(node));
  }

  void Add(Node node) {
    if (documents_ > 1) return;
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Level& level = open_.back();
    if (level.node.IsList()) {
      level.node.items.push_back(std::move(node));
    } else if (!level.key) {
      level.key = std::move(node);
    } else {
      AddEntry(level, std::move(*level.key), std::move(node));
      level.key.reset();
    }
  }

  void AddEntry(Level& level, Node key, Node value) {
    if (!key.IsScalar()) {
      diagnostics_.push_back(
          {file_, key.mark, "key-no-word", "a key must be a word, this is " + Describe(key), ""});
      return;
    }
    if (!level.words.insert(key.text).second) {
      diagnostics_.push_back({file_, key.mark, "duplicate-key",
                              "the key '" + Escaped(key.text, 60) + "' is there twice",
                              "keep one of them"});
      return;
    }
    level.node.entries.emplace_back(std::move(key), std::move(value));
  }

  const Source& source_;
  const std::string& file_;
  Diagnostics& diagnostics_;
  std::vector<Level> open_;
  std::optional<Node> root_;
  int documents_ = 0;
};

// Bytes that no editor should have written: reported once each kind, before YAML sees them.
bool IsText(const std::string& text, const Source& source, const std::string& file,
            Diagnostics& diagnostics) {
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (!control || c == '\n' || c == '\r' || c == '\t') continue;
    diagnostics.push_back({file, source.AtByte(at), c == '\0' ? "nul-byte" : "control-character",
                           "the byte " + Escaped(std::string_view(&c, 1)) + " is no text",
                           "write it as an escape in double quotes, \"\\x04\""});
    return false;
  }
  if (IsUtf8(text)) return true;
  const std::string mended = ToUtf8(text);
  const auto good = static_cast<size_t>(std::ranges::mismatch(text, mended).in1 - text.begin());
  diagnostics.push_back({file, source.AtByte(good), "not-utf8", "the file is not UTF-8 here",
                         "save it as UTF-8 in your editor"});
  return false;
}

Diagnostic SyntaxError(const YAML::ParserException& error, const Source& source,
                       const std::string& file) {
  const Mark mark = source.At(error.mark);
  for (int line = std::max(0, error.mark.line - 1); line <= error.mark.line; ++line) {
    if (!source.IndentedByTab(static_cast<size_t>(line))) continue;
    return {file, source.At(static_cast<size_t>(line), 0), "tab", "a tab indents this line",
            "indent with spaces"};
  }
  return {file, mark, "yaml-syntax", "this is not YAML: " + Escaped(error.msg), ""};
}

}  // namespace

std::optional<Node> ParseYaml(const std::string& text, const std::string& file,
                              Diagnostics& diagnostics) {
  const Source source(text);
  if (!IsText(text, source, file, diagnostics)) return std::nullopt;
  TreeBuilder builder(source, file, diagnostics);
  std::istringstream stream(text);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const TooDeep& error) {
    diagnostics.push_back({file, error.mark, "too-deep",
                           "nested more than " + std::to_string(kDeepest) + " levels deep", ""});
    return std::nullopt;
  } catch (const YAML::ParserException& error) {
    diagnostics.push_back(SyntaxError(error, source, file));
    return std::nullopt;
  }
  if (!builder.documents()) {
    diagnostics.push_back(
        {file, {1, 1}, "empty-file", "the file is empty", "begin with format: 1"});
    return std::nullopt;
  }
  return builder.TakeRoot();
}

}  // namespace plumbline::spec
