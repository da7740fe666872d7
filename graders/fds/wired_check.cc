// SPDX-License-Identifier: MIT
#include "graders/fds/wired_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::fds {
namespace {

spec::KindTable Table() {
  return {.name = "fds.wired",
          .doc =
              "Passes when each edge joins what it names: what is written into the first end comes "
              "out of the second.",
          .params = {evaluate::AtParam(),
                     evaluate::Required(
                         {.name = "edges",
                          .type = spec::ParamType::kEdges,
                          .doc = "Edges END -> END, from the writing end to the reading one."}),
                     evaluate::Defaulting({.name = "via",
                                           .type = spec::ParamType::kChoice,
                                           .doc = "What has to join them.",
                                           .choices = {{"any", "whatever joins them"},
                                                       {"pipe", "a pipe"},
                                                       {"fifo", "a named pipe"},
                                                       {"socket", "a socket or a pair of them"},
                                                       {"file", "a file"}}},
                                          "any")},
          .findings = {{"not-joined", "The two ends are not joined by anything."},
                       {"swapped", "They are joined, but the wrong way round."},
                       {"wrong-target", "The descriptor leads to something else."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kDescriptors, record::Facet::kSockets};
}

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Wired() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::fds
