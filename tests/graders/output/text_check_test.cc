// SPDX-License-Identifier: MIT
// Claims themselves: tests/evaluate/claims_test.cc.
#include "graders/output/text_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using record::Outcome;
using ::testing::HasSubstr;
using ::testing::Not;

Use Text() { return Use(graders::output::Text()); }
Use Text(const std::string& claim, const std::string& text) {
  Use use = Text();
  return use.With(claim, text);
}

struct Program {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/main");
};

TEST(OutputTextCheck, JudgesStandardOutputByDefault) {
  Program program;
  program.b.Write(program.submission, 1, "hola\n").Write(program.submission, 2, "oh\n");
  const auto recording = program.b.Build();
  EXPECT_EQ(Text("equals", "hola\n").On(recording), "pass");
  EXPECT_EQ(Text("equals", "oh\n").With("of", "submission.stderr").On(recording), "pass");
  Use text = Text("equals", "adeu\n");
  EXPECT_EQ(text.On(recording), "wrong-text");
  EXPECT_THAT(text.told(), HasSubstr("the standard output differs"));
  EXPECT_EQ(text.With("of", "submission.stderr").On(recording), "wrong-text");
  EXPECT_THAT(text.told(), HasSubstr("the standard error differs"));
}

TEST(OutputTextCheck, TakesAStreamWithoutAByteForEmpty) {
  const auto recording = Program().b.Build();
  EXPECT_EQ(Text("empty", "true").On(recording), "pass");
  Use text = Text("empty", "false");
  EXPECT_EQ(text.With("of", "submission.stderr").On(recording), "wrong-text");
  EXPECT_THAT(text.told(), HasSubstr("There is nothing in the standard error."));
}

TEST(OutputTextCheck, KnowsTheScreen) {
  RecordingBuilder b;
  b.Output("terminal", "tick 1\n");
  EXPECT_EQ(Text("lines", "tick 1").With("of", "terminal").On(b.Build()), "pass");
}

TEST(OutputTextCheck, KnowsAnEmptyScreenByItsScenario) {
  const auto recording = Program().b.Build();
  EXPECT_EQ(Text("empty", "true").With("of", "terminal").On(recording), "not reached");
  Use text = Text("empty", "true");
  text.exercise().scenarios["plain"].terminal = true;
  EXPECT_EQ(text.With("of", "terminal").On(recording), "pass");
}

TEST(OutputTextCheck, KnowsWhatCameOverAConnection) {
  RecordingBuilder b;
  b.Connection("a").Output("a.received", "hola");
  Use text = Text("equals", "hola\n");
  EXPECT_EQ(text.With("of", "a.received").On(b.Build()), "wrong-text");
  EXPECT_THAT(text.told(), HasSubstr("what came over the connection 'a'"));
}

TEST(OutputTextCheck, JudgesEachOfAGroupByItsNumber) {
  spec::Connect connect;
  connect.as = "c";
  connect.count = 2;
  RecordingBuilder b;
  b.Connection("c1").Connection("c2").Output("c1.received", "1\n");
  const auto early = b.Build();
  b.Output("c2.received", "2\n");
  Use text = Text("equals", "{n}\n");
  text.Step(connect).With("of", "c.received");
  EXPECT_EQ(text.On(b.Build()), "pass");
  EXPECT_EQ(text.On(early), "wrong-text");
  EXPECT_THAT(text.told(), HasSubstr("'c2'"));
}

TEST(OutputTextCheck, NumbersTheOnlyOneOfAGroupToo) {
  spec::Connect connect;
  connect.as = "c";
  connect.count = 1;
  RecordingBuilder b;
  b.Connection("c1").Output("c1.received", "1\n");
  Use text = Text("equals", "{n}\n");
  EXPECT_EQ(text.Step(connect).With("of", "c.received").On(b.Build()), "pass");
}

TEST(OutputTextCheck, PutsPlaceholdersIn) {
  Program program;
  const auto child = program.b.Fork(program.submission);
  program.b.Write(child, 1, "child 3 parent 2\n");
  EXPECT_EQ(
      Text("equals", "child {submission/1.pid} parent {submission/1.ppid}\n").On(program.b.Build()),
      "pass");
  Use text = Text("equals", "child {submission/2.pid}\n");
  EXPECT_EQ(text.On(program.b.Build()), "wrong-text");
  EXPECT_THAT(text.told(), HasSubstr("'submission/2.pid'"));
}

TEST(OutputTextCheck, IsNotReachedWhereTheProgramWasNeverStarted) {
  Program program;
  program.b.Stuck(0, "await: blocked", "");
  Use text = Text("equals", "x");
  EXPECT_EQ(text.With("of", "reader.stdout").On(program.b.Build()), "not reached");
  EXPECT_THAT(text.told(), HasSubstr("There never was 'reader.stdout'."));
  EXPECT_EQ(text.With("of", "a.received").On(program.b.Build()), "not reached");
}

