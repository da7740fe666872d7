// SPDX-License-Identifier: MIT
#include "graders/memory/shared_check.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::memory {
namespace {

spec::KindTable Table() {
  return {.name = "memory.shared",
          .doc = "Passes when the processes share a mapping that they can write to.",
          .params = {evaluate::AtParam(), evaluate::WhoParam()},
          .findings = {{"private", "They have no memory in common."}, evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kMemory}; }

using evaluate::Msg;
using record::ProcessStateAt;
using Memories = std::set<int>;

Memories WritableOf(const ProcessStateAt& state) {
  Memories memories;
  for (const record::SharedMapping& mapping : state.shared) {
    if (mapping.writable) memories.insert(mapping.memory);
  }
  return memories;
}

// With whom a single process may share: anybody else who lives then.
bool SharesWithAnybody(const ProcessStateAt& state, const record::Snapshot& at) {
  const Memories mine = WritableOf(state);
  return std::ranges::any_of(at.processes, [&](const ProcessStateAt& other) {
    if (other.process == state.process) return false;
    return std::ranges::any_of(WritableOf(other),
                               [&](int memory) { return mine.contains(memory); });
  });
}

evaluate::Message WhatItMaps(const evaluate::Scene& scene, const ProcessStateAt& state,
                             const record::Snapshot& at) {
  const evaluate::Message who = scene.NameOf(state.process, &at);
  const auto writable = WritableOf(state).size();
  if (writable > 0) {
    return Msg(
        "{who} has shared mappings that it can write to ({count}), but others than the rest.",
        {{"who", who}, {"count", writable}});
  }
  return state.shared.empty()
             ? Msg("{who} has no shared mapping.", {{"who", who}})
             : Msg("{who} has shared mappings, but cannot write to them.", {{"who", who}});
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const auto who = evaluate::Everybody(scene, params.Get<spec::WhoList>("who"), *at);
  if (!who) return who.error();
  const ProcessStateAt& first = *scene.StateAt(who->front(), **at);
  Memories common = WritableOf(first);
  std::vector<evaluate::Message> evidence;
  for (const record::ProcessIndex process : *who) {
    const ProcessStateAt& state = *scene.StateAt(process, **at);
    const Memories mine = WritableOf(state);
    std::erase_if(common, [&](int memory) { return !mine.contains(memory); });
    if (evidence.size() < 6) evidence.push_back(WhatItMaps(scene, state, **at));
  }
  const bool shared = who->size() > 1 ? !common.empty() : SharesWithAnybody(first, **at);
  if (shared) return evaluate::Pass{};
  return evaluate::Finding{
      .code = "private",
      .what = Msg("At '{snapshot}' the processes have no memory in common that they can write to.",
                  {{"snapshot", (*at)->name}}),
      .evidence = std::move(evidence),
      .why = Msg("After fork() each process has a copy of its own of all memory that is not mapped "
                 "as shared."),
      .next = Msg("Map it with MAP_SHARED before fork(), or let each process open and map the same "
                  "object.")};
}

}  // namespace

evaluate::CheckKind Shared() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::memory
