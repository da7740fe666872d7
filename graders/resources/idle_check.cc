// SPDX-License-Identifier: MIT
#include "graders/resources/idle_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::resources {
namespace {

spec::KindTable Table() {
  return {
      .name = "resources.idle",
      .doc =
          "Passes when between the snapshots they hardly used the processor and were hardly woken "
          "by timers of their own.",
      .params =
          {evaluate::BetweenParam(), evaluate::WhoParam("all"),
           evaluate::Defaulting(
               {.name = "wakeups",
                .type = spec::ParamType::kCountOrSize,
                .doc =
                    "Wake-ups by timers of its own that each may have, a second of virtual time."},
               "1"),
           evaluate::Defaulting({.name = "processor",
                                 .type = spec::ParamType::kDuration,
                                 .doc = "Processor time that they may use together."},
                                "50ms")},
      .findings = {{"polling", "Timers of its own wake it again and again."},
                   {"busy", "It uses the processor while it waits."},
                   evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kUsage}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Idle() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::resources
