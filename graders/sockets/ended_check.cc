// SPDX-License-Identifier: MIT
#include "graders/sockets/ended_check.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "evaluate/words.h"

namespace plumbline::graders::sockets {
namespace {

spec::KindTable Table() {
  return {
      .name = "sockets.ended",
      .doc = "Passes when the program left the connection so.",
      .params = {evaluate::Required({.name = "of",
                                     .type = spec::ParamType::kConnection,
                                     .doc = "The connection, or a group of them."}),
                 evaluate::AtParam(),
                 evaluate::IsParam({{"closed", "closed as a whole"},
                                    {"reset", "broken off"},
                                    {"half-closed", "its sending side is shut down"},
                                    {"open", "still open"}})},
      .findings = {{"not-closed", "The connection was not left so."}, {"reset", "It was reset."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;
using record::Ended;
using Words = std::vector<std::string>;

std::string_view Word(Ended ended) {
  switch (ended) {
    case Ended::kClosed:
      return "closed";
    case Ended::kReset:
      return "reset";
    case Ended::kHalfClosed:
      return "half-closed";
    case Ended::kOpen:
      break;
  }
  return "open";
}

evaluate::Message WhatItIs(const std::string& name, Ended ended) {
  const std::vector<evaluate::Argument> connection{{"connection", Escaped(name)}};
  switch (ended) {
    case Ended::kClosed:
      return Msg("The program closed the connection '{connection}'.", connection);
    case Ended::kReset:
      return Msg("The program broke the connection '{connection}' off (reset).", connection);
    case Ended::kHalfClosed:
      return Msg(
          "The program shut down its sending side of '{connection}', and keeps the rest open.",
          connection);
    case Ended::kOpen:
      break;
  }
  return Msg("The program keeps the connection '{connection}' open.", connection);
}

evaluate::Message InWords(const Words& states) {
  std::vector<evaluate::Message> words;
  for (const std::string& state : states) {
    words.push_back(state == "closed"        ? Msg("closed")
                    : state == "reset"       ? Msg("reset")
                    : state == "half-closed" ? Msg("half-closed")
                                             : Msg("open"));
  }
  return evaluate::Either(std::move(words));
}

evaluate::Finding NotSo(const std::string& name, Ended ended, const Words& wanted,
                        const record::Snapshot& at) {
  evaluate::Finding finding{
      .code = ended == Ended::kReset ? "reset" : "not-closed",
      .what =
          Msg("At '{snapshot}' the connection '{connection}' should be {states}.",
              {{"snapshot", at.name}, {"connection", Escaped(name)}, {"states", InWords(wanted)}}),
      .evidence = {WhatItIs(name, ended)}};
  if (ended == Ended::kReset) {
    finding.why =
        Msg("A socket that is closed with bytes still unread is reset; so is one whose program "
            "crashes.");
    finding.next =
        Msg("Read to the end of file before close(), or shut down the sending side first.");
  } else if (ended == Ended::kOpen) {
    finding.why =
        Msg("A connection ends for the other side only when the last copy of its socket is closed "
            "or shut down.");
    finding.next = Msg("Look who still holds the socket: after fork() the parent has a copy too.");
  } else {
    finding.next = Msg("Look which close() or shutdown() ends it, and when.");
  }
  return finding;
}

// `a`, `a.received`, or a group of connections.
Words ConnectionsNamed(const evaluate::Scene& scene, std::string of) {
  constexpr std::string_view kSuffix = ".received";
  if (of.ends_with(kSuffix)) of.resize(of.size() - kSuffix.size());
  Words names;
  for (const std::string& stream : scene.StreamsNamed(of + std::string(kSuffix))) {
    names.push_back(stream.substr(0, stream.size() - kSuffix.size()));
  }
  return names;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const auto& wanted = params.Get<Words>("is");
  for (const std::string& name : ConnectionsNamed(scene, params.Get<Words>("of").front())) {
    const auto connection = (*at)->connections.find(name);
    if (connection == (*at)->connections.end()) {
      return evaluate::NotReached{
          Msg("The connection '{connection}' was never made. {reason}",
              {{"connection", Escaped(name)}, {"reason", evaluate::WhyItEnded(scene)}})};
    }
    const std::string word(Word(connection->second));
    if (std::ranges::find(wanted, word) != wanted.end()) continue;
    return NotSo(name, connection->second, wanted, **at);
  }
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Ended() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::sockets
