// SPDX-License-Identifier: MIT
// Whole runs for tests: a scenario as a teacher writes it, a submission of a few lines, and what
// was seen.
//
// A test has a supervisor of its own, another process that speaks the protocol. It ends with the
// test, which fails if anything of what it ran is still there.
//
//   TEST_P(Send, ReachesStandardInput) {
//     const Recording seen = Play(Bash("read line; echo \"got $line\""), R"(
//         stdin: open
//         steps: [send: {to: stdin, text: "x\n"}, await: exit]
//     )");
//     EXPECT_THAT(seen, Exits(0));
//     EXPECT_EQ(Out(seen), "got x\n");
//   }
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "base/unique_fd.h"
#include "record/recording.h"
#include "scenario/plan.h"

namespace plumbline::record {
void PrintTo(const Recording& recording, std::ostream* out);
}  // namespace plumbline::record

namespace plumbline::scenario::testing {

using record::Outcome;
using record::Recording;

// A program ready to run.
struct Source {
  std::string language;
  build::Runnable runnable;
};
// `name`: of the program, where a submission has several.
Source Bash(const std::string& script, const std::string& name = "main");
Source Python(const std::string& script);
// tests/tracees/NAME.c
Source Tracee(const std::string& name);

// What goes around the scenario. What is not given is as by default.
struct More {
  std::string limits = "{}";                    // of the exercise, in one line
  std::map<std::string, Source> programs = {};  // besides the submission's first one, "played"
  std::map<std::string, Source> solutions = {};
  std::set<record::Facet> observe = {};  // empty: everything
  sandbox::Rung rung = sandbox::Rung::kB;
  Duration wall_limit = std::chrono::minutes(1);
  bool late = false;  // stops are handled late by chance
};

// The plan that `plumbline check` would make of the lines of a scenario.
Plan PlanOf(const Source& submission, const std::string& scenario, const More& more = {});

enum class Account { kOwn, kUnprivileged };

class Playing : public ::testing::Test {
 protected:
  // Skips the test where this machine cannot do it.
  void Begin(Account account, sandbox::Rung rung);
  void TearDown() override;

  Recording Play(const Source& submission, const std::string& scenario, const More& more = {});
  Recording Play(const Plan& plan);

 private:
  void StartSupervisor(Account account);

  UniqueFd supervisor_;
  pid_t process_ = -1;
};

// As each account, with rung B.
class PlayTest : public Playing, public ::testing::WithParamInterface<Account> {
 protected:
  void SetUp() override { Begin(GetParam(), sandbox::Rung::kB); }
};

// As the own account, with each rung.
class RungTest : public Playing, public ::testing::WithParamInterface<sandbox::Rung> {
 protected:
  void SetUp() override { Begin(Account::kOwn, GetParam()); }
  Recording Play(const Source& submission, const std::string& scenario, More more = {}) {
    more.rung = GetParam();
    return Playing::Play(submission, scenario, more);
  }
};

#define FOR_EACH_ACCOUNT(suite)                                                                 \
  INSTANTIATE_TEST_SUITE_P(                                                                     \
      As, suite, ::testing::Values(Account::kOwn, Account::kUnprivileged), [](const auto& at) { \
        return std::string(at.param == Account::kOwn ? "Own" : "Unprivileged");                 \
      })

#define ON_EACH_RUNG(suite)                                                                    \
  INSTANTIATE_TEST_SUITE_P(On, suite, ::testing::Values(sandbox::Rung::kA, sandbox::Rung::kB), \
                           [](const auto& on) { return "Rung" + sandbox::ToString(on.param); })

// What came on a stream.
std::string Out(const Recording& seen, const std::string& stream = "submission.stdout");
std::string Errors(const Recording& seen);

// The process that was started as this.
record::ProcessIndex Named(const Recording& seen, const std::string& name);
// Those that ever ran a program of this file name, by birth.
std::vector<record::ProcessIndex> Ran(const Recording& seen, const std::string& program);
// A process in a snapshot; nullptr if it is not there.
const record::ProcessStateAt* At(const Recording& seen, const std::string& snapshot,
                                 record::ProcessIndex process);

// Every event of a kind, of one process or of all.
template <typename Kind>
std::vector<const Kind*> All(const Recording& seen,
                             std::optional<record::ProcessIndex> actor = {}) {
  std::vector<const Kind*> found;
  for (const record::Event& event : seen.events) {
    if (actor && event.actor != *actor) continue;
    if (const auto* what = std::get_if<Kind>(&event.what)) found.push_back(what);
  }
  return found;
}

// --- How a run ended.

MATCHER_P(Exits, status, "the submission exits with " + std::to_string(status)) {
  return arg.outcome == Outcome::kExited && arg.status == status && !arg.stuck;
}
MATCHER_P(DiesOf, signal, "the submission is killed by signal " + std::to_string(signal)) {
  return arg.outcome == Outcome::kSignalled && arg.status == signal && !arg.stuck;
}
MATCHER_P(Ends, outcome, "the outcome is " + std::string(record::ToString(outcome))) {
  return arg.outcome == outcome;
}
// At the step of this number, from 1.
MATCHER_P2(StuckAt, number, instead,
           "step " + std::to_string(number) + " cannot happen: " + std::string(instead)) {
  return arg.outcome == Outcome::kStuck && arg.stuck && arg.stuck->step == number - 1 &&
         ::testing::Matches(instead)(arg.stuck->instead);
}

}  // namespace plumbline::scenario::testing
