// SPDX-License-Identifier: MIT
#include "graders/memory/left_check.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::memory {
namespace {

spec::KindTable Table() {
  return {
      .name = "memory.left",
      .doc = "Passes when at the end no shared memory object, semaphore or message queue is there.",
      .params = {},
      .findings = {{"object-left", "An object is still there."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kIpc}; }

using evaluate::Msg;

evaluate::Message KindOf(const record::IpcObject& object) {
  if (object.kind == "semaphore") return Msg("a semaphore");
  if (object.kind == "message queue") return Msg("a message queue");
  return Msg("shared memory");
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params&) {
  if (auto cut_short = evaluate::CutShort(scene)) return *cut_short;
  const auto end = evaluate::SnapshotNamed(scene, "end");
  if (!end) return end.error();
  if ((*end)->ipc.empty()) return evaluate::Pass{};
  evaluate::Finding finding{
      .code = "object-left",
      .what = Msg("Objects left at the end, which outlive every process: {count}.",
                  {{"count", (*end)->ipc.size()}}),
      .why = Msg("Shared memory, semaphores and queues with a name or a key stay until somebody "
                 "removes them."),
      .next = Msg("Remove each one on every way out: shm_unlink(), sem_unlink(), mq_unlink(), or "
                  "shmctl(), semctl(), msgctl() with IPC_RMID.")};
  for (const record::IpcObject& object : (*end)->ipc) {
    if (finding.evidence.size() == 8) break;
    finding.evidence.push_back(
        Msg("Left: {kind}, {name}.", {{"kind", KindOf(object)}, {"name", Escaped(object.name)}}));
  }
  std::ranges::move(evaluate::EvidenceOfEnd(scene), std::back_inserter(finding.evidence));
  return finding;
}

}  // namespace

evaluate::CheckKind Left() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::memory
