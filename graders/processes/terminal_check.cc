// SPDX-License-Identifier: MIT
#include "graders/processes/terminal_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "processes.terminal",
          .doc = "Passes when the settings of the terminal are equal in both snapshots.",
          .params = {evaluate::BetweenParam()},
          .findings = {{"terminal-changed", "A setting of the terminal differs."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Terminal() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::processes
