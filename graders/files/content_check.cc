// SPDX-License-Identifier: MIT
#include "graders/files/content_check.h"

#include <iterator>
#include <utility>

#include "evaluate/parameters.h"

namespace plumbline::graders::files {
namespace {

spec::KindTable Table() {
  spec::KindTable table{
      .name = "files.content",
      .doc = "Passes when the text of the file is so.",
      .params = {evaluate::Required({.name = "path",
                                     .type = spec::ParamType::kPath,
                                     .doc = "The file; a pattern has to match exactly one."}),
                 evaluate::AtParam()},
      .findings = {{"missing-file", "There is no such file."},
                   {"wrong-text", "It holds something else."}},
      .one_of = evaluate::ClaimNames()};
  std::ranges::move(evaluate::ClaimParams(), std::back_inserter(table.params));
  return table;
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kFiles, record::Facet::kFileContent};
}

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Content() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::files
