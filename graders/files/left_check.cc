// SPDX-License-Identifier: MIT
#include "graders/files/left_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::files {
namespace {

spec::KindTable Table() {
  return {.name = "files.left",
          .doc = "Passes when nothing new is left in the working directory.",
          .params = {{.name = "except",
                      .type = spec::ParamType::kGlobs,
                      .doc = "Paths that may be left."}},
          .findings = {{"left-over", "Something new is left."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kFiles}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Left() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::files
