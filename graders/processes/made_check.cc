// SPDX-License-Identifier: MIT
#include "graders/processes/made_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "processes.made",
          .doc = "Passes when so many processes were born, threads not counted.",
          .params = {evaluate::ByParam(), evaluate::CountParam()},
          .findings = {{"too-few", "Fewer were born."},
                       {"too-many", "More were born."},
                       {"threads", "Threads were made instead."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Made() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::processes
