// SPDX-License-Identifier: MIT
#include "graders/signals/sent_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using Cause = record::SignalSent::Cause;

struct Family {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/main");
  ProcessIndex first = b.Fork(submission);
  ProcessIndex second = b.Fork(submission);

  Family& Send(std::vector<ProcessIndex> to, int signal, int error = 0) {
    b.Event(submission, record::SignalSent{.signal = signal,
                                           .to = std::move(to),
                                           .cause = Cause::kCall,
                                           .call = "kill",
                                           .error = error});
    return *this;
  }
};

Use Sent(std::vector<int> signals, const Words& who = {"submission/*"}) {
  Use use(graders::signals::Sent());
  use.With("signals", spec::SignalSet{.any = signals.empty(), .numbers = signals}).Who(who);
  return use;
}

TEST(SignalsSentCheck, CountsEachReceiver) {
  Family family;
  family.Send({family.first}, SIGTERM).Send({family.second}, SIGKILL);
  const auto recording = family.b.Build();
  EXPECT_EQ(Sent({SIGTERM}).On(recording), "pass");
  EXPECT_EQ(Sent({SIGTERM, SIGKILL}).Count(2, 2).On(recording), "pass");
  EXPECT_EQ(Sent({}).Count(2, 2).On(recording), "pass");
  EXPECT_EQ(Sent({SIGTERM}, {"submission/2"}).On(recording), "not-sent");
  EXPECT_EQ(Sent({SIGTERM}).Count(2, {}).On(recording), "not-sent");
}

TEST(SignalsSentCheck, CountsASignalToAGroupForEachInIt) {
  Family family;
  family.Send({family.submission, family.first, family.second}, SIGTERM);
  EXPECT_EQ(Sent({SIGTERM}).Count(2, 2).On(family.b.Build()), "pass");
  EXPECT_EQ(Sent({SIGTERM}, {"submission"}).Count(1, 1).On(family.b.Build()), "pass");
}

TEST(SignalsSentCheck, ReportsTooMany) {
  Family family;
  family.Send({family.first}, SIGUSR1).Send({family.first}, SIGUSR1);
  Use sent = Sent({SIGUSR1});
  EXPECT_EQ(sent.Count(0, 1).On(family.b.Build()), "too-many");
  EXPECT_THAT(sent.told(), HasSubstr("(SIGUSR1) that were sent: 2; there should be: at most 1."));
  EXPECT_THAT(sent.told(), HasSubstr("your program (process 2) sent SIGUSR1 to child 1 of your"));
}

TEST(SignalsSentCheck, TellsWhatWasSentInstead) {
  Family family;
  family.Send({}, SIGUSR2, ESRCH).Send({}, SIGHUP);
  Use sent = Sent({SIGUSR1});
  EXPECT_EQ(sent.On(family.b.Build()), "not-sent");
  EXPECT_THAT(sent.told(), HasSubstr("could not send SIGUSR2 (ESRCH)."));
  EXPECT_THAT(sent.told(), HasSubstr("sent SIGHUP, which reached nobody."));
}

TEST(SignalsSentCheck, DoesNotCountAFailedSending) {
  Family family;
  family.Send({family.first}, SIGUSR1, EPERM);
  EXPECT_EQ(Sent({SIGUSR1}).On(family.b.Build()), "not-sent");
}

TEST(SignalsSentCheck, DoesNotTakeSignalZeroForASignal) {
  Family family;
  family.Send({family.first}, 0);
  EXPECT_EQ(Sent({}).Count(0, 0).On(family.b.Build()), "pass");
}

TEST(SignalsSentCheck, CountsNeitherTheScenariosNorTheKernels) {
  Family family;
  family.b.SignalSent(record::kGrader, family.first, SIGTERM, Cause::kStep);
  family.b.SignalSent(family.submission, family.first, SIGTERM, Cause::kTimer);
  EXPECT_EQ(Sent({SIGTERM}).On(family.b.Build()), "not-sent");
}

TEST(SignalsSentCheck, LooksAtItsDoersOnly) {
  Family family;
  family.Send({family.first}, SIGUSR1);
  EXPECT_EQ(Sent({SIGUSR1}).By({"submission"}).On(family.b.Build()), "pass");
  EXPECT_EQ(Sent({SIGUSR1}).By({"submission/1"}).On(family.b.Build()), "not-sent");
}

TEST(SignalsSentCheck, FindsNobody) {
  Family family;
  EXPECT_EQ(Sent({SIGUSR1}, {"sleep"}).On(family.b.Build()), "nobody");
  EXPECT_EQ(Sent({SIGUSR1}).By({"sleep"}).On(family.b.Build()), "nobody");
  EXPECT_EQ(Sent({SIGUSR1}, {"sleep"}).Count(0, 0).On(family.b.Build()), "pass");
}

}  // namespace
}  // namespace plumbline::testing
