// SPDX-License-Identifier: MIT
#include "graders/memory/changed_check.h"

#include "evaluate/parameters.h"

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

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Changed() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::memory
