// SPDX-License-Identifier: MIT
// Signals sent and delivered, what they do to calls, stops.
#include <csignal>

#include "tests/trace/harness.h"

namespace plumbline::trace::testing {
namespace {

using record::SignalDelivered;
using record::SignalSent;
using Effect = SignalDelivered::Effect;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using Signals = TraceTest;
using CutCalls = TraceTest;
using Stops = TraceTest;
FOR_EACH_ACCOUNT(Signals);
FOR_EACH_ACCOUNT(CutCalls);
FOR_EACH_ACCOUNT(Stops);

TEST_P(Signals, EachWithItsSender) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("signals_to_itself");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "10 10 10 10 17 14 \n");
    struct Expected {
      int signal;
      int code;
      std::optional<ProcessIndex> sender;
    };
    const Expected expected[] = {{SIGUSR1, SI_USER, 0},    {SIGUSR1, SI_TKILL, 0},
                                 {SIGUSR1, SI_QUEUE, 0},   {SIGUSR1, SI_USER, 1},
                                 {SIGCHLD, CLD_EXITED, 1}, {SIGALRM, SI_KERNEL, {}}};
    const auto delivered = run.All<SignalDelivered>(0);
    ASSERT_EQ(delivered.size(), std::size(expected));
    for (size_t i = 0; i < delivered.size(); ++i) {
      EXPECT_EQ(delivered[i]->signal, expected[i].signal) << i;
      EXPECT_EQ(delivered[i]->code, expected[i].code) << i;
      EXPECT_EQ(delivered[i]->sender, expected[i].sender) << i;
      EXPECT_EQ(delivered[i]->effect, Effect::kHandled) << i;
      EXPECT_EQ(delivered[i]->during, "rt_sigsuspend") << i;
    }
    std::vector<std::string> calls;
    for (const auto* sent : run.All<SignalSent>()) {
      calls.push_back(sent->call);
      EXPECT_THAT(sent->to, ElementsAre(0));
    }
    EXPECT_THAT(calls, ElementsAre("kill", "tgkill", "rt_sigqueueinfo", "kill"));
  });
}

TEST_P(Signals, AreSentBeforeTheyArrive) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("sigwait");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "10 1\n");
    size_t sent = 0;
    size_t delivered = 0;
    const auto& events = run.recording().events;
    for (size_t i = 0; i < events.size(); ++i) {
      if (std::holds_alternative<SignalSent>(events[i].what)) sent = i;
      if (std::holds_alternative<SignalDelivered>(events[i].what)) delivered = i;
    }
    EXPECT_LT(sent, delivered);
  });
}

// sigwait() takes a blocked signal; there is no delivery, but the signal has reached the program.
TEST_P(Signals, ThatArePickedUp) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("sigwait");
    run.RunToEnd();
    const auto delivered = run.All<SignalDelivered>(0);
    ASSERT_EQ(delivered.size(), 1u);
    EXPECT_EQ(delivered[0]->signal, SIGUSR1);
    EXPECT_EQ(delivered[0]->sender, 1);
    EXPECT_EQ(delivered[0]->during, "rt_sigtimedwait");
  });
}

TEST_P(Signals, ToNobody) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("one_call", {"62", "99", "10"});  // kill(99, SIGUSR1)
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "ESRCH\n");
    const auto sent = run.All<SignalSent>(0);
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(sent[0]->error, ESRCH);
    EXPECT_THAT(sent[0]->to, IsEmpty());
  });
}

TEST_P(Signals, ToAGroup) {
  Supervised([] {
    TracedRun run;
    run.StartCommand({"bash", "-c", "trap '' TERM; (kill 0); :"});
    run.RunToEnd();
    const auto sent = run.All<SignalSent>();
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(sent[0]->to.size(), run.recording().processes.size());
  });
}

TEST_P(Signals, FromTheScenario) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("poll_forever");
    run.RunToRest(Rest::kBlocked);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGTERM).has_value());
    run.RunToEnd();
    const auto delivered = run.All<SignalDelivered>(0);
    ASSERT_EQ(delivered.size(), 1u);
    EXPECT_EQ(delivered[0]->sender, record::kGrader);
    EXPECT_EQ(delivered[0]->effect, Effect::kTerminated);
    EXPECT_EQ(delivered[0]->during, "poll");
    const auto sent = run.All<SignalSent>(record::kGrader);
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(sent[0]->cause, SignalSent::Cause::kStep);
    EXPECT_EQ(run.EndOf(0)->killed_by, SIGTERM);
  });
}

