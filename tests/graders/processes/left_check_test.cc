// SPDX-License-Identifier: MIT
#include "graders/processes/left_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using record::Outcome;
using ::testing::HasSubstr;

Use Left() { return Use(graders::processes::Left()); }

TEST(ProcessesLeftCheck, PassesWhenNobodyIsThere) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  b.Exit(child).Reap(submission, child).Exit(submission);
  EXPECT_EQ(Left().On(b.Build()), "pass");
}

TEST(ProcessesLeftCheck, ReportsASleepThatWasLeftBehind) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/usr/bin/bash");
  const auto child = b.Fork(submission);
  b.Exec(child, "/usr/bin/sleep").Asleep(child, "clock_nanosleep").Exit(submission);
  Use left = Left();
  EXPECT_EQ(left.On(b.Build()), "survivor");
  EXPECT_THAT(left.told(), HasSubstr("Processes that were still there at the end: 1."));
  EXPECT_THAT(left.told(), HasSubstr("sleep (process 3) sleeps."));
}

TEST(ProcessesLeftCheck, ExplainsWhyTheFirstOneDoesNotEnd) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/chain");
  b.Pipe(submission, 3, 4, Location{"main.c", 14, "main"});
  const auto wc = b.Fork(submission);
  b.Dup(wc, 3, 0).Exec(wc, "/usr/bin/wc").Asleep(wc, "read", 0).Exit(submission);
  Use left = Left();
  EXPECT_EQ(left.On(b.Build()), "survivor");
  EXPECT_THAT(left.told(), HasSubstr("wc (process 3) still holds the write end"));
  EXPECT_EQ(left.finding().location->line, 14);
}

TEST(ProcessesLeftCheck, DoesNotCountZombiesPeersAndInterpretersOwn) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Start("server", "/usr/sbin/xinetd", {}, true);
  b.ForkInternal(submission);
  const auto zombie = b.Fork(submission);
  b.Exit(zombie);
  b.State(submission, record::ProcessState::kZombie);
  EXPECT_EQ(Left().On(b.Build()), "pass");
}

TEST(ProcessesLeftCheck, FailsInARunThatHangs) {
  RecordingBuilder b;
  b.Asleep(b.Start("submission", "/lab/main"), "pause").Outcome(Outcome::kDeadlocked);
  EXPECT_EQ(Left().On(b.Build()), "survivor");
}

TEST(ProcessesLeftCheck, IsNotReachedWhenTheProgramCouldNotEnd) {
  RecordingBuilder b;
  b.Start("submission", "/lab/main");
  b.Stuck(0, "await: {output: x}", "nothing");
  Use left = Left();
  EXPECT_EQ(left.Step(spec::AwaitOutput{}).On(b.Build()), "not reached");
  EXPECT_THAT(left.told(), HasSubstr("before your program could end"));
}

TEST(ProcessesLeftCheck, JudgesWhatAProgramLeftThatEndedBeforeTheRunGotStuck) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Fork(submission);
  b.Exit(submission).Stuck(0, "await: {output: x}", "");
  EXPECT_EQ(Left().Step(spec::AwaitOutput{}).On(b.Build()), "survivor");
}

}  // namespace
}  // namespace plumbline::testing
