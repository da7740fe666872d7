// SPDX-License-Identifier: MIT
#include "graders/processes/left_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "processes.left",
          .doc = "Passes when no process is there at the end.",
          .params = {},
          .findings = {{"survivor", "A process is still there."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Left() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::processes
