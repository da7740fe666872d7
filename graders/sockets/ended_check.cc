// SPDX-License-Identifier: MIT
#include "graders/sockets/ended_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::sockets {
namespace {

spec::KindTable Table() {
  return {
      .name = "sockets.ended",
      .doc = "Passes when the program left the connection so.",
      .params = {evaluate::Required({.name = "of",
                                     .type = spec::ParamType::kStream,
                                     .doc = "The connection, or a group of them."}),
                 evaluate::AtParam(),
                 evaluate::IsParam({{"closed", "closed as a whole"},
                                    {"reset", "broken off"},
                                    {"half-closed", "its sending side is shut down"},
                                    {"open", "still open"}})},
      .findings = {{"not-closed", "The connection was not left so."}, {"reset", "It was reset."}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Ended() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::sockets