TEST(OutputTextCheck, LooksAtItsSnapshot) {
  Program program;
  program.b.Write(program.submission, 1, "one\n").Snapshot("half");
  program.b.Write(program.submission, 1, "two\n");
  const auto recording = program.b.Build();
  EXPECT_EQ(Text("equals", "one\n").With("at", "half").On(recording), "pass");
  EXPECT_EQ(Text("lacks", "two").With("at", "half").On(recording), "pass");
  EXPECT_EQ(Text("lacks", "two").On(recording), "wrong-text");
  EXPECT_EQ(Text("lacks", "two").With("at", "late").On(recording), "not reached");
}

TEST(OutputTextCheck, ReportsWhatCameLaterAsUnflushed) {
  Program program;
  program.b.Snapshot("half").Write(program.submission, 1, "hola\nadeu\n");
  Use text = Text("starts_with", "hola\n");
  EXPECT_EQ(text.With("at", "half").On(program.b.Build()), "unflushed");
  EXPECT_THAT(text.told(), HasSubstr("At 'half' it was not yet in the standard output"));
  EXPECT_THAT(text.told(), HasSubstr("fflush(stdout)"));
}

TEST(OutputTextCheck, ReportsWhatNeverCameAsWrong) {
  Program program;
  program.b.Snapshot("half").Write(program.submission, 1, "adeu\n");
  EXPECT_EQ(Text("starts_with", "hola\n").With("at", "half").On(program.b.Build()), "wrong-text");
}

TEST(OutputTextCheck, SaysHowTheRunEnded) {
  Program program;
  program.b.Asleep(program.submission, "wait4").Outcome(Outcome::kDeadlocked);
  Use text = Text("equals", "hola\n");
  EXPECT_EQ(text.On(program.b.Build()), "wrong-text");
  EXPECT_THAT(text.told(), HasSubstr("Nothing could move any more"));
  EXPECT_THAT(text.told(), HasSubstr("waits for a child to end"));
}

TEST(OutputTextCheck, BlamesNoBufferWhereTheProgramHasEnded) {
  Program program;
  program.b.Write(program.submission, 2, "F: File exists\n").Exit(program.submission, 1);
  Use text = Text("equals", "hola\nadeu\n");
  EXPECT_EQ(text.On(program.b.Build()), "wrong-text");
  EXPECT_THAT(text.told(), Not(HasSubstr("buffer")));
  EXPECT_THAT(text.told(), HasSubstr("ended with status 1."));
  EXPECT_THAT(text.told(), HasSubstr("standard error: F: File exists"));
  program.b.Write(program.submission, 1, "hola\n");
  EXPECT_EQ(text.On(program.b.Build()), "wrong-text");
  EXPECT_THAT(text.told(), Not(HasSubstr("buffer")));
}

TEST(OutputTextCheck, BlamesTheBufferWhereTheProgramWasKilledOrLives) {
  Program killed;
  killed.b.Exit(killed.submission, 0, 15);
  Use text = Text("equals", "hola\n");
  EXPECT_EQ(text.On(killed.b.Build()), "wrong-text");
  EXPECT_THAT(text.told(), HasSubstr("in the program's own buffer"));
  EXPECT_EQ(text.On(Program().b.Build()), "wrong-text");
  EXPECT_THAT(text.told(), HasSubstr("in the program's own buffer"));
}

TEST(OutputTextCheck, BlamesNoBufferOfAConnection) {
  RecordingBuilder b;
  b.Connection("a");
  Use text = Text("equals", "hola\nadeu\n");
  EXPECT_EQ(text.With("of", "a.received").On(b.Build()), "wrong-text");
  EXPECT_THAT(text.told(), HasSubstr("what it waits for"));
  b.Output("a.received", "hola\n");
  EXPECT_EQ(text.On(b.Build()), "wrong-text");
  EXPECT_THAT(text.told(), HasSubstr("A single send() may take less"));
}

TEST(OutputTextCheck, JudgesWhatWasSeenBeforeARunGotStuck) {
  Program program;
  program.b.Write(program.submission, 1, "hola\n").Stuck(0, "await: {output: x}", "");
  EXPECT_EQ(Text("equals", "hola\n").On(program.b.Build()), "pass");
  EXPECT_EQ(Text("equals", "x\n").On(program.b.Build()), "wrong-text");
}

// --- What fork() copied.

