// SPDX-License-Identifier: MIT
#include "graders/processes/reaped_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "processes.reaped",
          .doc = "Passes when the process waited for each of its children.",
          .params = {evaluate::ByParam("submission")},
          .findings = {{"zombie", "A child ended and was not waited for."},
                       {"orphan", "A child outlived its parent."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Reaped() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::processes
