// SPDX-License-Identifier: MIT
#include "graders/memory/left_check.h"

#include "evaluate/parameters.h"

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

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Left() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::memory
