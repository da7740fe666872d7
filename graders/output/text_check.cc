// SPDX-License-Identifier: MIT
#include "graders/output/text_check.h"

#include <iterator>
#include <utility>

#include "evaluate/parameters.h"

namespace plumbline::graders::output {
namespace {

spec::KindTable Table() {
  spec::KindTable table{
      .name = "output.text",
      .doc = "Passes when the text of the stream is so.",
      .params = {evaluate::Defaulting({.name = "of",
                                       .type = spec::ParamType::kStream,
                                       .doc = "The stream; of a group of connections, each."},
                                      "submission.stdout"),
                 evaluate::AtParam()},
      .findings = {{"wrong-text", "The text is another."},
                   {"unflushed", "It came later: the program had not flushed it."},
                   {"repeated", "It came twice: fork copied what was not flushed."}},
      .one_of = evaluate::ClaimNames()};
  std::ranges::move(evaluate::ClaimParams(), std::back_inserter(table.params));
  return table;
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Text() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::output
