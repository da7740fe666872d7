// SPDX-License-Identifier: MIT
#include "graders/processes/state_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using record::ProcessState;
using ::testing::HasSubstr;

// A program with two children that run sleep, all asleep.
struct Sleepers {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/jobs");
  ProcessIndex first = b.Fork(submission);
  ProcessIndex second = b.Fork(submission);

  Sleepers() {
    b.Exec(first, "/usr/bin/sleep").Asleep(first, "clock_nanosleep");
    b.Exec(second, "/usr/bin/sleep").Asleep(second, "clock_nanosleep");
    b.Asleep(submission, "wait4");
  }
  record::Recording Taken() {
    b.Snapshot("then");
    return b.Build();
  }
};

Use State(const std::string& is) {
  Use use(graders::processes::State());
  use.With("at", "then").With("is", is);
  return use;
}

TEST(ProcessesStateCheck, CountsTheLivingOfAList) {
  const auto recording = Sleepers().Taken();
  EXPECT_EQ(State("alive").Who({"submission", "sleep"}).On(recording), "pass");
  EXPECT_EQ(State("alive").Who({"sleep"}).Count(2, 2).On(recording), "pass");
  EXPECT_EQ(State("alive").Who({"sleep"}).Count(3, {}).On(recording), "too-few");
  EXPECT_EQ(State("alive").Who({"sleep"}).Count(0, 1).On(recording), "too-many");
}

TEST(ProcessesStateCheck, IsAliveByDefault) {
  Use use(graders::processes::State());
  EXPECT_EQ(use.With("at", "then").On(Sleepers().Taken()), "pass");
}

TEST(ProcessesStateCheck, TellsAsleepStoppedAndZombieApart) {
  Sleepers run;
  run.b.Stop(run.first, 19).Exit(run.second, 0);
  const auto recording = run.Taken();
  EXPECT_EQ(State("asleep").On(recording), "pass");
  EXPECT_EQ(State("asleep").Who({"sleep"}).On(recording), "too-few");
  EXPECT_EQ(State("stopped").Who({"sleep#1"}).On(recording), "pass");
  EXPECT_EQ(State("stopped").Who({"sleep#2"}).On(recording), "too-few");
  EXPECT_EQ(State("zombie").Who({"sleep#2"}).On(recording), "pass");
  EXPECT_EQ(State("zombie").Who({"submission"}).On(recording), "too-few");
  EXPECT_EQ(State("alive").Who({"sleep#1"}).On(recording), "pass");
}

TEST(ProcessesStateCheck, TakesAnyStateOfAList) {
  Sleepers run;
  run.b.Stop(run.first, 19);
  Use state = State("alive");
  state.With("is", Words{"asleep", "stopped"}).Who({"sleep"}).Count(2, 2);
  EXPECT_EQ(state.On(run.Taken()), "pass");
}

TEST(ProcessesStateCheck, CountsZombiesAmongAll) {
  Sleepers run;
  run.b.Exit(run.first).Exit(run.second);
  Use state = State("zombie");
  EXPECT_EQ(state.Who({"all"}).Count(0, 1).On(run.Taken()), "too-many");
  EXPECT_THAT(
      state.told(),
      HasSubstr("Processes 'all' that are zombies at 'then': 2; there should be: at most 1."));
  EXPECT_THAT(state.told(), HasSubstr("sleep (process 3) has ended and nobody has waited for it"));
}

TEST(ProcessesStateCheck, PassesWithNobodyWhereNoneIsRight) {
  EXPECT_EQ(State("alive").Who({"wc"}).Count(0, 0).On(Sleepers().Taken()), "pass");
}

TEST(ProcessesStateCheck, FindsTooFewWhenTheyHaveEnded) {
  Sleepers run;
  run.b.Exit(run.first).Reap(run.submission, run.first);
  run.b.Exit(run.second, 0, 15).Reap(run.submission, run.second).Exit(run.submission, 3);
  const auto recording = run.Taken();
  Use state = State("alive");
  EXPECT_EQ(state.On(recording), "too-few");
  EXPECT_THAT(state.told(), HasSubstr("your program (process 2) ended with status 3."));
  EXPECT_THAT(state.told(), HasSubstr("Look why it ended so early."));
  EXPECT_EQ(state.Who({"sleep"}).On(recording), "too-few");
  EXPECT_THAT(state.told(), HasSubstr("sleep (process 4) was ended by SIGTERM."));
  EXPECT_EQ(state.Who({"submission/1"}).On(recording), "too-few");
}

TEST(ProcessesStateCheck, FindsNobodyWhereNoneWasEverStarted) {
  Use state = State("alive");
  EXPECT_EQ(state.Who({"sleep", "wc"}).On(Sleepers().Taken()), "nobody");
  EXPECT_THAT(state.told(), HasSubstr("At 'then' no process is 'wc'."));
}

TEST(ProcessesStateCheck, FindsNobodyWhereOneCameOnlyLater) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/late");
  b.Snapshot("then");
  const auto child = b.Fork(submission);
  b.Exec(child, "/usr/bin/sleep").Exit(child).Reap(submission, child).Exit(submission);
  Use state = State("alive");
  EXPECT_EQ(state.Who({"sleep"}).On(b.Build()), "nobody");
  EXPECT_THAT(state.told(), HasSubstr("It came only later: sleep (process 3)."));
}

TEST(ProcessesStateCheck, IsNotReachedBeforeTheScenarioStartsIt) {
  EXPECT_EQ(State("alive").Who({"@again"}).On(Sleepers().Taken()), "not reached");
}

TEST(ProcessesStateCheck, TellsWhatEachDoesAtThatMoment) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto spins = b.Fork(submission);
  const auto held = b.Fork(submission);
  b.State(held, ProcessState::kHeld).Asleep(submission, "wait4").Snapshot("then");
  Use state = State("zombie");
  EXPECT_EQ(state.Who({"all"}).On(b.Build()), "too-few");
  EXPECT_THAT(state.told(), HasSubstr("child 1 of your program (process 3) runs."));
  EXPECT_THAT(state.told(), HasSubstr("child 2 of your program (process 4) is held back"));
  EXPECT_THAT(state.told(), HasSubstr("your program (process 2) waits for"));
  EXPECT_EQ(spins, 1);
}

TEST(ProcessesStateCheck, IsNotReachedWithoutTheSnapshot) {
  Sleepers run;
  run.b.Stuck(0, "await: blocked", "");
  EXPECT_EQ(State("alive").On(run.b.Build()), "not reached");
}

}  // namespace
}  // namespace plumbline::testing
