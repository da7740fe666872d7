// SPDX-License-Identifier: MIT
#include "graders/signals/disposition_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

struct Program {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/main");

  record::Recording Ready() {
    b.Snapshot("ready");
    return b.Build();
  }
};

Use Disposition(const Words& is, std::vector<int> signals = {SIGUSR1}) {
  Use use(graders::signals::Disposition());
  use.With("at", "ready").With("is", is);
  use.With("signals", spec::SignalSet{.any = false, .numbers = std::move(signals)});
  return use;
}

// Of whom there is nothing to look at any more it is said that it had ended, and where.
TEST(SignalsDispositionCheck, TellsThatItHadEnded) {
  Program program;
  program.b.Output("submission.stderr",
                   "Traceback (most recent call last):\n  File \"/program/main.py\", line 9, in "
                   "<module>\n    int(word)\nValueError\n");
  program.b.Exit(program.submission, 1);
  Use caught = Disposition({"caught"});
  EXPECT_EQ(caught.On(program.Ready()), "nobody");
  EXPECT_THAT(caught.told(), HasSubstr("At 'ready' your program (process 2) had already ended."));
  EXPECT_THAT(caught.told(), HasSubstr("The last line on its standard error: ValueError"));
  EXPECT_EQ(caught.finding().location,
            (record::Location{.file = "main.py", .line = 9, .function = {}}));
}

TEST(SignalsDispositionCheck, KnowsAHandler) {
  Program program;
  program.b.Catch(program.submission, SIGUSR1);
  const auto recording = program.Ready();
  EXPECT_EQ(Disposition({"caught"}).On(recording), "pass");
  EXPECT_EQ(Disposition({"ignored"}).On(recording), "default-action");
  EXPECT_EQ(Disposition({"blocked"}).On(recording), "default-action");
  EXPECT_EQ(Disposition({"default"}).On(recording), "default-action");
}

TEST(SignalsDispositionCheck, KnowsAnIgnoredSignal) {
  Program program;
  program.b.Ignore(program.submission, SIGUSR1);
  const auto recording = program.Ready();
  EXPECT_EQ(Disposition({"ignored"}).On(recording), "pass");
  Use disposition = Disposition({"caught"});
  EXPECT_EQ(disposition.On(recording), "default-action");
  EXPECT_THAT(disposition.told(), HasSubstr("SIGUSR1 is ignored."));
}

TEST(SignalsDispositionCheck, KnowsABlockedSignal) {
  Program program;
  program.b.Block(program.submission, SIGUSR1);
  const auto recording = program.Ready();
  EXPECT_EQ(Disposition({"blocked"}).On(recording), "pass");
  EXPECT_EQ(Disposition({"default"}).On(recording), "default-action");
  Use disposition = Disposition({"caught"});
  EXPECT_EQ(disposition.On(recording), "default-action");
  EXPECT_THAT(disposition.told(), HasSubstr("SIGUSR1 is blocked."));
}

TEST(SignalsDispositionCheck, KnowsTheDefaultAction) {
  const auto recording = Program().Ready();
  EXPECT_EQ(Disposition({"default"}).On(recording), "pass");
  Use disposition = Disposition({"caught", "blocked"});
  EXPECT_EQ(disposition.On(recording), "default-action");
  EXPECT_THAT(disposition.told(), HasSubstr("At 'ready' SIGUSR1 should be caught or blocked in"));
  EXPECT_THAT(disposition.told(), HasSubstr("SIGUSR1 has its default action."));
}

TEST(SignalsDispositionCheck, CountsASignalThatSigwaitTakesAsBlocked) {
  Program program;
  program.b.Asleep(program.submission, "rt_sigtimedwait").Snapshot("ready");
  auto recording = program.b.Build();
  auto& thread = recording.snapshots["ready"].processes[0].threads[0];
  thread.blocked->signals = {SIGUSR1, SIGTERM};
  EXPECT_EQ(Disposition({"blocked"}, {SIGUSR1, SIGTERM}).On(recording), "pass");
  EXPECT_EQ(Disposition({"blocked"}, {SIGUSR2}).On(recording), "default-action");
}

