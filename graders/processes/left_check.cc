// SPDX-License-Identifier: MIT
#include "graders/processes/left_check.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "processes.left",
          .doc = "Passes when no process is there at the end.",
          .params = {},
          .findings = {{"survivor", "A process is still there."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;

std::vector<record::ProcessIndex> Survivors(const evaluate::Scene& scene,
                                            const record::Snapshot& end) {
  std::vector<record::ProcessIndex> survivors;
  for (const record::ProcessStateAt& state : end.processes) {
    const auto& self = scene.recording().processes[static_cast<size_t>(state.process)];
    const bool students = !self.peer && !self.internal;
    if (students && state.state != record::ProcessState::kZombie)
      survivors.push_back(state.process);
  }
  return survivors;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params&) {
  if (auto cut_short = evaluate::CutShort(scene)) return *cut_short;
  const auto end = evaluate::SnapshotNamed(scene, "end");
  if (!end) return end.error();
  const auto survivors = Survivors(scene, **end);
  if (survivors.empty()) return evaluate::Pass{};
  evaluate::Explanation first = evaluate::ExplainWait(scene, survivors.front(), **end);
  evaluate::Finding finding{
      .code = "survivor",
      .what = Msg("Processes that were still there at the end: {count}.",
                  {{"count", survivors.size()}}),
      .why = std::move(first.why),
      .next = Msg("End each process that your program started, and wait for it."),
      .location = std::move(first.location)};
  for (const record::ProcessIndex process : survivors) {
    if (finding.evidence.size() == 8) break;
    finding.evidence.push_back(evaluate::ExplainWait(scene, process, **end).waits);
  }
  std::ranges::move(first.evidence, std::back_inserter(finding.evidence));
  return finding;
}

}  // namespace

evaluate::CheckKind Left() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::processes
