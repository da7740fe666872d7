// SPDX-License-Identifier: MIT
#include "spec/mentions.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace plumbline::spec {
namespace {

using Kind = Mention::Kind;
using Strings = std::vector<std::string>;
using What = Needed::What;

// --- What is needed

// What stands before `end`, or nothing.
std::optional<std::string> Before(const std::string& text, std::string_view end) {
  if (!text.ends_with(end) || text.size() == end.size()) return std::nullopt;
  return text.substr(0, text.size() - end.size());
}

Needed NeededByStream(const std::string& stream) {
  if (stream == "terminal") return {What::kTerminal, {}};
  if (const auto name = Before(stream, ".received")) return {What::kConnection, *name};
  for (const std::string_view end : {".stdout", ".stderr"}) {
    const auto name = Before(stream, end);
    if (!name) continue;
    return *name == "submission" ? Needed{} : Needed{What::kProcess, *name};
  }
  return {What::kUnknown, stream};
}

Needed NeededByChannel(const std::string& channel) {
  if (channel == "stdin") return {};
  if (channel == "terminal") return {What::kTerminal, {}};
  if (const auto name = Before(channel, ".stdin")) return {What::kInput, *name};
  return {What::kConnection, channel};
}

Needed NeededByStreamOrChannel(const std::string& text) {
  const Needed stream = NeededByStream(text);
  return stream.what == What::kUnknown ? NeededByChannel(text) : stream;
}

Needed NeededByClosable(const std::string& text) {
  return Before(text, ".stdout") ? NeededByStream(text) : NeededByChannel(text);
}

// The name or program at the front of a who, "" where it has none.
std::string WordOf(const Who& who) {
  if (who.base == Who::Base::kGroup) return WordOf(who.group[0]);
  return who.base == Who::Base::kProgram ? who.word : "";
}

Needed NeededByWho(const std::string& text) {
  const auto who = ParseWho(text, [](const std::string&) { return false; });
  if (!who) return {What::kUnknown, text};
  const std::string word = WordOf(*who);
  return word.empty() ? Needed{} : Needed{What::kProcess, word};
}

Needed NeededByPlaceholder(const std::string& placeholder) {
  if (placeholder == "cwd") return {};
  if (placeholder == "n") return {What::kNumber, {}};
  for (const std::string_view end :
       {".client", ".client.ip", ".client.port", ".server", ".server.ip", ".server.port"}) {
    if (const auto name = Before(placeholder, end)) return {What::kConnection, *name};
  }
  for (const std::string_view end : {".pid", ".ppid"}) {
    if (const auto who = Before(placeholder, end)) return NeededByWho(*who);
  }
  if (const auto name = Before(placeholder, ".port")) return {What::kPort, *name};
  return {What::kUnknown, placeholder};
}

bool Fits(const Declared& declared, What what) {
  if (what == What::kPort) return declared.port;
  return declared.kind == Declared::Kind::kProcess && (what != What::kInput || declared.fed);
}

// --- What is wrong

Strings NamesOf(const Names& names, What what) {
  Strings list;
  for (const auto& [name, declared] : names.all) {
    if (Find(names, {what, name}) != nullptr) list.push_back(name);
  }
  return list;
}

std::optional<Complaint> WhyNoProcess(const std::string& word, const Names& names) {
  if (names.all.contains(word))
    return Complaint{"not-a-process", Quoted(word) + " is no process",
                     "name a program, or a process that is started"};
  Strings known = NamesOf(names, What::kProcess);
  known.insert(known.end(), {"submission", "all"});
  const std::string hint = NearMiss(word, known);
  if (hint.empty()) return std::nullopt;
  return Complaint{"near-miss", Quoted(word) + " would be a program, and is nearly a name", hint};
}

Complaint UnknownPlaceholder(const Mention& mention) {
  return {"unknown-placeholder", "{" + mention.text + "} names nothing",
          "for a brace that stands for itself write {{"};
}

Strings Streams(const Names& names) {
  Strings streams{"submission.stdout", "submission.stderr", "terminal"};
  for (const std::string& name : NamesOf(names, What::kProcess))
    streams.insert(streams.end(), {name + ".stdout", name + ".stderr"});
  for (const std::string& name : NamesOf(names, What::kConnection))
    streams.push_back(name + ".received");
  return streams;
}

Complaint UnknownStream(const Mention& mention, const Needed& needed, const Names& names) {
  std::string hint = DidYouMean(mention.text, Streams(names));
  if (needed.what == What::kUnknown && names.Connection(needed.name) != nullptr)
    hint = "what came on a connection is the stream " + needed.name + ".received";
  if (hint.empty()) hint = "streams are NAME.stdout, NAME.stderr, CONNECTION.received, terminal";
  return {"unknown-stream", Quoted(mention.text) + " is no stream", hint};
}

// "c51" where there are c1 to c50.
std::string HintOfGroups(const std::string& name, const Names& names) {
  for (const auto& [group, declared] : names.all) {
    if (declared.count > 0 && MemberNumber(group, name) > declared.count)
      return Quoted(group) + " has " + group + "1 to " + group + std::to_string(declared.count);
  }
  return "";
}

Complaint UnknownInput(const Mention& mention, const Needed& needed, const Names& names) {
  if (needed.name == "submission")
    return {"unknown-channel", Quoted(mention.text) + " is no channel", "did you mean 'stdin'?"};
  if (names.IsProcess(needed.name))
    return {"stdin-not-open", "standard input of " + Quoted(needed.name) + " is not open to steps",
            "add stdin: open where it is started"};
  return {"unknown-channel", Quoted(mention.text) + " is no channel",
          DidYouMean(needed.name, NamesOf(names, What::kProcess))};
}

Complaint UnknownChannel(const Mention& mention, const Needed& needed, const Names& names) {
  if (needed.what == What::kInput) return UnknownInput(mention, needed, names);
  std::string hint = HintOfGroups(needed.name, names);
  if (hint.empty()) hint = DidYouMean(needed.name, NamesOf(names, What::kConnection));
  if (hint.empty()) hint = "a connection gets its name by 'connect' or 'accept'";
  return {"unknown-channel", Quoted(mention.text) + " is no channel", hint};
}

bool NamesStream(const Mention& mention, const Needed& needed) {
  return mention.kind == Kind::kStream || needed.what == What::kProcess;
}

}  // namespace

