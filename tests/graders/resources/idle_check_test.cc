// SPDX-License-Identifier: MIT
#include "graders/resources/idle_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

// A program and its child between two snapshots, a hundred seconds of virtual time apart.
struct Waiting {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/main");
  ProcessIndex child = b.Fork(submission);

  Waiting() {
    b.Usage(submission, {.processor = milliseconds(30), .wakeups = 7});
    b.Usage(child, {.processor = milliseconds(5)});
    b.Asleep(submission, "pause").Snapshot("ready");
  }
  record::Recording Later(milliseconds used, uint64_t wakeups) {
    b.Usage(submission, {.processor = milliseconds(30) + used, .wakeups = 7 + wakeups});
    b.Advance(seconds(100)).Snapshot("later");
    return b.Build();
  }
};

Use Idle() {
  Use use(graders::resources::Idle());
  return use.With("between", Words{"ready", "later"});
}

TEST(ResourcesIdleCheck, PassesUpToItsBounds) {
  EXPECT_EQ(Idle().On(Waiting().Later(milliseconds(0), 0)), "pass");
  EXPECT_EQ(Idle().On(Waiting().Later(milliseconds(50), 101)), "pass");
}

TEST(ResourcesIdleCheck, ReportsABusyWait) {
  Waiting run;
  run.b.State(run.submission, record::ProcessState::kRunning);
  Use idle = Idle();
  EXPECT_EQ(idle.On(run.Later(milliseconds(51), 0)), "busy");
  EXPECT_THAT(
      idle.told(),
      HasSubstr("Between 'ready' and 'later' more than 50 ms of processor time were used."));
  EXPECT_THAT(idle.told(), HasSubstr("your program (process 2) runs in a loop"));
}

TEST(ResourcesIdleCheck, TellsNoAmountThatDiffersFromRunToRun) {
  Use one = Idle();
  Use other = Idle();
  EXPECT_EQ(one.On(Waiting().Later(milliseconds(700), 0)), "busy");
  EXPECT_EQ(other.On(Waiting().Later(milliseconds(800), 0)), "busy");
  EXPECT_EQ(one.told(), other.told());
  EXPECT_EQ(one.On(Waiting().Later(milliseconds(0), 9000)), "polling");
  EXPECT_EQ(other.On(Waiting().Later(milliseconds(0), 9001)), "polling");
  EXPECT_EQ(one.told(), other.told());
}

TEST(ResourcesIdleCheck, ReportsPolling) {
  Use idle = Idle();
  EXPECT_EQ(idle.On(Waiting().Later(milliseconds(0), 102)), "polling");
  EXPECT_THAT(
      idle.told(),
      HasSubstr("your program (process 2) was woken too often by timers of its own; right would be "
                "at most: 101."));
}

TEST(ResourcesIdleCheck, TakesOtherBounds) {
  Use idle = Idle();
  idle.With("wakeups", "2").With("processor", "10");
  EXPECT_EQ(idle.On(Waiting().Later(milliseconds(10), 201)), "pass");
  EXPECT_EQ(idle.On(Waiting().Later(milliseconds(11), 0)), "busy");
  EXPECT_EQ(idle.On(Waiting().Later(milliseconds(0), 202)), "polling");
}

// A shell that sleeps for a second at a time, and one process after the other for it.
TEST(ResourcesIdleCheck, GivesTimeToWhoIsWokenNowAndThen) {
  Waiting run;
  auto recording = run.Later(milliseconds(250), 0);
  for (int second = 1; second <= 20; ++second)
    recording.machine.jumps.push_back({.to = seconds(second), .waited = seconds(second)});
  EXPECT_EQ(Idle().On(recording), "pass");
  recording.machine.jumps.pop_back();
  EXPECT_EQ(Idle().On(recording), "busy");
  recording.machine.jumps.push_back({.to = seconds(101), .waited = seconds(20)});
  EXPECT_EQ(Idle().On(recording), "busy") << "that was after the second snapshot";
}

// A machine that is slow makes nothing else of it.
TEST(ResourcesIdleCheck, SaysPollingAlsoOfWhoIsBusyWithIt) {
  EXPECT_EQ(Idle().On(Waiting().Later(milliseconds(700), 5000)), "polling");
}

TEST(ResourcesIdleCheck, AddsUpTheProcessorTimeOfAll) {
  Waiting run;
  run.b.Usage(run.child, {.processor = milliseconds(35)});
  const auto recording = run.Later(milliseconds(30), 0);
  EXPECT_EQ(Idle().On(recording), "busy");
  EXPECT_EQ(Idle().Who({"submission"}).On(recording), "pass");
}

TEST(ResourcesIdleCheck, CountsWakeUpsOfEachByItself) {
  Waiting run;
  run.b.Usage(run.child, {.processor = milliseconds(5), .wakeups = 80});
  EXPECT_EQ(Idle().On(run.Later(milliseconds(0), 80)), "pass");
  run.b.Usage(run.child, {.processor = milliseconds(5), .wakeups = 182});
  EXPECT_EQ(Idle().On(run.Later(milliseconds(0), 80)), "pass") << "two hundred seconds have passed";
  Waiting other;
  other.b.Usage(other.child, {.processor = milliseconds(5), .wakeups = 102});
  EXPECT_EQ(Idle().On(other.Later(milliseconds(0), 0)), "polling");
}

TEST(ResourcesIdleCheck, IncludesWhoWasBornInBetween) {
  Waiting run;
  const auto late = run.b.Fork(run.submission);
  run.b.Usage(late, {.processor = milliseconds(60)});
  EXPECT_EQ(Idle().On(run.Later(milliseconds(0), 0)), "busy");
}

TEST(ResourcesIdleCheck, IncludesZombies) {
  Waiting run;
  run.b.Usage(run.child, {.processor = milliseconds(100)}).Exit(run.child);
  Use idle = Idle();
  EXPECT_EQ(idle.On(run.Later(milliseconds(0), 0)), "busy");
  EXPECT_THAT(idle.told(), Not(HasSubstr("nobody has waited")));
}

TEST(ResourcesIdleCheck, SurvivesCountersThatGoBack) {
  Waiting run;
  run.b.Usage(run.submission, {}).Snapshot("later");
  EXPECT_EQ(Idle().On(run.b.Build()), "pass");
}

TEST(ResourcesIdleCheck, FindsNobodyWhereAllHaveEnded) {
  Waiting run;
  run.b.Exit(run.child).Exit(run.submission);
  EXPECT_EQ(Idle().On(run.Later(milliseconds(0), 0)), "nobody");
}

TEST(ResourcesIdleCheck, IsNotReachedWithoutBothSnapshots) {
  EXPECT_EQ(Idle().On(Waiting().b.Build()), "not reached");
}

TEST(ResourcesIdleCheck, IsUnjudgeableWithoutUsage) {
  Waiting run;
  auto recording = run.Later(milliseconds(0), 0);
  recording.machine.usage.erase("ready");
  EXPECT_EQ(Idle().On(recording), "unjudgeable");
  recording.header.observed.clear();
  EXPECT_EQ(Idle().On(recording), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
