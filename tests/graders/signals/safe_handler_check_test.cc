// SPDX-License-Identifier: MIT
#include "graders/signals/safe_handler_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using record::ErrnoChanged;
using record::UnsafeCalled;
using ::testing::HasSubstr;

struct Handling {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/main");
  ProcessIndex child = b.Fork(submission);

  Handling& Unsafe(ProcessIndex who, int signal, const std::string& function) {
    b.Event(who, UnsafeCalled{.signal = signal, .function = function});
    return *this;
  }
  record::Recording Build() {
    auto recording = b.Build();
    for (record::Event& event : recording.events) {
      if (std::holds_alternative<UnsafeCalled>(event.what))
        event.where = record::Location{"main.c", 9, "on_usr1"};
    }
    return recording;
  }
};

Use Safe(std::vector<int> signals = {}, const Words& who = {"submission"}) {
  Use use(graders::signals::SafeHandler());
  use.With("signals", spec::SignalSet{.any = signals.empty(), .numbers = signals}).Who(who);
  return use;
}

TEST(SafeHandlerCheck, PassesWhereNothingUnsafeWasSeen) {
  EXPECT_EQ(Safe().On(Handling().Build()), "pass");
}

TEST(SafeHandlerCheck, ReportsAnUnsafeCallWithItsLineAndItsCure) {
  Handling seen;
  seen.Unsafe(seen.submission, SIGUSR1, "printf");
  Use safe = Safe();
  EXPECT_EQ(safe.On(seen.Build()), "unsafe-call");
  EXPECT_THAT(safe.told(), HasSubstr("The handler of SIGUSR1 in your program"));
  EXPECT_THAT(safe.told(), HasSubstr("calls printf()"));
  EXPECT_THAT(safe.told(), HasSubstr("use write()"));
  EXPECT_THAT(safe.told(), HasSubstr("sigsuspend()"));
  ASSERT_TRUE(safe.finding().location);
  EXPECT_EQ(safe.finding().location->line, 9);
}

TEST(SafeHandlerCheck, TellsTheCureOfEachKindOfFunction) {
  for (const auto& [function, cure] :
       std::vector<std::pair<std::string, std::string>>{{"exit", "call _exit()"},
                                                        {"malloc", "allocating memory"},
                                                        {"operator new", "allocating memory"},
                                                        {"snprintf", "half changed"},
                                                        {"fprintf", "is printing"},
                                                        {"localtime", "do the work in main()"}}) {
    Handling seen;
    seen.Unsafe(seen.submission, SIGUSR1, function);
    Use safe = Safe();
    EXPECT_EQ(safe.On(seen.Build()), "unsafe-call");
    EXPECT_THAT(safe.told(), HasSubstr(cure)) << function;
  }
}

TEST(SafeHandlerCheck, LooksAtTheseSignalsAndProcessesAlone) {
  Handling seen;
  seen.Unsafe(seen.child, SIGUSR1, "printf");
  const auto recording = seen.Build();
  EXPECT_EQ(Safe().On(recording), "pass");
  EXPECT_EQ(Safe({}, {"all"}).On(recording), "unsafe-call");
  EXPECT_EQ(Safe({SIGUSR1}, {"all"}).On(recording), "unsafe-call");
  EXPECT_EQ(Safe({SIGTERM}, {"all"}).On(recording), "pass");
}

TEST(SafeHandlerCheck, ReportsALostErrnoIfNothingWorse) {
  Handling seen;
  seen.b.Event(seen.submission, ErrnoChanged{SIGCHLD, 0, ECHILD});
  Use safe = Safe();
  EXPECT_EQ(safe.On(seen.Build()), "errno-changed");
  EXPECT_THAT(safe.told(), HasSubstr("errno before: 0; after: ECHILD."));
  EXPECT_EQ(Safe({SIGTERM}).On(seen.Build()), "pass");
  seen.Unsafe(seen.submission, SIGUSR1, "puts");
  EXPECT_EQ(safe.On(seen.Build()), "unsafe-call");
}

TEST(SafeHandlerCheck, NeedsSomebodyAndARunThatLooked) {
  EXPECT_EQ(Safe({}, {"cat"}).On(Handling().Build()), "nobody");
  Handling blind;
  blind.b.Observed({record::Facet::kSignals});
  EXPECT_EQ(Safe().On(blind.Build()), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
