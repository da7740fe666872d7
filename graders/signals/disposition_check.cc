// SPDX-License-Identifier: MIT
#include "graders/signals/disposition_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::signals {
namespace {

spec::KindTable Table() {
  return {.name = "signals.disposition",
          .doc = "Passes when each signal would have such an effect on each process.",
          .params = {evaluate::AtParam(), evaluate::WhoParam(),
                     evaluate::Required({.name = "signals",
                                         .type = spec::ParamType::kSignals,
                                         .doc = "The signals that are looked at."}),
                     evaluate::IsParam({{"caught", "a handler runs"},
                                        {"ignored", "nothing happens"},
                                        {"blocked", "it waits, also for sigwait"},
                                        {"default", "the action of signal(7)"}})},
          .findings = {{"default-action", "A signal would do something else."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kSignals}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Disposition() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::signals
