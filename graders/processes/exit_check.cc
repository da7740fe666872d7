// SPDX-License-Identifier: MIT
#include "graders/processes/exit_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "processes.exit",
          .doc = "Passes when each process ended with this status, or by this signal.",
          .params = {evaluate::WhoParam(),
                     evaluate::Defaulting({.name = "status",
                                           .type = spec::ParamType::kRange,
                                           .doc = "Exit statuses that are right."},
                                          "0"),
                     {.name = "killed_by",
                      .type = spec::ParamType::kSignal,
                      .doc = "The signal that ends it, instead of a status."}},
          .findings = {{"wrong-status", "It ended with another status."},
                       {"killed", "A signal or a limit ended it."},
                       {"hung", "It had not ended when nothing could move any more."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Exit() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::processes
