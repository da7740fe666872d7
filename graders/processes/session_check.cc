// SPDX-License-Identifier: MIT
#include "graders/processes/session_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {
      .name = "processes.session",
      .doc = "Passes when the process is in a group or session of its own.",
      .params = {evaluate::AtParam(), evaluate::WhoParam(),
                 evaluate::IsParam({{"own-group", "not in the process group of the start"},
                                    {"own-session", "not in the session of the start"},
                                    {"detached", "in another session and without a terminal"}})},
      .findings = {{"not-detached", "It is still in the group or session, or has the terminal."},
                   evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Session() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::processes
