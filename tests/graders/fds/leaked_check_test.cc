// SPDX-License-Identifier: MIT
#include "graders/fds/leaked_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

// Your program, cat and sort, joined by a pipe (3 and 4 in the parent), as far as their descriptors
// go. What the parent still holds is up to the test.
struct Pair {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/chain");
  int pipe = b.Pipe(submission, 3, 4, Location{"main.c", 14, "main"});
  ProcessIndex cat = b.Fork(submission);
  ProcessIndex sort = -1;

  Pair() {
    b.Dup(cat, 4, 1).Close(cat, 3).Close(cat, 4).Exec(cat, "/usr/bin/cat");
    sort = b.Fork(submission);
    b.Dup(sort, 3, 0).Close(sort, 3).Close(sort, 4).Exec(sort, "/usr/bin/sort");
  }
  RecordingBuilder& CloseInParent() { return b.Close(submission, 3).Close(submission, 4); }
  // All that can be said when nothing moves any more because of a write end in the parent.
  RecordingBuilder& Hang() {
    b.Write(cat, 1, "b\na\n").Exit(cat).Read(sort, 0, "b\na\n");
    b.Asleep(sort, "read", 0).Asleep(submission, "wait4");
    return b.Outcome(record::Outcome::kDeadlocked);
  }
};

Use Leaked() {
  Use use(graders::fds::Leaked());
  use.With("at", "running").Who({"submission", "cat", "sort"});
  return use;
}

TEST(FdsLeakedCheck, PassesWhenTheParentClosedBothEnds) {
  Pair pair;
  pair.CloseInParent().Snapshot("running");
  EXPECT_EQ(Leaked().On(pair.b.Build()), "pass");
}

TEST(FdsLeakedCheck, ReportsWriteEndThatTheParentNeverClosed) {
  Pair pair;
  pair.b.Close(pair.submission, 3).Snapshot("running");
  pair.Hang();
  Use leaked = Leaked();
  EXPECT_EQ(leaked.On(pair.b.Build()), "pipe-end-kept");
  EXPECT_THAT(leaked.told(),
              HasSubstr("your program (process 2) still holds descriptor 4, the write "
                        "end of the pipe from cat to sort"));
  EXPECT_THAT(leaked.told(), HasSubstr("pipe() at main.c:14"));
  EXPECT_THAT(leaked.told(), HasSubstr("sort (process 4) never sees end of file"));
  EXPECT_THAT(leaked.told(), HasSubstr("Close descriptor 4 in your program (process 2)"));
  EXPECT_EQ(leaked.finding().location->line, 14);
}

TEST(FdsLeakedCheck, TellsTheWriteEndFirstAndTheReadEndAsEvidence) {
  Pair pair;
  pair.b.Snapshot("running");
  Use leaked = Leaked();
  EXPECT_EQ(leaked.On(pair.b.Build()), "pipe-end-kept");
  EXPECT_THAT(Said(leaked.finding().what), HasSubstr("descriptor 4, the write end"));
  EXPECT_THAT(leaked.told(), HasSubstr("also keeps descriptor 3, the read end"));
}

TEST(FdsLeakedCheck, ReportsAnEndThatAChildWasBornWith) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/chain");
  b.Pipe(submission, 3, 4);
  const auto sort = b.Fork(submission);
  b.Dup(sort, 3, 0).Close(sort, 3).Exec(sort, "/usr/bin/sort");
  b.Snapshot("running");
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "running").Who({"sort"}).On(b.Build()), "pipe-end-kept");
  EXPECT_THAT(leaked.told(), HasSubstr("holds it itself"));
  EXPECT_THAT(leaked.told(), HasSubstr("was born with it"));
}

TEST(FdsLeakedCheck, CountsALaterReadAsUse) {
  Pair pair;
  pair.b.Close(pair.submission, 4).Snapshot("running").Read(pair.submission, 3, "x");
  EXPECT_EQ(Leaked().On(pair.b.Build()), "pass");
}

TEST(FdsLeakedCheck, DoesNotCountCloseAsUse) {
  Pair pair;
  pair.b.Close(pair.submission, 3).Snapshot("running").Close(pair.submission, 4);
  EXPECT_EQ(Leaked().On(pair.b.Build()), "pipe-end-kept");
}