Needed NeededBy(const Mention& mention) {
  switch (mention.kind) {
    case Kind::kWho:
    case Kind::kHeld:
      return {What::kProcess, mention.text};
    case Kind::kPlaceholder:
      return NeededByPlaceholder(mention.text);
    case Kind::kStream:
      return NeededByStream(mention.text);
    case Kind::kStreamOrChannel:
      return NeededByStreamOrChannel(mention.text);
    case Kind::kClosable:
      return NeededByClosable(mention.text);
    case Kind::kChannel:
      return NeededByChannel(mention.text);
    case Kind::kConnection:
      return {What::kConnection, mention.text};
    case Kind::kKey:
      return {What::kTerminal, {}};
    default:
      return {};
  }
}

const Declared* Find(const Names& names, const Needed& needed) {
  if (needed.what == What::kConnection) return names.Connection(needed.name);
  const auto found = names.all.find(needed.name);
  if (found == names.all.end()) return nullptr;
  return Fits(found->second, needed.what) ? &found->second : nullptr;
}

std::optional<Complaint> WhyMissing(const Mention& mention, const Names& names, bool terminal) {
  const Needed needed = NeededBy(mention);
  if (needed.what == What::kNothing || needed.what == What::kNumber) return std::nullopt;
  if (needed.what == What::kTerminal) {
    if (terminal) return std::nullopt;
    return Complaint{"no-terminal", "there is no terminal", "add terminal: true to the scenario"};
  }
  if (needed.what != What::kUnknown && Find(names, needed) != nullptr) return std::nullopt;
  if (mention.kind == Kind::kWho || mention.kind == Kind::kHeld)
    return WhyNoProcess(needed.name, names);
  if (mention.kind == Kind::kPlaceholder) {
    if (needed.what == What::kProcess) return WhyNoProcess(needed.name, names);
    return UnknownPlaceholder(mention);
  }
  return NamesStream(mention, needed) ? UnknownStream(mention, needed, names)
                                      : UnknownChannel(mention, needed, names);
}

bool IsBesideGroup(const Mention& mention, const Mentions& mentions, const Names& names) {
  return std::ranges::any_of(mentions, [&](const Mention& other) {
    if (other.item != mention.item || other.item < 0 || other.kind == Kind::kPlaceholder)
      return false;
    const Needed needed = NeededBy(other);
    if (needed.what != What::kConnection) return false;
    const auto found = names.all.find(needed.name);
    return found != names.all.end() && found->second.count > 0;
  });
}

Complaint NoNumber() {
  return {"unknown-placeholder", "{n} has no value here",
          "it is the number in a 'count', of files, of connections or of numbered lines"};
}

std::string NearMiss(const std::string& word, const std::vector<std::string>& names) {
  // Short words are too near to one another to tell.
  constexpr size_t kShortest = 4;
  Strings long_enough;
  std::ranges::copy_if(names, std::back_inserter(long_enough),
                       [](const std::string& name) { return name.size() >= kShortest; });
  return word.size() < kShortest ? "" : DidYouMean(word, long_enough);
}

}  // namespace plumbline::spec
