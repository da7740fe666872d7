// SPDX-License-Identifier: MIT
#include "graders/pipes/carried_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::pipes {
namespace {

spec::KindTable Table() {
  return {.name = "pipes.carried",
          .doc = "Passes when so many bytes went that way through a pipe or FIFO.",
          .params = {evaluate::Required({.name = "edge",
                                         .type = spec::ParamType::kEdge,
                                         .doc = "END -> END, from the writer to the reader."}),
                     evaluate::Defaulting({.name = "bytes",
                                           .type = spec::ParamType::kSizeRange,
                                           .doc = "How much has to go through."},
                                          "1B.."),
                     evaluate::Defaulting({.name = "via",
                                           .type = spec::ParamType::kChoice,
                                           .doc = "What carries it.",
                                           .choices = {{"any", "a pipe or a named pipe"},
                                                       {"pipe", "a pipe"},
                                                       {"fifo", "a named pipe"}}},
                                          "any")},
          .findings = {{"nothing-carried", "Less, or nothing, went that way."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kTransfers}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Carried() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::pipes
