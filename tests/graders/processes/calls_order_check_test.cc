// SPDX-License-Identifier: MIT
#include "graders/processes/calls_order_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using spec::OrderEvent;
using ::testing::HasSubstr;
using Events = std::vector<OrderEvent>;
using Kind = OrderEvent::Kind;

Use Order(Events events) {
  Use use(graders::processes::CallsOrder());
  use.With("events", std::move(events));
  return use;
}

OrderEvent CallBy(const std::string& call, const Words& by = {}, const std::string& result = "") {
  OrderEvent event{.kind = Kind::kCall};
  event.call = call;
  event.result = result;
  event.by = WhoListOf(by);
  return event;
}
OrderEvent Sent(int signal, const Words& by = {}, const Words& who = {}) {
  OrderEvent event{.kind = Kind::kSignals};
  event.signals.numbers = {signal};
  event.by = WhoListOf(by);
  event.who = WhoListOf(who);
  return event;
}
OrderEvent Output(const std::string& text) {
  OrderEvent event{.kind = Kind::kOutput};
  event.output = TextOf(text);
  event.stream = "submission.stdout";
  return event;
}
OrderEvent Of(Kind kind, const Words& who) {
  OrderEvent event{.kind = kind};
  event.who = WhoListOf(who);
  return event;
}

// Stops its child, continues it, ends it, waits for it, and says so each time.
record::Recording StopsAndContinues() {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  b.SignalSent(submission, child, SIGSTOP).Stop(child, SIGSTOP);
  b.Call(submission, {.name = "wait4", .family = "wait", .result = 3});
  b.Write(submission, 1, "stopped\n");
  b.SignalSent(submission, child, SIGCONT).Continue(child);
  b.Write(submission, 1, "continued\n");
  b.SignalSent(submission, child, SIGTERM).Exit(child, 0, SIGTERM).Reap(submission, child);
  b.Write(submission, 1, "killed by 15\n").Exit(submission);
  return b.Build();
}

TEST(CallsOrderCheck, PassesInOrder) {
  EXPECT_EQ(Order({Sent(SIGSTOP, {"submission"}, {"submission/1"}),
                   Of(Kind::kStopped, {"submission/1"}), CallBy("wait", {"submission"}, "stopped"),
                   Output("stopped\n"), Of(Kind::kContinued, {"submission/1"}),
                   Of(Kind::kExit, {"submission/1"}), Of(Kind::kReaped, {"submission/1"}),
                   Output("killed by {submission/1.pid}"), Of(Kind::kExit, {"submission"})})
                .On([] {
                  auto recording = StopsAndContinues();
                  recording.placeholders["submission/1.pid"] = "15";
                  return recording;
                }()),
            "pass");
}

TEST(CallsOrderCheck, ReportsWhatCameTooEarly) {
  Use order = Order({Output("continued\n"), Output("stopped\n")});
  EXPECT_EQ(order.On(StopsAndContinues()), "wrong-order");
  EXPECT_THAT(order.told(), HasSubstr("the output stopped\\n came before the output continued\\n"));
}

TEST(CallsOrderCheck, ReportsWhatNeverHappened) {
  Use order = Order({CallBy("sigsuspend", {"submission"})});
  EXPECT_EQ(order.On(StopsAndContinues()), "wrong-order");
  EXPECT_THAT(order.told(), HasSubstr("This never happened: the call sigsuspend by submission."));
}

TEST(CallsOrderCheck, LooksAtTheFirstOfEach) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Call(submission, {.name = "listen"}).Call(submission, {.name = "bind"});
  b.Call(submission, {.name = "listen"});
  EXPECT_EQ(Order({CallBy("listen"), CallBy("bind")}).On(b.Build()), "pass");
  EXPECT_EQ(Order({CallBy("bind"), CallBy("listen")}).On(b.Build()), "wrong-order");
}

TEST(CallsOrderCheck, KeepsDoersAndReceiversApart) {
  const auto recording = StopsAndContinues();
  EXPECT_EQ(Order({Sent(SIGSTOP, {"submission/1"})}).On(recording), "wrong-order");
  EXPECT_EQ(Order({Sent(SIGSTOP, {}, {"submission"})}).On(recording), "wrong-order");
  EXPECT_EQ(Order({Of(Kind::kStopped, {"submission"})}).On(recording), "wrong-order");
  EXPECT_EQ(Order({Of(Kind::kReaped, {"submission"})}).On(recording), "wrong-order");
}

TEST(CallsOrderCheck, NamesEachKindOfEvent) {
  Use order = Order({Sent(SIGUSR1, {}, {"submission"})});
  EXPECT_EQ(order.On(StopsAndContinues()), "wrong-order");
  EXPECT_THAT(order.told(), HasSubstr("SIGUSR1 for submission"));
  order = Order({Of(Kind::kStopped, {"submission"})});
  EXPECT_EQ(order.On(StopsAndContinues()), "wrong-order");
  EXPECT_THAT(order.told(), HasSubstr("the stop of submission"));
  order = Order({Of(Kind::kContinued, {"submission"})});
  EXPECT_EQ(order.On(StopsAndContinues()), "wrong-order");
  EXPECT_THAT(order.told(), HasSubstr("the going on of submission"));
  order = Order({Of(Kind::kReaped, {"submission"})});
  EXPECT_EQ(order.On(StopsAndContinues()), "wrong-order");
  EXPECT_THAT(order.told(), HasSubstr("the wait for submission"));
  order = Order({Of(Kind::kExit, {"submission"}), Of(Kind::kExit, {"submission/1"})});
  EXPECT_EQ(order.On(StopsAndContinues()), "wrong-order");
  EXPECT_THAT(order.told(), HasSubstr("the end of submission/1 came before the end of submission"));
}

TEST(CallsOrderCheck, SaysHowTheRunEnded) {
  RecordingBuilder b;
  b.Asleep(b.Start("submission", "/lab/main"), "pause").Outcome(record::Outcome::kDeadlocked);
  Use order = Order({Output("x")});
  EXPECT_EQ(order.On(b.Build()), "wrong-order");
  EXPECT_THAT(order.told(), HasSubstr("waits for a signal, which does not come"));
}

TEST(CallsOrderCheck, FindsNobody) {
  EXPECT_EQ(Order({Of(Kind::kExit, {"sleep"})}).On(StopsAndContinues()), "nobody");
  EXPECT_EQ(Order({CallBy("pause", {"submission/2"})}).On(StopsAndContinues()), "nobody");
}

}  // namespace
}  // namespace plumbline::testing
