// SPDX-License-Identifier: MIT
#include "report/page_given.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/errno_names.h"
#include "base/shell_word.h"
#include "base/signals.h"
#include "base/text.h"
#include "report/layout.h"

namespace plumbline::report {
namespace {

using evaluate::Message;
using evaluate::Msg;
using Json = nlohmann::ordered_json;

constexpr size_t kMostOfText = 2000;
constexpr size_t kMostOfLine = 500;
constexpr size_t kMostItems = 50;

// One that becomes little more than a page has room for. The beginning is the same: the lines of
// `bytes:` are, but for the last ones.
spec::TextPiece Shortened(spec::TextPiece piece) {
  constexpr size_t kEnough = kMostOfText + 200;
  piece.size = std::min<uint64_t>(piece.size, kEnough);
  piece.count = std::min(piece.count, static_cast<int>(kEnough));
  if (piece.text.size() > kEnough) piece.text.resize(kEnough);
  if (piece.count > 1 && piece.text.size() > 1)
    piece.count = std::min(piece.count, static_cast<int>(kEnough / piece.text.size()) + 1);
  return piece;
}

// More than kMostOfText if the text is.
std::string BeginningOf(const spec::Text& text) {
  std::string bytes;
  for (const spec::TextPiece& piece : text.pieces) {
    if (bytes.size() > kMostOfText) break;
    bytes += spec::Materialize(spec::Text{{Shortened(piece)}});
  }
  return bytes;
}

class Given {
 public:
  Given(const spec::Scenario& scenario, const Translator& translator)
      : scenario_(scenario), translator_(translator) {}

  Json All() const {
    Json all = Json::array();
    Add(all, Msg("Arguments"), Arguments());
    Add(all, Msg("Environment"), Environment());
    Add(all, Msg("Files at the start"), Files());
    Add(all, Msg("Standard input"), {StandardInput()});
    Add(all, Msg("Other ends of conversations"), Peers());
    Add(all, Msg("What goes wrong"), Alterations());
    Add(all, Msg("Steps"), Steps());
    return all;
  }

 private:
  std::string Tell(const Message& message) const { return SafeLines(translator_.Tell(message)); }

  void Add(Json& all, const Message& title, std::vector<Json> items) const {
    if (items.empty()) return;
    const size_t count = items.size();
    if (count > kMostItems) {
      items.resize(kMostItems);
      const int more = static_cast<int>(count - kMostItems);
      items.push_back(Item("", Msg("… more: {count}", {{"count", more}})));
    }
    all.push_back({{"title", Tell(title)}, {"items", std::move(items)}});
  }

  Json Item(const std::string& name, const Message& note = {}) const {
    return {{"name", Escaped(name, kMostOfLine)}, {"note", Tell(note)}};
  }

  // With several things to be said of it.
  Json Item(const std::string& name, const std::vector<Message>& notes) const {
    std::string note;
    for (const Message& one : notes) note += (note.empty() ? "" : ", ") + Tell(one);
    return {{"name", Escaped(name, kMostOfLine)}, {"note", note}};
  }

  Json TextItem(const std::string& name, const spec::Text& text) const {
    const std::string bytes = BeginningOf(text);
    if (bytes.empty()) return Item(name, Msg("empty"));
    const std::string_view shown = std::string_view(bytes).substr(0, kMostOfText);
    Json item = Item(name);
    Json lines = Json::array();
    for (const std::string_view line : Lines(shown)) lines.push_back(Escaped(line, kMostOfLine));
    item["lines"] = std::move(lines);
    item["newline"] = shown.ends_with('\n');
    item["cut"] = bytes.size() > kMostOfText;
    return item;
  }

  std::vector<Json> Arguments() const {
    if (scenario_.args.empty()) return {};
    return {Item(Joined(scenario_.args))};
  }

  std::vector<Json> Environment() const {
    std::vector<Json> items;
    for (const auto& [name, value] : scenario_.env) items.push_back(Item(name + "=" + value));
    return items;
  }

  std::vector<Json> Files() const {
    std::vector<Json> items;
    for (const spec::FileSpec& file : scenario_.files) {
      if (items.size() <= kMostItems)
        items.push_back(Of(file));
      else
        items.emplace_back();  // only counted
    }
    return items;
  }

  Json Of(const spec::FileSpec& file) const {
    const std::string name =
        file.path + (file.count > 0 ? " (n = 1 ... " + std::to_string(file.count) + ")" : "");
    switch (file.kind) {
      case spec::FileSpec::Kind::kFile:
        return TextItem(name, file.text);
      case spec::FileSpec::Kind::kFifo:
        return Item(name, Msg("a FIFO"));
      case spec::FileSpec::Kind::kDirectory:
        return Item(name, Msg("a directory"));
      case spec::FileSpec::Kind::kSocket:
        return Item(name, Msg("a socket"));
      case spec::FileSpec::Kind::kLink:
        break;
    }
    return Item(name, Msg("a link to {path}", {{"path", Escaped(file.target)}}));
  }

