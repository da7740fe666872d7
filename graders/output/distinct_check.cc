// SPDX-License-Identifier: MIT
#include "graders/output/distinct_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::output {
namespace {

spec::KindTable Table() {
  return {.name = "output.distinct",
          .doc = "Passes when all texts differ, over the scenarios of the check too.",
          .params = {evaluate::Defaulting(
              {.name = "of", .type = spec::ParamType::kStreams, .doc = "The streams."},
              "submission.stdout")},
          .findings = {{"same-text", "Two texts are equal."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Distinct() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::output
