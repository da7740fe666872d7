// SPDX-License-Identifier: MIT
#include "graders/memory/shared_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::memory {
namespace {

spec::KindTable Table() {
  return {.name = "memory.shared",
          .doc = "Passes when the processes share a mapping that they can write to.",
          .params = {evaluate::AtParam(), evaluate::WhoParam()},
          .findings = {{"private", "They have no memory in common."}, evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kMemory}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Shared() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::memory
