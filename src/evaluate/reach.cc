// SPDX-License-Identifier: MIT
#include "evaluate/reach.h"

#include <algorithm>

#include "base/signals.h"
#include "base/text.h"
#include "evaluate/endings.h"
#include "evaluate/words.h"

namespace plumbline::evaluate {

using record::Outcome;
using record::ProcessIndex;
using record::Recording;
using record::Snapshot;

namespace {

const spec::Step* StuckStep(const Scene& scene) {
  const Recording& recording = scene.recording();
  const auto scenario = scene.exercise().scenarios.find(recording.header.scenario);
  if (!recording.stuck || scenario == scene.exercise().scenarios.end()) return nullptr;
  const auto step = static_cast<size_t>(recording.stuck->step);
  const auto& steps = scenario->second.steps;
  return recording.stuck->step >= 0 && step < steps.size() ? &steps[step] : nullptr;
}

Message WhyItWasStuck(const record::Stuck& stuck) {
  if (stuck.instead.empty()) {
    return Msg("Step {number} of the scenario could not happen: {step}.",
               {{"number", stuck.step + 1}, {"step", Escaped(stuck.awaited)}});
  }
  return Msg(
      "Step {number} of the scenario could not happen: {step}. What was there instead: {instead}.",
      {{"number", stuck.step + 1},
       {"step", Escaped(stuck.awaited)},
       {"instead", InsteadInWords(stuck.instead)}});
}

bool SubmissionLives(const Scene& scene) {
  const auto& processes = scene.recording().processes;
  const auto submission = std::ranges::find(processes, "submission", &record::Process::started_as);
  return submission != processes.end() &&
         ExitOf(scene, static_cast<ProcessIndex>(submission - processes.begin())) == nullptr;
}

}  // namespace

Message WhyItEnded(const Scene& scene) {
  const Recording& recording = scene.recording();
  const spec::Limits& limits = scene.exercise().limits;
  if (recording.stuck) return WhyItWasStuck(*recording.stuck);
  switch (recording.outcome) {
    case Outcome::kExited:
      if (SubmissionLives(scene)) return Msg("The steps of the scenario were over.");
      return Msg("Your program had already ended, with status {status}.",
                 {{"status", recording.status}});
    case Outcome::kSignalled:
      return Msg("Your program had already been ended by {signal}.",
                 {{"signal", SignalName(recording.status)}});
    case Outcome::kDeadlocked:
      return Msg(
          "Nothing could move any more: each process waited for something that would never come.");
    case Outcome::kProcessorLimit:
      return Msg("The processor time was used up ({limit}).", {{"limit", ToString(limits.cpu)}});
    case Outcome::kVirtualLimit:
      return Msg("The virtual time was used up ({limit}).",
                 {{"limit", ToString(limits.virtual_time)}});
    case Outcome::kMemoryLimit:
      return Msg("The memory was used up ({limit}).", {{"limit", ToString(limits.memory)}});
    case Outcome::kOutputLimit:
      return Msg("It wrote more than is kept ({limit}).", {{"limit", ToString(limits.output)}});
    case Outcome::kNotBuilt:
      return Msg("Your program could not be built.");
    case Outcome::kStuck:
    case Outcome::kError:
      break;
  }
  return Msg("The run broke off.");
}

bool Hung(const Scene& scene) {
  switch (scene.recording().outcome) {
    case Outcome::kDeadlocked:
    case Outcome::kProcessorLimit:
    case Outcome::kVirtualLimit:
      return true;
    case Outcome::kStuck: {
      const spec::Step* step = StuckStep(scene);
      return step != nullptr && std::holds_alternative<spec::AwaitExit>(step->action);
    }
    default:
      return false;
  }
}

std::span<const record::Event> EventsUntil(const Scene& scene, const Snapshot* at) {
  const std::span<const record::Event> events = scene.recording().events;
  return at == nullptr ? events
                       : events.first(std::min(static_cast<size_t>(at->event), events.size()));
}

const record::Exited* ExitOf(const Scene& scene, ProcessIndex process, const Snapshot* until) {
  if (until == nullptr) until = scene.recording().snapshot("end");
  for (const record::Event& event : EventsUntil(scene, until)) {
    if (event.actor != process) continue;
    if (const auto* exited = std::get_if<record::Exited>(&event.what)) return exited;
  }
  return nullptr;
}

std::optional<NotReached> CutShort(const Scene& scene) {
  if (scene.recording().outcome != Outcome::kStuck || Hung(scene)) return std::nullopt;
  if (!SubmissionLives(scene)) return std::nullopt;
  return NotReached{Msg("The run was over before your program could end. {reason}",
                        {{"reason", WhyItEnded(scene)}})};
}

Reached<const Snapshot*> SnapshotNamed(const Scene& scene, const std::string& name) {
  if (const Snapshot* found = scene.recording().snapshot(name)) return found;
  return std::unexpected(NotReached{Msg("The snapshot '{snapshot}' was never taken. {reason}",
                                        {{"snapshot", name}, {"reason", WhyItEnded(scene)}})});
}

Reached<const Snapshot*> SnapshotAt(const Scene& scene, const spec::Params& params) {
  return SnapshotNamed(scene, params.Get<std::string>("at"));
}

Reached<std::pair<const Snapshot*, const Snapshot*>> SnapshotsBetween(const Scene& scene,
                                                                      const spec::Params& params) {
  const auto& names = params.Get<std::vector<std::string>>("between");
  const auto from = SnapshotNamed(scene, names.at(0));
  if (!from) return std::unexpected(from.error());
  const auto to = SnapshotNamed(scene, names.at(1));
  if (!to) return std::unexpected(to.error());
  return std::pair{*from, *to};
}

namespace {

bool EverStarted(const Scene& scene, const std::string& name) {
  const auto& processes = scene.recording().processes;
  return std::ranges::find(processes, name, &record::Process::started_as) != processes.end();
}

// Who of that kind was there at another time, and how it ended: the sentences that help most.
void AddOtherTimes(const Scene& scene, const spec::Who& who, const Snapshot* at, Finding& finding) {
  const auto ever = scene.Resolve(who);
  if (ever.empty() || at == nullptr) return;
  const ProcessIndex process = ever.front();
  const record::Exited* exited = ExitOf(scene, process, at);
  if (exited == nullptr) {
    finding.evidence.push_back(
        Msg("It came only later: {process}.", {{"process", scene.NameOf(process)}}));
    return;
  }
  finding.what = Msg("At '{snapshot}' {process} had already ended.",
                     {{"snapshot", at->name}, {"process", scene.NameOf(process)}});
  finding.evidence.push_back(HowItEnded(scene, process));
  finding.location = WhereItRaised(scene, process);
  if (auto words = LastWords(scene, process); !words.empty()) finding.evidence.push_back(words);
  finding.why = MeaningOf(exited->killed_by);
  finding.next = Msg("Look why it ended so early.");
}

}  // namespace

Judgement Nobody(const Scene& scene, const spec::Who& who, const Snapshot* at) {
  if (who.base == spec::Who::Base::kName && !EverStarted(scene, who.word)) {
    return NotReached{Msg("'{who}' was never started. {reason}",
                          {{"who", Escaped(who.text)}, {"reason", WhyItEnded(scene)}})};
  }
  Finding finding{
      .code = "nobody", .what = {}, .evidence = {}, .why = {}, .next = {}, .location = {}};
  if (at != nullptr) {
    finding.what = Msg("At '{snapshot}' no process is '{who}'.",
                       {{"snapshot", at->name}, {"who", Escaped(who.text)}});
  } else {
    finding.what = Msg("In the whole run no process is '{who}'.", {{"who", Escaped(who.text)}});
  }
  finding.why = Msg("It was not started, it had ended, or it runs under another name.");
  finding.next =
      Msg("Look where your program starts it, and whether all are started before the first is "
          "waited for.");
  AddOtherTimes(scene, who, at, finding);
  if (Hung(scene)) finding.evidence.push_back(WhyItEnded(scene));
  return finding;
}

Reached<std::vector<ProcessIndex>> Everybody(const Scene& scene, const spec::WhoList& who,
                                             const Snapshot* at) {
  if (const spec::Who* unmatched = scene.FirstUnmatched(who, at)) {
    return std::unexpected(Nobody(scene, *unmatched, at));
  }
  return scene.Resolve(who, at);
}

Reached<std::vector<ProcessIndex>> Everybody(const Scene& scene, const spec::WhoList& who,
                                             const Snapshot* at, const spec::Range& count) {
  if (count.Contains(0)) return scene.Resolve(who, at);
  return Everybody(scene, who, at);
}

std::optional<Unjudgeable> Unobserved(const Scene& scene, const std::set<record::Facet>& needs) {
  for (const record::Facet facet : needs) {
    if (scene.recording().header.observed.contains(facet)) continue;
    return Unjudgeable{
        Msg("The recording does not hold what this check looks at ({facet}): run it again.",
            {{"facet", record::ToString(facet)}})};
  }
  return std::nullopt;
}

}  // namespace plumbline::evaluate