TEST(SignalsDispositionCheck, LooksAtTheMaskThatSigsuspendPutInPlace) {
  // In sigsuspend() the kernel shows the mask of the call: what it lets through is not blocked.
  Program program;
  program.b.Block(program.submission, SIGTERM).Asleep(program.submission, "rt_sigsuspend");
  program.b.Snapshot("ready");
  auto recording = program.b.Build();
  recording.snapshots["ready"].processes[0].threads[0].blocked->signals = {SIGUSR1};
  EXPECT_EQ(Disposition({"blocked"}, {SIGTERM}).On(recording), "pass");
  EXPECT_EQ(Disposition({"blocked"}, {SIGUSR1}).On(recording), "default-action");
}

TEST(SignalsDispositionCheck, WantsItBlockedInEveryThread) {
  Program program;
  program.b.Block(program.submission, SIGUSR1).Thread(program.submission, 10);
  EXPECT_EQ(Disposition({"blocked"}).On(program.Ready()), "default-action");
}

TEST(SignalsDispositionCheck, LooksAtEachSignal) {
  Program program;
  program.b.Catch(program.submission, SIGUSR1);
  Use disposition = Disposition({"caught"}, {SIGUSR1, SIGTERM});
  EXPECT_EQ(disposition.On(program.Ready()), "default-action");
  EXPECT_THAT(disposition.told(), HasSubstr("SIGTERM should be caught"));
}

TEST(SignalsDispositionCheck, TakesAnyForAllThatCanBeChosen) {
  Program program;
  Use disposition = Disposition({"default"});
  disposition.With("signals", spec::SignalSet{.any = true, .numbers = {}});
  EXPECT_EQ(disposition.On(program.Ready()), "pass");
  program.b.Ignore(program.submission, SIGPIPE);
  EXPECT_EQ(disposition.On(program.Ready()), "default-action");
  EXPECT_THAT(disposition.told(), HasSubstr("SIGPIPE"));
}

TEST(SignalsDispositionCheck, SaysThatAHandlerCameOnlyLater) {
  Program program;
  program.b.Snapshot("ready").Catch(program.submission, SIGUSR1).Snapshot("later");
  Use disposition = Disposition({"caught"});
  EXPECT_EQ(disposition.On(program.b.Build()), "default-action");
  EXPECT_THAT(disposition.told(), HasSubstr("A handler for SIGUSR1 came only later."));
}

TEST(SignalsDispositionCheck, SaysThatAHandlerWorkedOnceOnly) {
  Program program;
  program.b.Catch(program.submission, SIGUSR1).Snapshot("early");
  program.b.Exec(program.submission, "/lab/main").Snapshot("ready");
  Use disposition = Disposition({"caught"});
  EXPECT_EQ(disposition.On(program.b.Build()), "default-action");
  EXPECT_THAT(disposition.told(), HasSubstr("it was removed, or works once only"));
}

TEST(SignalsDispositionCheck, FindsNobody) {
  EXPECT_EQ(Disposition({"caught"}).Who({"submission/1"}).On(Program().Ready()), "nobody");
}

TEST(SignalsDispositionCheck, FindsNobodyWhereItHasEnded) {
  Program program;
  program.b.Exit(program.submission, 0, SIGUSR1);
  Use disposition = Disposition({"caught"});
  EXPECT_EQ(disposition.On(program.Ready()), "nobody");
  EXPECT_THAT(disposition.told(), HasSubstr("your program (process 2) was ended by SIGUSR1."));
}

TEST(SignalsDispositionCheck, IsNotReachedWithoutTheSnapshot) {
  EXPECT_EQ(Disposition({"caught"}).On(Program().b.Build()), "not reached");
}

TEST(SignalsDispositionCheck, IsUnjudgeableWithoutSignals) {
  Program program;
  program.b.Observed({});
  EXPECT_EQ(Disposition({"caught"}).On(program.Ready()), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
