// SPDX-License-Identifier: MIT
#include "graders/processes/tree_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {
      .name = "processes.tree",
      .doc =
          "Passes when the living processes form a tree of the same shape; labels and order are "
          "free.",
      .params =
          {evaluate::AtParam(),
           evaluate::Required(
               {.name = "tree",
                .type = spec::ParamType::kTree,
                .doc = "The shape, from the submission down: {submission: {A: {C: {}}, B: {}}}."})},
      .findings = {{"wrong-tree", "The tree has another shape."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Tree() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::processes
