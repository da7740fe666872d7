// SPDX-License-Identifier: MIT
#include "graders/processes/calls_made_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

Use Made(const std::string& call, const std::string& result = "") {
  Use use(graders::processes::CallsMade());
  use.With("call", call);
  if (!result.empty()) use.With("result", result);
  return use;
}

struct Program {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/main");

  Program& Call(record::Call call) {
    b.Call(submission, std::move(call), Location{"main.c", 7, "main"});
    return *this;
  }
};

TEST(CallsMadeCheck, KnowsACallAndItsFamily) {
  Program program;
  program.Call({.name = "openat", .family = "open"});
  const auto recording = program.b.Build();
  EXPECT_EQ(Made("openat").On(recording), "pass");
  EXPECT_EQ(Made("open").On(recording), "pass");
  EXPECT_EQ(Made("socket").On(recording), "not-made");
}

TEST(CallsMadeCheck, CountsUpToTheBoundsOfItsRange) {
  Program program;
  program.Call({.name = "flock"}).Call({.name = "flock"});
  const auto recording = program.b.Build();
  EXPECT_EQ(Made("flock").Count(2, 2).On(recording), "pass");
  EXPECT_EQ(Made("flock").Count(3, {}).On(recording), "not-made");
  Use made = Made("flock");
  EXPECT_EQ(made.Count(0, 1).On(recording), "forbidden");
  EXPECT_THAT(made.told(), HasSubstr("Calls of this kind (flock): 2; there should be: at most 1."));
  EXPECT_THAT(made.told(), HasSubstr("your program (process 2): flock ×1 at main.c:7."));
  EXPECT_EQ(made.finding().location->line, 7);
}

TEST(CallsMadeCheck, TellsSuccessAndErrorsApart) {
  Program program;
  program.Call({.name = "bind"}).Call({.name = "bind", .error = EADDRINUSE});
  const auto recording = program.b.Build();
  EXPECT_EQ(Made("bind").Count(2, 2).On(recording), "pass");
  EXPECT_EQ(Made("bind", "ok").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("bind", "error").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("bind", "EADDRINUSE").Count(1, 1).On(recording), "pass");
  Use made = Made("bind", "EACCES");
  EXPECT_EQ(made.On(recording), "not-made");
  EXPECT_THAT(made.told(), HasSubstr("bind, EACCES"));
}

TEST(CallsMadeCheck, CountsACallThatTheKernelTookUpAgainByItsEnd) {
  Program program;
  program.Call({.name = "accept4", .family = "accept", .restarted = true});
  program.Call({.name = "accept4", .family = "accept", .error = EINTR});
  const auto recording = program.b.Build();
  EXPECT_EQ(Made("accept", "ok").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("accept", "EINTR").Count(1, 1).On(recording), "pass");
}

TEST(CallsMadeCheck, CountsBirthsAsForks) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Fork(submission);
  b.Fork(submission, record::Born::How::kVfork);
  b.Call(submission, {.name = "clone", .family = "fork", .error = EAGAIN});
  const auto recording = b.Build();
  EXPECT_EQ(Made("fork").Count(3, 3).On(recording), "pass");
  EXPECT_EQ(Made("fork", "ok").Count(2, 2).On(recording), "pass");
  EXPECT_EQ(Made("vfork").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("fork", "EAGAIN").Count(1, 1).On(recording), "pass");
}

TEST(CallsMadeCheck, CountsExecutionsWithTheirErrors) {
  Program program;
  program.b.Exec(program.submission, "/usr/bin/ls", {"ls"}, {}, ENOENT);
  const auto recording = program.b.Build();
  EXPECT_EQ(Made("exec", "ENOENT").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("execve", "ok").Count(1, 1).On(recording), "pass");  // the start itself
}

TEST(CallsMadeCheck, CountsSignalsThatWereSentByACall) {
  Program program;
  program.b.SignalSent(program.submission, program.submission, SIGUSR1);
  program.b.SignalSent(record::kGrader, program.submission, SIGTERM,
                       record::SignalSent::Cause::kStep);
  EXPECT_EQ(Made("kill").Count(1, 1).On(program.b.Build()), "pass");
}

TEST(CallsMadeCheck, CountsReadsAndWritesThatMovedBytes) {
  Program program;
  program.b.Connection("a");
  program.b.Listen(program.submission, 3, "127.0.0.1:7");
  program.b.Accept(program.submission, 3, 4, "a");
  program.b.Read(program.submission, 4, "hello", {}, 3).ReadEnd(program.submission, 4);
  program.b.Write(program.submission, 4, "hello", {}, 2).Write(program.submission, 1, "x");
  const auto recording = program.b.Build();
  EXPECT_EQ(Made("read").Count(3, 3).On(recording), "pass");
  EXPECT_EQ(Made("write").Count(3, 3).On(recording), "pass");
  EXPECT_EQ(Made("write").With("of", "a.received").Count(2, 2).On(recording), "pass");
  EXPECT_EQ(Made("write").With("of", "a").Count(2, 2).On(recording), "pass");
  EXPECT_EQ(Made("write").With("of", "submission.stdout").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("read", "error").Count(0, 0).On(recording), "pass");
  EXPECT_EQ(Made("write").With("of", "stdin").On(recording), "not-made");
}