TEST(FdsLeakedCheck, LetsAWriterSayTheEndByItsClose) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/dialogue");
  b.Pipe(submission, 3, 4);
  const auto child = b.Fork(submission);
  b.Dup(child, 3, 0).Close(child, 3).Close(child, 4).Exec(child, "/usr/bin/sqlite3");
  b.Close(submission, 3).Write(submission, 4, "select 1;\n").Read(child, 0, "select 1;\n");
  b.Snapshot("talking").Close(submission, 4).ReadEnd(child, 0);
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "talking").Who({"submission", "sqlite3"}).On(b.Build()), "pass");
}

TEST(FdsLeakedCheck, CountsAChildThatIsBornLaterAndUsesIt) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/late");
  b.Pipe(submission, 3, 4);
  b.Close(submission, 3).Snapshot("running");
  const auto child = b.Fork(submission);
  b.Close(submission, 4).Dup(child, 4, 1).Write(child, 1, "x");
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "running").On(b.Build()), "pass");
}

TEST(FdsLeakedCheck, CountsWaitingOnItAsUse) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/reader");
  b.Pipe(submission, 3, 4);
  b.Close(submission, 4).Asleep(submission, "read", 3).Snapshot("running");
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "running").On(b.Build()), "pass");
}

// A parent that keeps the write end of a pipe, 4, and does something with it after the snapshot.
struct Keeper {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/keeper");

  Keeper() {
    b.Pipe(submission, 3, 4);
    b.Close(submission, 3).Snapshot("running");
  }
  std::string Does(record::Call call) {
    b.Call(submission, std::move(call));
    Use leaked(graders::fds::Leaked());
    return leaked.With("at", "running").On(b.Build());
  }
};

TEST(FdsLeakedCheck, CountsPollingItAsUse) {
  EXPECT_EQ(Keeper().Does({.name = "poll",
                           .family = "poll",
                           .args = {{"fds", "[0 POLLIN, 4 POLLOUT: POLLOUT]"}, {"nfds", "2"}}}),
            "pass");
  EXPECT_EQ(Keeper().Does({.name = "select",
                           .family = "poll",
                           .args = {{"nfds", "5"}, {"readfds", "[]"}, {"writefds", "[4]"}}}),
            "pass");
  EXPECT_EQ(Keeper().Does({.name = "epoll_ctl", .family = "", .fd = 4}), "pass");
}

TEST(FdsLeakedCheck, DoesNotCountPollingOthersAsUse) {
  EXPECT_EQ(Keeper().Does({.name = "poll",
                           .family = "poll",
                           .args = {{"fds", "[0 POLLIN, 14 POLLIN, 40 POLLIN]"}, {"nfds", "4"}}}),
            "pipe-end-kept");
  EXPECT_EQ(Keeper().Does({.name = "poll",
                           .family = "poll",
                           .args = {{"fds", "[0 POLLIN]"}, {"nfds", "1"}, {"timeout", "4"}}}),
            "pipe-end-kept");
}

TEST(FdsLeakedCheck, CountsEachDescriptorOfASetThatWasNotRead) {
  EXPECT_EQ(Keeper().Does({.name = "poll", .family = "poll", .args = {{"fds", "..."}}}), "pass");
}

TEST(FdsLeakedCheck, CountsOpeningItByItsPathAsUse) {
  EXPECT_EQ(Keeper().Does({.name = "openat", .family = "open", .args = {{"path", "/dev/fd/4"}}}),
            "pass");
  EXPECT_EQ(
      Keeper().Does({.name = "openat", .family = "open", .args = {{"path", "/proc/self/fd/4"}}}),
      "pass");
  EXPECT_EQ(Keeper().Does({.name = "openat", .family = "open", .args = {{"path", "/dev/fd/44"}}}),
            "pipe-end-kept");
}

TEST(FdsLeakedCheck, DoesNotCountLookingAtItOrMarkingItAsUse) {
  for (const std::string command : {"F_GETFD", "F_SETFD", "F_GETFL", "F_SETFL"}) {
    EXPECT_EQ(Keeper().Does({.name = "fcntl", .args = {{"cmd", command}}, .fd = 4}),
              "pipe-end-kept")
        << command;
  }
  EXPECT_EQ(Keeper().Does({.name = "fstat", .fd = 4}), "pipe-end-kept");
  EXPECT_EQ(Keeper().Does({.name = "fcntl", .args = {{"cmd", "F_DUPFD"}}, .fd = 4}), "pass");
}