  Json StandardInput() const {
    if (scenario_.terminal) return Item("", Msg("a terminal"));
    switch (scenario_.input.kind) {
      case spec::Input::Kind::kEmpty:
        return Item("", Msg("nothing: end of file at once"));
      case spec::Input::Kind::kOpen:
        return Item("", Msg("a pipe: what comes through it, the steps say"));
      case spec::Input::Kind::kClosed:
        return Item("", Msg("closed: there is no descriptor 0"));
      case spec::Input::Kind::kText:
        return TextItem("", scenario_.input.text);
      case spec::Input::Kind::kFile:
        break;
    }
    return Item("", Msg("the file {path}", {{"path", Escaped(scenario_.input.path)}}));
  }

  std::vector<Json> Peers() const {
    std::vector<Json> items;
    for (const spec::Peer& peer : scenario_.peers) {
      std::vector<Message> notes{WhatItDoes(peer)};
      if (peer.port != 0) notes.push_back(Msg("port {port}", {{"port", peer.port}}));
      if (!peer.path.empty()) notes.push_back(Msg("at {path}", {{"path", Escaped(peer.path)}}));
      items.push_back(Item(peer.name, notes));
    }
    return items;
  }

  static Message WhatItDoes(const spec::Peer& peer) {
    switch (peer.kind) {
      case spec::Peer::Kind::kEcho:
        return peer.pieces == 1
                   ? Msg("sends back what it gets")
                   : Msg("sends back what it gets, in pieces: {count}", {{"count", peer.pieces}});
      case spec::Peer::Kind::kDaytime:
        return Msg("tells date and time");
      case spec::Peer::Kind::kChargen:
        return Msg("sends characters without end");
      case spec::Peer::Kind::kSink:
        return Msg("reads all that comes");
      case spec::Peer::Kind::kSilent:
        return Msg("accepts, reads and says nothing");
      case spec::Peer::Kind::kFull:
        return Msg("its queue is full: nobody is answered");
      case spec::Peer::Kind::kScripted:
        return Msg("the steps talk for it");
      case spec::Peer::Kind::kProgram:
        break;
    }
    if (!peer.solution.empty()) return Msg("a right program of the exercise");
    return Msg("the program {command}", {{"command", Escaped(Joined(peer.command), kMostOfLine)}});
  }

  static std::string Joined(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) line += (line.empty() ? "" : " ") + ShellWord(word);
    return line;
  }

  std::vector<Json> Alterations() const {
    std::vector<Json> items;
    for (const spec::Alteration& alteration : scenario_.alter) {
      if (const auto* fail = std::get_if<spec::FailCall>(&alteration))
        items.push_back(Of(*fail));
      else
        items.push_back(Of(std::get<spec::ChangeExit>(alteration)));
    }
    return items;
  }

  Json Of(const spec::FailCall& fail) const {
    std::vector<Message> notes{Msg("fails with {error}", {{"error", ErrnoName(fail.error)}})};
    if (fail.nth > 0) notes.push_back(Msg("call number {number}", {{"number", fail.nth}}));
    if (!fail.who.empty()) notes.push_back(Msg("in {who} alone", {{"who", Named(fail.who)}}));
    return Item(fail.call, notes);
  }

  Json Of(const spec::ChangeExit& change) const {
    const Message note = change.killed_by != 0 ? Msg("its parent sees it killed by {signal}",
                                                     {{"signal", SignalName(change.killed_by)}})
                                               : Msg("its parent sees it end with status {status}",
                                                     {{"status", change.status}});
    return Item(Named(change.who), note);
  }

  // As the exercise names them.
  static std::string Named(const spec::WhoList& who) {
    std::string names;
    for (const spec::Who& one : who) names += (names.empty() ? "" : ", ") + one.text;
    return Escaped(names, kMostOfLine);
  }

  // As they are written; of what is sent also the text, where the line names it only.
  std::vector<Json> Steps() const {
    std::vector<Json> items;
    for (const spec::Step& step : scenario_.steps) {
      const auto* send = std::get_if<spec::Send>(&step.action);
      if (items.size() > kMostItems) {
        items.emplace_back();  // only counted
      } else if (send != nullptr && IsElsewhere(send->text)) {
        items.push_back(TextItem(step.text, send->text));
      } else {
        items.push_back(Item(step.text));
      }
    }
    return items;
  }

  static bool IsElsewhere(const spec::Text& text) {
    return std::ranges::any_of(text.pieces, [](const spec::TextPiece& piece) {
      return piece.kind != spec::TextPiece::Kind::kText;
    });
  }

  const spec::Scenario& scenario_;
  const Translator& translator_;
};

}  // namespace

Json GivenBy(const spec::Scenario& scenario, const Translator& translator) {
  return Given(scenario, translator).All();
}

}  // namespace plumbline::report
