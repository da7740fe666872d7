// SPDX-License-Identifier: MIT
// The one file that includes yaml-cpp. It uses the parser's events, not its nodes: those lose
// aliases, keep duplicate keys and can hold cycles.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string_view>

#include "base/text.h"
#include "spec/node.h"
#include "spec/source.h"

namespace plumbline::spec {
namespace {

constexpr size_t kDeepest = 64;

// Thrown through the parser, which has no other way to stop; far below its own limit.
struct TooDeep {
  Mark mark;
};

Mark At(const Source& source, const YAML::Mark& mark) {
  if (mark.line < 0) return {};
  return source.At(static_cast<size_t>(mark.line), static_cast<size_t>(std::max(mark.column, 0)));
}

std::string_view From(const Source& source, const YAML::Mark& mark) {
  if (mark.line < 0) return {};
  return source.From(static_cast<size_t>(mark.line), static_cast<size_t>(std::max(mark.column, 0)));
}

// Whether nothing is written out there: `~` or `null`, in its three ways.
bool BeginsWithNull(std::string_view text) {
  return text.starts_with('~') || text.starts_with("null") || text.starts_with("Null") ||
         text.starts_with("NULL");
}

// Whether the quote that opens a text is closed again. (The parser takes the end of the file for a
// closing quote.)
bool HasOpenQuote(std::string_view text) {
  if (!text.starts_with('"') && !text.starts_with('\'')) return false;
  for (size_t at = 1; at < text.size(); ++at) {
    if (text[0] == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == text[0]) {
      return false;  // of two single quotes inside, the second opens what the next one closes
    }
  }
  return true;
}

// Thrown where a second document begins; the first one is whole.
struct SecondDocument {};

// Builds the tree. Recursion is the parser's own; here is a stack of what is open.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const Source& source, const std::string& file, Diagnostics& diagnostics)
      : source_(source), file_(file), diagnostics_(diagnostics) {}

  std::optional<Node> TakeRoot() { return std::move(root_); }
  bool documents() const { return documents_ > 0; }
  bool open_quote() const { return open_quote_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 1) return;
    // The parser also begins a document, and another and another, at what it cannot place.
    if (!From(source_, mark).starts_with("---"))
      throw YAML::ParserException(mark, "the document has ended before this");
    Report(mark, "second-document", "a second document begins here",
           "an exercise is one document: remove the line '---'");
    throw SecondDocument{};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    RefuseAnchor(mark, anchor);
    // Where nothing is written the parser names the place of what comes next.
    Add(Node{.mark = BeginsWithNull(From(source_, mark)) ? At(source_, mark) : Mark{}});
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Report(mark, "alias", "aliases are not allowed",
           "write the value again, or let a scenario be like another one");
    Add(Node{.mark = At(source_, mark)});
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    RefuseAnchor(mark, anchor);
    RefuseTag(mark, tag);
    RefuseTabs(mark);
    RefuseOpenQuote(mark);
    Add(Node{.kind = Node::Kind::kScalar,
             .text = value,
             .quoted = tag != "?",
             .mark = At(source_, mark)});
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
        {file_, At(source_, mark), std::move(code), std::move(message), std::move(hint)});
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
    const auto indentation = source_.IndentationOf(static_cast<size_t>(mark.line));
    if (indentation.tab && indentation.width == static_cast<size_t>(mark.column))
      Report(mark, "tab", "a tab indents this line", "indent with spaces");
  }

  void RefuseOpenQuote(const YAML::Mark& mark) {
    if (!HasOpenQuote(From(source_, mark))) return;
    open_quote_ = true;
    Report(mark, "unclosed-quote", "the text that begins here never ends", "close its quotes");
  }

  void Open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    RefuseAnchor(mark, anchor);
    RefuseTag(mark, tag);
    if (open_.size() >= kDeepest) throw TooDeep{At(source_, mark)};
    open_.push_back({Node{.kind = kind, .mark = At(source_, mark)}, std::nullopt, {}});
  }

  void Close() {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    Add(std::move(node));
  }

  void Add(Node node) {
    if (open_.empty()) {
      if (node.mark.line == 0) node.mark = {1, 1};
      root_ = std::move(node);
      return;
    }
    Level& level = open_.back();
    if (node.mark.line == 0) node.mark = level.key ? level.key->mark : level.node.mark;
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
  bool open_quote_ = false;
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

// The commonest reasons of what the parser says.
std::string AdviceOn(const YAML::ParserException& error) {
  namespace message = YAML::ErrorMsg;
  static const std::map<std::string_view, std::string_view> kAdvice{
      {message::END_OF_MAP_FLOW, "a comma, a closing brace or quotes are missing before this"},
      {message::END_OF_SEQ_FLOW, "a comma, a closing bracket or quotes are missing before this"},
      {message::END_OF_MAP, "this line is not indented like the one that it belongs to"},
      {message::END_OF_SEQ, "this line is not indented like the one that it belongs to"},
      {message::FLOW_END, "this bracket closes none that is open"},
      {message::MAP_VALUE, "a text that holds ': ' needs quotes"},
      {message::BLOCK_ENTRY, "a text that begins with '- ' needs quotes"},
      {message::INVALID_ESCAPE,
       "in double quotes write \\\\ for a backslash, or use single quotes"}};
  const auto found = std::ranges::find_if(
      kAdvice, [&](const auto& advice) { return error.msg.starts_with(advice.first); });
  return found == kAdvice.end() ? "" : std::string(found->second);
}

Diagnostic SyntaxError(const YAML::ParserException& error, const Source& source,
                       const std::string& file) {
  const Mark mark = At(source, error.mark);
  for (int line = std::max(0, error.mark.line - 1); line <= error.mark.line; ++line) {
    if (!source.IndentationOf(static_cast<size_t>(line)).tab) continue;
    return {file, source.At(static_cast<size_t>(line), 0), "tab", "a tab indents this line",
            "indent with spaces"};
  }
  return {file, mark, "yaml-syntax", "this is not YAML: " + Escaped(error.msg), AdviceOn(error)};
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
  } catch (const SecondDocument&) {
    return builder.TakeRoot();
  } catch (const TooDeep& error) {
    diagnostics.push_back({file, error.mark, "too-deep",
                           "nested more than " + std::to_string(kDeepest) + " levels deep", ""});
    return std::nullopt;
  } catch (const YAML::ParserException& error) {
    // Whatever else is wrong after a text without end follows from that.
    if (!builder.open_quote()) diagnostics.push_back(SyntaxError(error, source, file));
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