TEST_P(Signals, OfTheKernelHaveNoSender) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("broken_pipe");
    run.RunToEnd();
    const auto delivered = run.All<SignalDelivered>(0);
    ASSERT_EQ(delivered.size(), 1u);
    EXPECT_EQ(delivered[0]->signal, SIGPIPE);
    EXPECT_EQ(delivered[0]->sender, std::nullopt);
    EXPECT_EQ(run.EndOf(0)->killed_by, SIGPIPE);
  });
}

TEST_P(Signals, WithAHandlerForOne) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("handler_once");
    run.RunToEnd();
    const auto delivered = run.All<SignalDelivered>(0);
    ASSERT_EQ(delivered.size(), 2u);
    EXPECT_EQ(delivered[0]->effect, Effect::kHandled);
    EXPECT_EQ(delivered[1]->effect, Effect::kTerminated);
    EXPECT_EQ(run.EndOf(0)->killed_by, SIGUSR1);
  });
}

TEST_P(Signals, AThousandByTurns) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("signal_rally", {"500"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "500\n");
    EXPECT_EQ(run.All<SignalSent>().size(), 1000u);
    EXPECT_EQ(run.All<SignalDelivered>().size(), 1000u);
  });
}

// One that stops all the time does not keep others from being heard.
TEST_P(Signals, AFloodDrownsNobody) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("signal_flood");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "9\n");
    EXPECT_EQ(run.EndOf(1)->killed_by, SIGKILL);
  });
}

// --- Of one process for another.

// For each that one child got: how many had been sent by then.
std::vector<int> SentBeforeEach(const TracedRun& run) {
  std::vector<int> all;
  int sent = 0;
  for (const record::Event& event : run.recording().events) {
    const auto* sends = std::get_if<SignalSent>(&event.what);
    if (sends != nullptr && sends->signal == SIGUSR1) ++sent;
    const auto* gets = std::get_if<SignalDelivered>(&event.what);
    if (gets != nullptr && gets->signal == SIGUSR1 && event.actor == 1) all.push_back(sent);
  }
  return all;
}

TEST_P(Signals, ArriveWhenTheirSenderHasComeToItsNextCall) {
  Supervised([] {
    constexpr int kRounds = 20;  // two of five arrive sooner if nothing holds them
    TracedRun run;
    run.StartTracee("signals_others", {"calls", std::to_string(kRounds)});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "over\n");
    std::vector<int> by_then;
    for (int round = 1; round <= kRounds; ++round) by_then.push_back(2 * round);
    EXPECT_EQ(SentBeforeEach(run), by_then);
  });
}

// It makes no call before the signal has arrived; reads are not followed.
TEST_P(Signals, ArriveAlsoIfTheirSenderComputesOrWaits) {
  Supervised([] {
    for (const char* then : {"spins", "reads"}) {
      TracedRun run;
      run.StartTracee("signals_others", {then, "20"});
      run.RunToEnd();
      EXPECT_EQ(run.Output(), "over\n") << then;
      EXPECT_EQ(SentBeforeEach(run).size(), 20U) << then;
    }
  });
}

TEST_P(Signals, OfTwoForEachOtherBothArrive) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("signals_others", {"gets", "10"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "over\n");
    EXPECT_EQ(run.All<SignalDelivered>(0).size(), 10U);
    EXPECT_EQ(run.All<SignalDelivered>(1).size(), 10U);
  });
}

TEST_P(Signals, ArriveAlsoIfTheirSenderEnds) {
  Supervised([] {
    for (int i = 0; i < 10; ++i) {
      TracedRun run;
      run.StartTracee("signals_others", {"ends"});
      run.RunToEnd();
      EXPECT_EQ(SentBeforeEach(run), std::vector{1});
    }
  });
}

TEST_P(Signals, ThatWereStillToArriveAtItsEndDoNotMatter) {
  Supervised([] {
    for (int i = 0; i < 10; ++i) {
      TracedRun run;
      run.StartTracee("signals_others", {"kills"});
      run.RunToEnd();
      EXPECT_EQ(run.Output(), "over\n");
      EXPECT_EQ(run.EndOf(1)->killed_by, SIGKILL);
    }
  });
}

// --- Calls that a signal comes into.

TEST_P(CutCalls, EndInEintrAfterAHandler) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("interrupted_read", {"interrupt"});
    run.RunToRest(Rest::kBlocked);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGUSR1).has_value());
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "-1 EINTR\n");
    EXPECT_THAT(run.Story(), Contains("0 gets SIGUSR1: handled in read"));
    const auto reads = run.Calls("read", 0);
    ASSERT_EQ(reads.size(), 1u);
    EXPECT_EQ(reads[0]->error, EINTR);
    EXPECT_FALSE(reads[0]->restarted);
    EXPECT_EQ(reads[0]->fd, 3);
  });
}

