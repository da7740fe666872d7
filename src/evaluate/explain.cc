// SPDX-License-Identifier: MIT
#include "evaluate/explain.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "evaluate/endings.h"
#include "evaluate/reach.h"
#include "evaluate/wait_graph.h"

namespace plumbline::evaluate {
namespace {

using record::ProcessIndex;
using record::ProcessState;
using record::ProcessStateAt;
using record::Snapshot;

std::optional<ProcessIndex> WhoStillWaits(const Scene& scene, const Snapshot& at) {
  const auto found = scene.Resolve(spec::Who{}, &at);  // the submission
  if (!found.empty()) return found.front();
  for (const ProcessStateAt& state : at.processes) {
    const auto& self = scene.recording().processes[static_cast<size_t>(state.process)];
    if (!self.peer && !self.internal && state.state != ProcessState::kZombie) return state.process;
  }
  return std::nullopt;
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
  return WaitGraph(scene, at).Explain(process);
}

std::vector<Message> EvidenceOfEnd(const Scene& scene) {
  std::vector<Message> evidence = BadEndings(scene);
  if (scene.recording().outcome == record::Outcome::kExited) return evidence;
  if (scene.recording().outcome == record::Outcome::kSignalled) return evidence;
  evidence.push_back(WhyItEnded(scene));
  const Snapshot* end = scene.recording().snapshot("end");
  const auto waiting = end == nullptr ? std::nullopt : WhoStillWaits(scene, *end);
  if (!waiting) return evidence;
  Explanation explanation = ExplainWait(scene, *waiting, *end);
  if (!explanation.waits.empty()) evidence.push_back(std::move(explanation.waits));
  std::ranges::move(explanation.evidence, std::back_inserter(evidence));
  return evidence;
}

}  // namespace plumbline::evaluate
