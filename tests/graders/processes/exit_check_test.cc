// SPDX-License-Identifier: MIT
#include "graders/processes/exit_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using record::Outcome;
using ::testing::HasSubstr;

Use Exit() { return Use(graders::processes::Exit()); }
Use KilledBy(int signal) {
  Use use = Exit();
  use.With("killed_by", spec::SignalSet{.any = false, .numbers = {signal}});
  return use;
}

record::Recording Ended(int status, int killed_by = 0, const std::string& words = "") {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  if (!words.empty()) b.Output("submission.stderr", words);
  b.Exit(submission, status, killed_by);
  return b.Build();
}

TEST(ProcessesExitCheck, WantsStatusZeroByDefault) {
  EXPECT_EQ(Exit().On(Ended(0)), "pass");
  Use exit = Exit();
  EXPECT_EQ(exit.On(Ended(1, 0, "usage\nmain: no such file\n")), "wrong-status");
  EXPECT_THAT(exit.told(), HasSubstr("ended with status 1; its status should be 0."));
  EXPECT_THAT(exit.told(), HasSubstr("The last line on its standard error: main: no such file"));
}

// The innermost frame of the student's own, whatever the library did below it.
TEST(ProcessesExitCheck, TellsTheLineOfAnException) {
  Use exit = Exit();
  EXPECT_EQ(exit.On(Ended(1, 0,
                          "Traceback (most recent call last):\n"
                          "  File \"/program/main.py\", line 30, in <module>\n    main()\n"
                          "  File \"/program/lib/parts.py\", line 12, in parse\n    int(word)\n"
                          "  File \"/usr/lib/python3.11/x.py\", line 7, in deep\n    pass\n"
                          "ValueError: invalid\n")),
            "wrong-status");
  ASSERT_TRUE(exit.finding().location);
  EXPECT_EQ(*exit.finding().location,
            (record::Location{.file = "lib/parts.py", .line = 12, .function = "parse"}));
  EXPECT_EQ(exit.On(Ended(1, 0, "  File \"/program/main.py\", line x\nno traceback\n")),
            "wrong-status");
  EXPECT_FALSE(exit.finding().location);
}

TEST(ProcessesExitCheck, TakesARangeUpToItsBounds) {
  Use exit = Exit();
  exit.With("status", spec::Range{1, 3});
  EXPECT_EQ(exit.On(Ended(0)), "wrong-status");
  EXPECT_EQ(exit.On(Ended(1)), "pass");
  EXPECT_EQ(exit.On(Ended(3)), "pass");
  EXPECT_EQ(exit.On(Ended(4)), "wrong-status");
}

TEST(ProcessesExitCheck, ExplainsWhatShellsSay) {
  Use exit = Exit();
  EXPECT_EQ(exit.On(Ended(127)), "wrong-status");
  EXPECT_THAT(exit.told(), HasSubstr("127 says that a command was not found."));
  EXPECT_EQ(exit.On(Ended(126)), "wrong-status");
  EXPECT_THAT(exit.told(), HasSubstr("126 says that a command could not be executed."));
  EXPECT_EQ(exit.On(Ended(141)), "wrong-status");
  EXPECT_THAT(exit.told(), HasSubstr("by 141 that SIGPIPE ended a command"));
}

TEST(ProcessesExitCheck, ReportsASignal) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Event(submission, record::Exited{0, SIGSEGV, true}, Location{"main.c", 9, "main"});
  Use exit = Exit();
  EXPECT_EQ(exit.On(b.Build()), "killed");
  EXPECT_THAT(exit.told(), HasSubstr("was ended by SIGSEGV; its status should be 0."));
  EXPECT_THAT(exit.told(), HasSubstr("a wrong pointer"));
  EXPECT_EQ(exit.finding().location->line, 9);
}

TEST(ProcessesExitCheck, TellsTheStackOfACrash) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const Location here{"main.c", 9, "store"};
  record::Exited crash{.killed_by = SIGSEGV, .core = true};
  crash.stack = {here, {"main.c", 20, "main"}};
  crash.address = "0x8";
  b.Event(submission, std::move(crash), here);
  Use exit = Exit();
  EXPECT_EQ(exit.On(b.Build()), "killed");
  EXPECT_EQ(exit.finding().location, here);
  EXPECT_THAT(exit.told(), HasSubstr("It used the address 0x8: NULL, or what lies next to it."));
  EXPECT_THAT(exit.told(), HasSubstr("That was called at main.c:20, in main()."));
}

TEST(ProcessesExitCheck, SaysWhoSentTheSignal) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  b.SignalSent(submission, child, SIGTERM).Exit(child, 0, SIGTERM);
  Use exit = Exit();
  EXPECT_EQ(exit.Who({"submission/1"}).On(b.Build()), "killed");
  EXPECT_THAT(exit.told(), HasSubstr("your program (process 2) sent SIGTERM."));
}

