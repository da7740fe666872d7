// SPDX-License-Identifier: MIT
#include "evaluate/explain.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "evaluate/endings.h"
#include "evaluate/places.h"
#include "evaluate/reach.h"
#include "evaluate/wait_graph.h"

namespace plumbline::evaluate {
namespace {

using record::ProcessIndex;
using record::ProcessState;
using record::ProcessStateAt;
using record::Snapshot;

// Those that are still there and are the student's, the submission itself first.
std::vector<ProcessIndex> WhoStillWaits(const Scene& scene, const Snapshot& at) {
  std::vector<ProcessIndex> waiting = scene.Resolve(spec::Who{}, &at);  // the submission
  for (const ProcessStateAt& state : at.processes) {
    const auto& self = scene.recording().processes[static_cast<size_t>(state.process)];
    if (!self.peer && !self.internal) AddTo(waiting, state.process);
  }
  std::erase_if(waiting, [&](ProcessIndex process) {
    const ProcessStateAt* state = scene.StateAt(process, at);
    return state == nullptr || state->state == ProcessState::kZombie;
  });
  return waiting;
}

Reason Advised(Reason reason) {
  if (reason.depth == Depth::kNothing) return reason;
  if (reason.why.empty()) reason.why = WhyOf(reason.cause);
  if (reason.next.empty()) reason.next = NextOf(reason.cause);
  return reason;
}

// Of the first of those whose explanation explains most.
std::optional<Reason> WhyNobodyGoesOn(const Scene& scene, const Snapshot& at) {
  std::optional<Reason> best;
  for (const ProcessIndex process : WhoStillWaits(scene, at)) {
    Reason reason = WaitGraph(scene, at).Explain(process);
    reason.process = process;
    if (!best || (reason.depth > best->depth && best->depth < Depth::kCause))
      best = std::move(reason);
  }
  if (!best) return std::nullopt;
  return Advised(*std::move(best));
}

// Programs of the scenario, not peers, that ended otherwise than well, with their last words.
std::vector<Message> BadEndings(const Scene& scene) {
  std::vector<Message> evidence;
  const auto& processes = scene.recording().processes;
  for (ProcessIndex p = 0; p < std::ssize(processes); ++p) {
    const record::Process& self = processes[static_cast<size_t>(p)];
    if (self.started_as.empty() || self.peer) continue;
    const record::Exited* exited = ExitOf(scene, p);
    if (exited == nullptr || (exited->status == 0 && exited->killed_by == 0)) continue;
    evidence.push_back(HowItEnded(scene, p));
    if (auto words = LastWords(scene, p); !words.empty()) evidence.push_back(std::move(words));
  }
  return evidence;
}

}  // namespace

Explanation ExplainWait(const Scene& scene, ProcessIndex process, const Snapshot& at) {
  return Advised(WaitGraph(scene, at).Explain(process));
}

namespace {

// "sort and your program wait for each other."
Message WaitForEachOther(const Scene& scene, const std::vector<ProcessIndex>& circle,
                         const Snapshot& at) {
  const auto name = [&](size_t i) { return scene.ShortNameOf(circle[i], &at); };
  if (circle.size() == 2)
    return Msg("{a} and {b} wait for each other.", {{"a", name(0)}, {"b", name(1)}});
  if (circle.size() == 3) {
    return Msg("{a}, {b} and {c} wait for each other.",
               {{"a", name(0)}, {"b", name(1)}, {"c", name(2)}});
  }
  return Msg("{a}, {b}, {c} and others wait for each other; processes in all: {count}.",
             {{"a", name(0)}, {"b", name(1)}, {"c", name(2)}, {"count", circle.size()}});
}

}  // namespace

std::optional<Finding> FindingOfHang(const Scene& scene) {
  const Snapshot* end = scene.recording().snapshot("end");
  if (!Hung(scene) || end == nullptr) return std::nullopt;
  auto told = WhyNobodyGoesOn(scene, *end);
  if (!told) return std::nullopt;
  Finding finding{.code = std::string(CodeOf(told->cause)), .what = WhatHappened(told->cause)};
  if (!told->waits.empty()) finding.evidence.push_back(std::move(told->waits));
  std::ranges::move(told->evidence, std::back_inserter(finding.evidence));
  if (told->mutual && told->set.size() > 1)
    finding.evidence.push_back(WaitForEachOther(scene, told->set, *end));
  finding.why = std::move(told->why);
  finding.next = std::move(told->next);
  finding.location = std::move(told->location);
  return finding;
}

namespace {

// Whatever the exercise might have sent, written or signalled afterwards.
bool IsOfItsOwn(Cause cause) {
  switch (cause) {
    case Cause::kLostSignal:
    case Cause::kSignalBlocked:
    case Cause::kChildWaits:
    case Cause::kLockKept:
    case Cause::kSemaphoreKept:
    case Cause::kNobodySignals:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::optional<Explanation> WhyItStands(const Scene& scene) {
  const bool stuck = scene.recording().outcome == record::Outcome::kStuck;
  const Snapshot* end = scene.recording().snapshot("end");
  if (end == nullptr || (!stuck && !Hung(scene))) return std::nullopt;
  auto told = WhyNobodyGoesOn(scene, *end);
  if (told && !Hung(scene) && !IsOfItsOwn(told->cause)) return std::nullopt;
  return told;
}

std::vector<Message> EvidenceOfEnd(const Scene& scene) {
  std::vector<Message> evidence = BadEndings(scene);
  if (scene.recording().outcome == record::Outcome::kExited) return evidence;
  if (scene.recording().outcome == record::Outcome::kSignalled) return evidence;
  evidence.push_back(WhyItEnded(scene));
  const Snapshot* end = scene.recording().snapshot("end");
  auto told = end == nullptr ? std::nullopt : WhyNobodyGoesOn(scene, *end);
  if (!told) return evidence;
  if (!told->waits.empty()) evidence.push_back(std::move(told->waits));
  // The finding's own place is another one: of a file, an output, an end that was kept.
  if (const auto place = WaitsAt(*end, told->process))
    evidence.push_back(Msg("It waits at {place}.", {{"place", PlaceOf(*place)}}));
  std::ranges::move(told->evidence, std::back_inserter(evidence));
  return evidence;
}

}  // namespace plumbline::evaluate
