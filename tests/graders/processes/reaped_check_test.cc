// SPDX-License-Identifier: MIT
#include "graders/processes/reaped_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using record::Outcome;
using ::testing::HasSubstr;

Use Reaped() { return Use(graders::processes::Reaped()); }

// A program with two children.
struct Family {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/chain");
  ProcessIndex cat = b.Fork(submission);
  ProcessIndex wc = b.Fork(submission);

  Family() { b.Exec(cat, "/usr/bin/cat").Exec(wc, "/usr/bin/wc"); }
};

TEST(ProcessesReapedCheck, PassesWhenEachWasWaitedFor) {
  Family family;
  family.b.Exit(family.cat).Exit(family.wc);
  family.b.Reap(family.submission, family.wc).Reap(family.submission, family.cat);
  family.b.Exit(family.submission);
  EXPECT_EQ(Reaped().On(family.b.Build()), "pass");
}

TEST(ProcessesReapedCheck, PassesWithoutChildren) {
  RecordingBuilder b;
  b.Exit(b.Start("submission", "/lab/main"));
  EXPECT_EQ(Reaped().On(b.Build()), "pass");
}

TEST(ProcessesReapedCheck, ReportsAZombieWhereOnlyTheLastWasWaitedFor) {
  Family family;
  family.b.Exit(family.cat).Exit(family.wc).Reap(family.submission, family.wc);
  family.b.Exit(family.submission);
  Use reaped = Reaped();
  EXPECT_EQ(reaped.On(family.b.Build()), "zombie");
  EXPECT_THAT(reaped.told(),
              HasSubstr("your program (process 2) never waited for cat (process 3)"));
  EXPECT_THAT(reaped.told(), HasSubstr("cat (process 3) ended with status 0."));
}

TEST(ProcessesReapedCheck, ReportsAnOrphan) {
  Family family;
  family.b.Exit(family.cat).Reap(family.submission, family.cat);
  family.b.Exit(family.submission).Exit(family.wc);
  Use reaped = Reaped();
  EXPECT_EQ(reaped.On(family.b.Build()), "orphan");
  EXPECT_THAT(reaped.told(), HasSubstr("ended before its child, wc (process 4)."));
}

TEST(ProcessesReapedCheck, ReportsAnOrphanThatNeverEnded) {
  Family family;
  family.b.Exit(family.cat).Reap(family.submission, family.cat).Exit(family.submission);
  Use reaped = Reaped();
  EXPECT_EQ(reaped.On(family.b.Build()), "orphan");
  EXPECT_THAT(reaped.told(), HasSubstr("wc (process 4) had not ended."));
}

TEST(ProcessesReapedCheck, LetsTheKernelWaitWhereSigchldIsIgnored) {
  Family family;
  family.b.Exit(family.cat).Reap(family.submission, family.cat, true);
  family.b.Exit(family.wc).Reap(family.submission, family.wc, true).Exit(family.submission);
  EXPECT_EQ(Reaped().On(family.b.Build()), "pass");
}

TEST(ProcessesReapedCheck, DoesNotTakeAnothersWaitForIt) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  const auto grandchild = b.Fork(child);
  b.Exit(grandchild).Exit(child).Reap(submission, child).Exit(submission);
  const auto recording = b.Build();
  EXPECT_EQ(Reaped().On(recording), "pass");
  EXPECT_EQ(Reaped().By({"submission", "submission/1"}).On(recording), "zombie");
}

TEST(ProcessesReapedCheck, LeavesOutWhatAnInterpreterMakesForItself) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/usr/bin/python3");
  b.Exit(b.ForkInternal(submission)).Exit(submission);
  EXPECT_EQ(Reaped().On(b.Build()), "pass");
}

TEST(ProcessesReapedCheck, ReportsAZombieInARunThatHangs) {
  Family family;
  family.b.Exit(family.cat).Asleep(family.submission, "wait4").Asleep(family.wc, "read", 0);
  family.b.Outcome(Outcome::kDeadlocked);
  EXPECT_EQ(Reaped().On(family.b.Build()), "zombie");
}

TEST(ProcessesReapedCheck, DoesNotPassWhereNobodyCouldEnd) {
  Family family;
  family.b.Asleep(family.submission, "wait4").Outcome(Outcome::kDeadlocked);
  Use reaped = Reaped();
  EXPECT_EQ(reaped.On(family.b.Build()), "not reached");
  EXPECT_THAT(reaped.told(), HasSubstr("The run was over before cat (process 3) ended."));
}

TEST(ProcessesReapedCheck, IsNotReachedWhenAnotherStepCouldNotHappen) {
  Family family;
  family.b.Exit(family.cat).Stuck(0, "await: {output: x}", "");
  Use reaped = Reaped();
  EXPECT_EQ(reaped.Step(spec::AwaitOutput{}).On(family.b.Build()), "not reached");
  EXPECT_THAT(reaped.told(), HasSubstr("could wait for cat (process 3)"));
}

TEST(ProcessesReapedCheck, DoesNotCountWhatHappensWhenTheGraderTidiesUp) {
  Family family;
  family.b.Exit(family.cat).Outcome(Outcome::kDeadlocked).Snapshot("end");
  family.b.Reap(family.submission, family.cat);
  EXPECT_EQ(Reaped().On(family.b.Build()), "zombie");
}

TEST(ProcessesReapedCheck, FindsNobody) {
  RecordingBuilder b;
  b.Start("submission", "/lab/main");
  EXPECT_EQ(Reaped().By({"make"}).On(b.Build()), "nobody");
}

}  // namespace
}  // namespace plumbline::testing