TEST(ProcessesExitCheck, WantsASignalInstead) {
  EXPECT_EQ(KilledBy(SIGPIPE).On(Ended(0, SIGPIPE)), "pass");
  EXPECT_EQ(KilledBy(SIGPIPE).On(Ended(0, SIGTERM)), "killed");
  Use exit = KilledBy(SIGPIPE);
  EXPECT_EQ(exit.On(Ended(0)), "wrong-status");
  EXPECT_THAT(exit.told(), HasSubstr("SIGPIPE should end it"));
}

TEST(ProcessesExitCheck, JudgesEachOfThem) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto first = b.Fork(submission);
  const auto second = b.Fork(submission);
  b.Exit(first, 7).Exit(second, 8).Exit(submission);
  Use exit = Exit();
  exit.With("status", spec::Range{7, 7});
  EXPECT_EQ(exit.Who({"submission/1"}).On(b.Build()), "pass");
  EXPECT_EQ(exit.Who({"submission/*"}).On(b.Build()), "wrong-status");
  EXPECT_THAT(exit.told(), HasSubstr("child 2 of your program"));
}

TEST(ProcessesExitCheck, ExplainsWhyItHangs) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/chain");
  b.Pipe(submission, 3, 4, Location{"main.c", 14, "main"});
  b.Asleep(submission, "read", 3).Outcome(Outcome::kDeadlocked);
  Use exit = Exit();
  EXPECT_EQ(exit.On(b.Build()), "hung");
  EXPECT_THAT(exit.told(), HasSubstr("waits for bytes or end of file"));
  EXPECT_THAT(exit.told(), HasSubstr("descriptor 4, made by pipe() at main.c:14"));
  EXPECT_THAT(exit.told(), HasSubstr("Nothing could move any more"));
  EXPECT_EQ(exit.finding().location->line, 14);
}

TEST(ProcessesExitCheck, HangsAlsoWhenItsEndWasAwaitedInVain) {
  RecordingBuilder b;
  b.Asleep(b.Start("submission", "/lab/server"), "accept4");
  b.Stuck(0, "await: exit", "");
  EXPECT_EQ(Exit().Step(spec::AwaitExit{}).On(b.Build()), "hung");
}

TEST(ProcessesExitCheck, IsNotReachedWhenAnotherStepCouldNotHappen) {
  RecordingBuilder b;
  b.Asleep(b.Start("submission", "/lab/server"), "accept4");
  b.Stuck(0, "await: {output: x}", "nothing");
  Use exit = Exit();
  EXPECT_EQ(exit.Step(spec::AwaitOutput{}).On(b.Build()), "not reached");
  EXPECT_THAT(exit.told(), HasSubstr("Step 1 of the scenario could not happen"));
}

TEST(ProcessesExitCheck, JudgesAnEndThatWasSeenBeforeARunGotStuck) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Exit(submission, 4).Stuck(0, "await: {output: x}", "");
  EXPECT_EQ(Exit().Step(spec::AwaitOutput{}).On(b.Build()), "wrong-status");
}

TEST(ProcessesExitCheck, DoesNotTakeTheGradersKillForAnEnd) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Asleep(submission, "pause").Outcome(Outcome::kDeadlocked).Snapshot("end");
  b.Exit(submission, 0, SIGKILL);
  EXPECT_EQ(KilledBy(SIGKILL).On(b.Build()), "hung");
}

TEST(ProcessesExitCheck, TellsALimitThatItWentOver) {
  for (const Outcome outcome : {Outcome::kMemoryLimit, Outcome::kOutputLimit}) {
    RecordingBuilder b;
    b.Start("submission", "/lab/main");
    b.Outcome(outcome);
    Use exit = Exit();
    EXPECT_EQ(exit.On(b.Build()), "killed");
    EXPECT_THAT(exit.told(), HasSubstr("went over a limit"));
  }
}

TEST(ProcessesExitCheck, HangsAtTheLimitsOfTime) {
  for (const Outcome outcome : {Outcome::kProcessorLimit, Outcome::kVirtualLimit}) {
    RecordingBuilder b;
    const auto submission = b.Start("submission", "/lab/main");
    b.Asleep(submission, "").State(submission, record::ProcessState::kRunning);
    b.Outcome(outcome);
    Use exit = Exit();
    EXPECT_EQ(exit.On(b.Build()), "hung");
    EXPECT_THAT(exit.told(), HasSubstr("was used up"));
    EXPECT_THAT(exit.told(), HasSubstr("runs in a loop"));
  }
}

TEST(ProcessesExitCheck, FindsNobody) {
  EXPECT_EQ(Exit().Who({"submission/1"}).On(Ended(0)), "nobody");
}

}  // namespace
}  // namespace plumbline::testing