TEST(OutputTextCheck, ReportsALineThatBothWrote) {
  Program program;
  const auto child = program.b.Fork(program.submission);
  program.b.Write(child, 1, "start\nchild\n").Exit(child);
  program.b.Write(program.submission, 1, "start\nparent\n").Exit(program.submission);
  Use text = Text("equals", "start\nchild\nparent\n");
  EXPECT_EQ(text.On(program.b.Build()), "repeated");
  EXPECT_THAT(text.told(), HasSubstr("came twice that was printed once"));
  EXPECT_THAT(text.told(), HasSubstr("end the child with _exit()"));
  EXPECT_EQ(Text("matches", "start\nchild\nparent\n").On(program.b.Build()), "repeated");
  EXPECT_EQ(Text("equals", "child\nstart\nparent\n").On(program.b.Build()), "repeated");
}

TEST(OutputTextCheck, ReportsTheBeginningOfALineThatBothWrote) {
  // "parent 2 " was printed before fork(), the rest of each line behind it.
  Program program;
  const auto child = program.b.Fork(program.submission);
  program.b.Write(child, 1, "parent 2 child 3 parent 2\n").Exit(child);
  program.b.Reap(program.submission, child);
  program.b.Write(program.submission, 1, "parent 2 child 3\nchild exited 7\n");
  Use text =
      Text("matches", "(child \\d+ parent \\d+\n|parent \\d+ child \\d+\n|child exited \\d+\n){3}");
  EXPECT_EQ(text.On(program.b.Build()), "repeated");
}

TEST(OutputTextCheck, ReportsWhatEachOfSeveralChildrenWrote) {
  Program program;
  std::vector<ProcessIndex> children;
  for (int i = 0; i < 3; ++i) children.push_back(program.b.Fork(program.submission));
  for (const auto child : children) program.b.Write(child, 1, "head: x\n").Exit(child);
  program.b.Write(program.submission, 1, "head: y\n").Exit(program.submission);
  EXPECT_EQ(Text("equals", "head: x\nx\nx\ny\n").On(program.b.Build()), "repeated");
}

TEST(OutputTextCheck, DoesNotBlameForkWhereNobodyForked) {
  Program program;
  program.b.Write(program.submission, 1, "a\na\n");
  EXPECT_EQ(Text("equals", "a\n").On(program.b.Build()), "wrong-text");
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/usr/bin/python3");
  b.Fork(submission, record::Born::How::kVfork);
  b.Write(submission, 1, "a\na\n");
  EXPECT_EQ(Text("equals", "a\n").On(b.Build()), "wrong-text");
}

TEST(OutputTextCheck, DoesNotBlameForkWhereChildrenRunPrograms) {
  Program program;
  for (int i = 0; i < 2; ++i) {
    const auto child = program.b.Fork(program.submission);
    program.b.Exec(child, "/usr/bin/cat");
    program.b.Write(child, 1, "a\n").Exit(child);
  }
  EXPECT_EQ(Text("equals", "a\n").On(program.b.Build()), "wrong-text");
}

TEST(OutputTextCheck, DoesNotBlameForkOfAShell) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/usr/bin/bash");
  for (int i = 0; i < 2; ++i) {
    const auto child = b.Fork(submission);
    b.Write(child, 1, "a\n").Exit(child);
  }
  EXPECT_EQ(Text("equals", "a\n").On(b.Build()), "wrong-text");
}

TEST(OutputTextCheck, DoesNotBlameForkForOtherMistakes) {
  Program program;
  const auto child = program.b.Fork(program.submission);
  program.b.Write(child, 1, "child 3 parent 2\n").Exit(child);
  program.b.Write(program.submission, 1, "child exited 1792\n");
  EXPECT_EQ(Text("lines", "child 3 parent 2").On(program.b.Build()), "wrong-text");
}

TEST(OutputTextCheck, DoesNotTakeWhatWasWrittenBeforeForkForACopy) {
  Program program;
  program.b.Write(program.submission, 1, "ab");
  const auto child = program.b.Fork(program.submission);
  program.b.Write(child, 1, "ac\n");
  EXPECT_EQ(Text("equals", "abc\n").On(program.b.Build()), "wrong-text");
}

TEST(OutputTextCheck, BoundsItsSearchForCopies) {
  Program program;
  const auto child = program.b.Fork(program.submission);
  const std::string long_text(8000, 'x');
  program.b.Write(child, 1, long_text).Exit(child);
  program.b.Write(program.submission, 1, long_text);
  EXPECT_EQ(Text("matches", "(x+y)+").On(program.b.Build()), "wrong-text");
  const std::string longer(20000, 'x');
  program.b.Write(program.submission, 1, longer);
  EXPECT_EQ(Text("equals", longer + longer).On(program.b.Build()), "wrong-text");
}

}  // namespace
}  // namespace plumbline::testing