TEST(CallsMadeCheck, CountsAFailedWrite) {
  Program program;
  program.Call({.name = "write", .family = "write", .fd = 1, .error = EPIPE});
  EXPECT_EQ(Made("write", "EPIPE").Count(1, 1).On(program.b.Build()), "pass");
}

// What a wait tells of.
struct Waiting {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/main");
  ProcessIndex child = b.Fork(submission);

  void Wait4(int64_t result) {
    b.Call(submission, {.name = "wait4", .family = "wait", .result = result});
  }
  void Waitid(const std::string& pid) {
    b.Call(submission, {.name = "waitid",
                        .family = "wait",
                        .args = {{"idtype", "1"}, {"id", pid}, {"info", "NULL"}}});
  }
};

TEST(CallsMadeCheck, KnowsWhatAWaitToldOf) {
  Waiting run;
  run.b.Stop(run.child, SIGSTOP);
  run.Wait4(3);
  run.b.Continue(run.child);
  run.Wait4(3);
  run.Wait4(0);  // WNOHANG, nothing new
  run.b.Exit(run.child, 0, SIGTERM).Reap(run.submission, run.child);
  run.Wait4(3);
  const auto recording = run.b.Build();
  EXPECT_EQ(Made("wait", "stopped").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("wait", "continued").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("wait", "killed").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("wait", "exited").Count(0, 0).On(recording), "pass");
  EXPECT_EQ(Made("wait").Count(4, 4).On(recording), "pass");
}

TEST(CallsMadeCheck, KnowsWhatAWaitidToldOf) {
  Waiting run;
  run.b.Stop(run.child, SIGSTOP);
  run.Waitid("3");
  run.b.Continue(run.child);
  run.Waitid("0");  // of any child
  run.b.Exit(run.child, 7).Reap(run.submission, run.child);
  run.Waitid("3");
  const auto recording = run.b.Build();
  EXPECT_EQ(Made("wait", "stopped").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("wait", "continued").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("wait", "exited").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("wait").Count(3, 3).On(recording), "pass");
}

TEST(CallsMadeCheck, BelievesTheStatusThatAWaitWasTold) {
  Waiting run;
  run.b.Stop(run.child, SIGSTOP).Continue(run.child);  // before the wait came to it
  run.b.Call(run.submission, {.name = "wait4",
                              .family = "wait",
                              .args = {{"pid", "3"}, {"status", "stopped SIGSTOP"}},
                              .result = 3});
  run.b.Call(run.submission, {.name = "waitid",
                              .family = "wait",
                              .args = {{"idtype", "0"}, {"id", "0"}, {"info", "3 continued"}}});
  run.b.Call(run.submission, {.name = "waitid",
                              .family = "wait",
                              .args = {{"idtype", "0"}, {"id", "0"}, {"info", "nobody"}}});
  const auto recording = run.b.Build();
  EXPECT_EQ(Made("wait", "stopped").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("wait", "continued").Count(1, 1).On(recording), "pass");
  EXPECT_EQ(Made("wait", "exited").Count(0, 0).On(recording), "pass");
}

TEST(CallsMadeCheck, CountsAFailedWait) {
  Waiting run;
  run.b.Call(run.submission, {.name = "wait4", .family = "wait", .result = -1, .error = ECHILD});
  EXPECT_EQ(Made("wait", "ECHILD").Count(1, 1).On(run.b.Build()), "pass");
}

TEST(CallsMadeCheck, DoesNotTakeTheKernelsOwnReapingForAWait) {
  Waiting run;
  run.b.Exit(run.child).Reap(run.submission, run.child, true);
  EXPECT_EQ(Made("wait").Count(0, 0).On(run.b.Build()), "pass");
}

TEST(CallsMadeCheck, LooksAtItsDoersOnly) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Call(b.Fork(submission), {.name = "pause"});
  const auto recording = b.Build();
  EXPECT_EQ(Made("pause").By({"submission"}).On(recording), "not-made");
  EXPECT_EQ(Made("pause").By({"submission/1"}).On(recording), "pass");
  EXPECT_EQ(Made("pause").By({"submission/2"}).On(recording), "nobody");
  EXPECT_EQ(Made("pause").By({"submission/2"}).Count(0, 0).On(recording), "pass");
}

TEST(CallsMadeCheck, IsUnjudgeableWithoutTransfers) {
  Program program;
  program.b.Observed({});
  EXPECT_EQ(Made("read").On(program.b.Build()), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
