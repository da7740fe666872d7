// SPDX-License-Identifier: MIT
#include "graders/memory/changed_check.h"

#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::memory {
namespace {

spec::KindTable Table() {
  return {.name = "memory.changed",
          .doc = "Passes when bytes of shared memory differ between the two snapshots.",
          .params = {evaluate::BetweenParam()},
          .findings = {{"unchanged", "No shared byte differs."}}};
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kMemory, record::Facet::kMemoryContent};
}

using evaluate::Msg;

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto between = evaluate::SnapshotsBetween(scene, params);
  if (!between) return between.error();
  const auto& [before, after] = *between;
  size_t compared = 0;
  for (const auto& [memory, hash] : before->memory_hashes) {
    const auto now = after->memory_hashes.find(memory);
    if (now == after->memory_hashes.end()) continue;
    if (now->second != hash) return evaluate::Pass{};
    ++compared;
  }
  return evaluate::Finding{
      .code = "unchanged",
      .what = Msg("Between '{before}' and '{after}' no byte of shared memory changed.",
                  {{"before", before->name}, {"after", after->name}}),
      .evidence = {compared == 0 ? Msg("There was no shared memory at both moments.")
                                 : Msg("Pieces of shared memory that were compared: {count}.",
                                       {{"count", compared}})},
      .why = Msg("The data goes another way, or into memory that is private to one process."),
      .next = Msg("Write into the mapping itself, the pointer that mmap() or shmat() returned.")};
}

}  // namespace

evaluate::CheckKind Changed() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::memory
