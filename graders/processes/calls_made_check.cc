// SPDX-License-Identifier: MIT
#include "graders/processes/calls_made_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "calls.made",
          .doc = "Passes when so many calls were made; of read and write those that moved bytes.",
          .params = {evaluate::Required({.name = "call",
                                         .type = spec::ParamType::kCall,
                                         .doc = "A system call, or a family of them."}),
                     evaluate::ByParam(),
                     {.name = "result",
                      .type = spec::ParamType::kCallResult,
                      .doc = "How it came back: ok, error, the name of an error; of wait stopped, "
                             "continued, exited, killed."},
                     {.name = "of",
                      .type = spec::ParamType::kStream,
                      .doc = "The stream or channel that it was about."},
                     evaluate::CountParam()},
          .findings = {{"not-made", "Fewer calls were made."},
                       {"forbidden", "More calls were made than allowed."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kTransfers}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind CallsMade() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::processes
