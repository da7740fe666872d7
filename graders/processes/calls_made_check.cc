// SPDX-License-Identifier: MIT
#include "graders/processes/calls_made_check.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "evaluate/parameters.h"
#include "evaluate/plumbing.h"
#include "evaluate/reach.h"
#include "evaluate/words.h"
#include "graders/processes/call_matching.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "calls.made",
          .doc = "Passes when so many calls were made; of read and write those that moved bytes.",
          .params = {evaluate::Required({.name = "call",
                                         .type = spec::ParamType::kCall,
                                         .doc = "A system call, or a family of them."}),
                     evaluate::ByParam(),
                     {.name = "result",
                      .type = spec::ParamType::kCallResult,
                      .doc = "How it came back: ok, error, the name of an error; of wait stopped, "
                             "continued, exited, killed."},
                     {.name = "of",
                      .type = spec::ParamType::kStreamOrChannel,
                      .doc = "The stream or channel that it was about."},
                     evaluate::CountParam()},
          .findings = {{"not-made", "Fewer calls were made."},
                       {"forbidden", "More calls were made than allowed."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kTransfers}; }

using evaluate::Msg;

struct Found {
  uint64_t calls = 0;
  std::vector<evaluate::Message> evidence;
  std::optional<record::Location> where;  // of the last
};

bool IsAbout(const record::Event& event, const std::optional<std::vector<int>>& objects) {
  return !objects || std::ranges::find(*objects, ObjectOf(event)) != objects->end();
}

Found CallsBy(const evaluate::Scene& scene, const WantedCall& wanted,
              const std::vector<record::ProcessIndex>& by,
              const std::optional<std::vector<int>>& objects) {
  Found found;
  const auto& events = scene.recording().events;
  for (size_t i = 0; i < events.size(); ++i) {
    if (std::ranges::find(by, events[i].actor) == by.end() || !IsAbout(events[i], objects))
      continue;
    const uint64_t calls = CallsAt(scene.recording(), i, wanted);
    if (calls == 0) continue;
    found.calls += calls;
    found.where = events[i].where;
    if (found.evidence.size() == 6) continue;
    const std::vector<evaluate::Argument> arguments{
        {"who", scene.NameOf(events[i].actor)},
        {"call", wanted.call},
        {"count", calls},
        {"place", events[i].where ? evaluate::PlaceOf(*events[i].where) : ""}};
    found.evidence.push_back(events[i].where ? Msg("{who}: {call} ×{count} at {place}.", arguments)
                                             : Msg("{who}: {call} ×{count}.", arguments));
  }
  return found;
}

std::string AsWritten(const spec::Params& params) {
  std::string text = params.Get<std::string>("call");
  if (const auto* result = params.Find<std::string>("result")) text += ", " + *result;
  if (const auto* of = params.Find<std::vector<std::string>>("of")) text += ", " + of->front();
  return Escaped(text);
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto& count = params.Get<spec::Range>("count");
  const auto by = evaluate::Everybody(scene, params.Get<spec::WhoList>("by"), nullptr, count);
  if (!by) return by.error();
  const auto* result = params.Find<std::string>("result");
  const auto* of = params.Find<std::vector<std::string>>("of");
  const WantedCall wanted{params.Get<std::string>("call"), result == nullptr ? "" : *result};
  std::optional<std::vector<int>> objects;
  if (of != nullptr) objects = ObjectsOf(scene.recording(), of->front());
  Found found = CallsBy(scene, wanted, *by, objects);
  if (count.Contains(static_cast<int64_t>(found.calls))) return evaluate::Pass{};
  const bool too_few = static_cast<int64_t>(found.calls) < count.least;
  return evaluate::Finding{
      .code = too_few ? "not-made" : "forbidden",
      .what = Msg("Calls of this kind ({call}): {found}; there should be: {count}.",
                  {{"found", found.calls},
                   {"count", evaluate::CountInWords(count)},
                   {"call", AsWritten(params)}}),
      .evidence = std::move(found.evidence),
      .next = too_few ? Msg("Look whether the call is reached, and how it comes back.")
                      : Msg("Look what the call is for there, and what can be waited for instead."),
      .location = too_few ? std::nullopt : found.where};
}

}  // namespace

evaluate::CheckKind CallsMade() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::processes
