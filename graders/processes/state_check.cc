// SPDX-License-Identifier: MIT
#include "graders/processes/state_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {
      .name = "processes.state",
      .doc = "Passes when so many of the processes are in the state.",
      .params = {evaluate::AtParam(), evaluate::WhoParam(), evaluate::CountParam(),
                 evaluate::IsParam({{"alive", "there and not a zombie"},
                                    {"asleep", "waits in a call"},
                                    {"stopped", "stopped by a signal"},
                                    {"zombie", "ended and not waited for"}},
                                   "alive")},
      .findings = {
          {"too-few", "Fewer are so."}, {"too-many", "More are so."}, evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind State() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::processes