TEST(FdsLeakedCheck, TakesAnEndThatCloseRangeClosedForUnused) {
  EXPECT_EQ(Keeper().Does({.name = "close_range",
                           .args = {{"first", "3"}, {"last", "4294967295"}, {"flags", "0"}}}),
            "pipe-end-kept");
}

TEST(FdsLeakedCheck, DoesNotLookAtAnEndAfterItsNumberIsAnotherThing) {
  Keeper keeper;
  keeper.b.Open(keeper.submission, 5, "/lab/x", false, true).Dup(keeper.submission, 5, 4);
  keeper.b.Write(keeper.submission, 4, "x");
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "running").On(keeper.b.Build()), "pipe-end-kept");
}

TEST(FdsLeakedCheck, LeavesStandardDescriptorsToTheirProgram) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/chain");
  b.Pipe(submission, 3, 4);
  const auto cat = b.Fork(submission);
  b.Dup(cat, 4, 1).Dup(cat, 4, 2).Close(cat, 3).Close(cat, 4).Exec(cat, "/usr/bin/cat");
  b.Snapshot("running").Exit(cat);
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "running").Who({"cat"}).On(b.Build()), "pass");
}

TEST(FdsLeakedCheck, LeavesOutThePipesOfAnInterpretersOwnHelpers) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/usr/bin/python3");
  b.Pipe(submission, 3, 4);
  b.ForkInternal(submission);
  b.Snapshot("running");
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "running").On(b.Build()), "pass");
}

TEST(FdsLeakedCheck, LooksAtFifosToo) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/reader");
  b.Open(submission, 3, "/lab/F", true, true, ObjectKind::kFifo).Snapshot("running");
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "running").On(b.Build()), "pipe-end-kept");
  EXPECT_THAT(leaked.told(), HasSubstr("the FIFO F"));
}

TEST(FdsLeakedCheck, DoesNotLookAtFiles) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Open(submission, 3, "/lab/words", true, false).Snapshot("running");
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "running").On(b.Build()), "pass");
}

TEST(FdsLeakedCheck, ForgetsAnEndThatExecCloses) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Pipe(submission, 3, 4, {}, true);
  b.Snapshot("running").Exec(submission, "/usr/bin/cat");
  b.Call(submission, {.name = "read", .family = "read", .fd = 3});
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "running").On(b.Build()), "pipe-end-kept");
}

TEST(FdsLeakedCheck, ReportsAConnectionThatTheParentKept) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/server");
  b.Listen(submission, 3, "127.0.0.1:7");
  b.Connection("a");
  b.Accept(submission, 3, 4, "a");
  const auto child = b.Fork(submission);
  b.Close(child, 3).Asleep(child, "read", 4).Asleep(submission, "accept4", 3).Snapshot("serving");
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "serving").Who({"submission", "submission/1"}).On(b.Build()),
            "socket-kept");
  EXPECT_THAT(leaked.told(), HasSubstr("your program (process 2) still holds descriptor 4"));
}

TEST(FdsLeakedCheck, LetsAServerKeepTheSocketThatItListensOn) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/server");
  b.Listen(submission, 3, "127.0.0.1:7");
  b.Connection("a");
  b.Accept(submission, 3, 4, "a");
  b.Asleep(submission, "read", 4).Snapshot("serving");
  Use leaked(graders::fds::Leaked());
  EXPECT_EQ(leaked.With("at", "serving").On(b.Build()), "pass");
}

TEST(FdsLeakedCheck, FindsNobody) {
  Pair pair;
  pair.CloseInParent().Snapshot("running");
  EXPECT_EQ(Leaked().Who({"submission", "wc"}).On(pair.b.Build()), "nobody");
}

TEST(FdsLeakedCheck, IsNotReachedWithoutTheSnapshot) {
  Pair pair;
  Use leaked = Leaked();
  EXPECT_EQ(leaked.On(pair.b.Stuck(1, "await: blocked", "end").Build()), "not reached");
  EXPECT_THAT(leaked.told(), HasSubstr("Step 2"));
}

TEST(FdsLeakedCheck, IsUnjudgeableWithoutDescriptors) {
  Pair pair;
  pair.b.Observed({}).Snapshot("running");
  Use leaked = Leaked();
  EXPECT_EQ(leaked.On(pair.b.Build()), "unjudgeable");
  EXPECT_THAT(leaked.told(), HasSubstr("run it again"));
}

}  // namespace
}  // namespace plumbline::testing