TEST_P(CutCalls, AreTakenUpAgainWithSaRestart) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("interrupted_read", {"restart"});
    run.RunToRest(Rest::kBlocked);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGUSR1).has_value());
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "1 \n");
    EXPECT_THAT(run.Calls("read", 0), IsEmpty());
    uint64_t read = 0;
    for (const auto* transfer : run.All<record::Transfer>(0)) {
      if (transfer->fd == 3 && transfer->object == run.All<record::Call>(0).back()->object)
        continue;
      if (transfer->way == record::Transfer::Way::kRead && transfer->bytes == 1) read += 1;
    }
    EXPECT_EQ(read, 1u);
  });
}

// Told also where reads are not followed.
TEST_P(CutCalls, AreNamedIfNobodyFollowsThem) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("interrupted_read", {"interrupt"});
    run.RunToRest(Rest::kBlocked);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGUSR1).has_value());
    run.RunToEnd();
    EXPECT_THAT(run.Story(), Contains("0 gets SIGUSR1: handled in read"));
    EXPECT_THAT(run.Calls("read"), IsEmpty());
  });
}

// A signal that nobody handles cuts a call all the same, if there is a tracer: poll(2) then goes on
// as restart_syscall(2).
TEST_P(CutCalls, GoOnAfterASignalWithoutAHandler) {
  Supervised([] {
    for (const auto& observed : {std::set<Facet>{}, Everything()}) {
      TracedRun run({.observed = observed});
      run.StartTracee("poll_forever");
      run.RunToRest(Rest::kBlocked);
      for (const int signal : {SIGWINCH, SIGSTOP, SIGCONT}) {
        ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), signal).has_value());
        run.RunToRest(Rest::kBlocked);
      }
      EXPECT_THAT(run.Calls("poll"), IsEmpty());
      const record::Snapshot snapshot = run.TakeSnapshot();
      EXPECT_EQ(snapshot.processes.at(0).threads.at(0).blocked->call, "poll");
    }
  });
}

TEST_P(CutCalls, HaveOneEnd) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("sleep_long", {"1"});
    run.RunToRest(Rest::kAsleep);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGWINCH).has_value());
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "all of it\n");
    const auto sleeps = run.Calls("clock_nanosleep", 0);
    ASSERT_EQ(sleeps.size(), 1u);
    EXPECT_EQ(sleeps[0]->error, 0);
    EXPECT_TRUE(sleeps[0]->restarted);
  });
}

// --- Stops.

TEST_P(Stops, AChildIsStoppedAndContinued) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("stops_child");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "1 1 1\n");
    std::vector<std::string> childs;
    for (const std::string& told : run.Story()) {
      if (told.starts_with("1 ")) childs.push_back(told);
    }
    EXPECT_THAT(
        childs,
        ElementsAre("1 sends SIGSTOP to 1", "1 gets SIGSTOP: stopped", "1 stops by SIGSTOP",
                    "1 continues", "1 gets SIGCONT: continued",
                    ::testing::StartsWith("1 gets SIGTERM: terminated"), "1 dies of SIGTERM"));
  });
}

TEST_P(Stops, StopsOfATerminalDoNotStopAnOrphanedGroup) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("stop_ignored");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "goes on\n");
    EXPECT_THAT(run.Story(), Contains("1 gets SIGTSTP: ignored"));
    EXPECT_THAT(run.All<record::Stopped>(), IsEmpty());
  });
}

TEST_P(Stops, OnATerminalTheyDo) {
  Supervised([] {
    TracedRun run({.on_terminal = true});
    run.StartTracee("show_job");
    run.RunToRest(Rest::kBlocked);
    EXPECT_THAT(run.Story(), Contains("0 stops by SIGTSTP"));
    EXPECT_GT(run.recording().processes.at(0).parent_pid.value, 1);
    EXPECT_EQ(run.TakeSnapshot().processes.at(0).state, record::ProcessState::kStopped);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGCONT).has_value());
    run.RunToEnd();
    EXPECT_THAT(run.Story(), Contains("0 continues"));
  });
}

TEST_P(Stops, AllThreadsStopAtOnce) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("first_thread_leaves");
    run.RunToRest(Rest::kBlocked);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGSTOP).has_value());
    run.RunToRest(Rest::kBlocked);
    EXPECT_EQ(run.All<record::Stopped>().size(), 1u);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGCONT).has_value());
    run.RunToRest(Rest::kBlocked);
    EXPECT_EQ(run.All<record::Continued>().size(), 1u);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGKILL).has_value());
    run.RunToEnd();
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
