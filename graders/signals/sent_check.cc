// SPDX-License-Identifier: MIT
#include "graders/signals/sent_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::signals {
namespace {

spec::KindTable Table() {
  return {.name = "signals.sent",
          .doc = "Passes when so many of these signals were sent.",
          .params = {evaluate::Required({.name = "signals",
                                         .type = spec::ParamType::kSignals,
                                         .doc = "The signals that are counted, or any."}),
                     evaluate::ByParam(), evaluate::WhoParam(), evaluate::CountParam()},
          .findings = {{"not-sent", "Fewer were sent."},
                       {"too-many", "More were sent."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Sent() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::signals
