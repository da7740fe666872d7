// SPDX-License-Identifier: MIT
// Virtual time: what programs see of it, call by call.
// plumbline: subject is time
#include "trace/clock/clock.h"

#include <array>
#include <csignal>

#include "tests/trace/harness.h"
#include "trace/blocked/look.h"
#include "trace/clock/deadlines.h"

namespace plumbline::trace::testing {
namespace {

using namespace std::chrono_literals;
using clock::Clock;
using clock::DeadlineKey;
using clock::Deadlines;

// --- The clock.

TEST(Clock, JumpsAndCountsProcessorTime) {
  Duration processor = 7s;
  Clock time([&] { return processor; });
  time.Begin(Clock::Mode::kVirtual, 1000s);
  EXPECT_EQ(time.Now(), 0s);
  time.JumpTo(time.DueAt(60s));
  EXPECT_EQ(time.Now(), 60s);
  processor += 2s;
  EXPECT_GE(time.Now(), 61900ms);
  EXPECT_LE(time.Now(), 62s);
  time.JumpTo(time.DueAt(61s));
  EXPECT_GE(time.Now(), 61900ms) << "never goes back";
  EXPECT_EQ(time.On(CLOCK_REALTIME, 60s), 1060s);
  EXPECT_EQ(time.SinceBeginning(CLOCK_REALTIME, 1060s), 60s);
}

TEST(Clock, DoesNotCountTheLittleThatWakingUpTakes) {
  Duration processor{};
  Clock time([&] { return processor; });
  time.Begin(Clock::Mode::kVirtual, {});
  time.JumpTo(time.DueAt(1s));
  processor += 3ms;
  EXPECT_EQ(time.Now(), 1s);
  time.JumpTo(time.DueAt(1s + 1ms));
  processor += 3ms;
  EXPECT_EQ(time.Now(), 1s + 3ms) << "not more than was jumped over";
}

// A timer of 250 ms, and between its beats so much is computed.
Duration WaitedForFourBeats(Duration computed) {
  Duration processor{};
  Clock time([&] { return processor; });
  time.Begin(Clock::Mode::kVirtual, {});
  for (int beat = 1; beat <= 4; ++beat) {
    const clock::Due due = time.DueAt(beat * 250ms);
    processor += computed;
    time.JumpTo(due);
  }
  return time.Waited();
}

TEST(Clock, TellsWhatWasWaitedForAndNotWhatWasComputed) {
  EXPECT_EQ(WaitedForFourBeats(0ms), 1s);
  EXPECT_EQ(WaitedForFourBeats(87ms), 1s);
  EXPECT_EQ(WaitedForFourBeats(113ms), 1s);
}

Duration WaitedForPolls(int polls, Duration each) {
  Clock time([] { return Duration{}; });
  time.Begin(Clock::Mode::kVirtual, {});
  for (int poll = 0; poll < polls; ++poll) time.JumpTo(time.DueAt(time.Now() + each));
  return time.Waited();
}

TEST(Clock, CountsWholeSecondsAloneOfPolling) {
  EXPECT_EQ(WaitedForPolls(7, 10ms), 0s);
  EXPECT_EQ(WaitedForPolls(23, 10ms), 0s);
  EXPECT_EQ(WaitedForPolls(99, 10ms), 1s);
  EXPECT_EQ(WaitedForPolls(101, 10ms), 1s);
  EXPECT_EQ(WaitedForPolls(5, 100ms), 500ms);
}

// It reckons from a clock that it read a little before.
TEST(Clock, TakesAWaitUntilATimeForOneOfSoLong) {
  Clock time([] { return Duration{}; });
  time.Begin(Clock::Mode::kVirtual, {});
  time.JumpTo(time.DueAt(time.Now() + 350ms - 3us));
  EXPECT_EQ(time.Waited(), 400ms);
}

TEST(Clock, MovesForWhoOnlyReadsIt) {
  Clock time([] { return Duration{}; });
  time.Begin(Clock::Mode::kVirtual, {});
  const Duration first = time.Read();
  EXPECT_GT(time.Read(), first);
}

TEST(Clock, PassesByItselfInRealTime) {
  Clock time([] { return Duration{}; });
  time.Begin(Clock::Mode::kReal, {});
  const Duration first = time.Now();
  while (time.Now() == first) {
  }
  EXPECT_GT(time.Now(), first);
}

// --- Deadlines.

TEST(Deadlines, ComeByTimeThenByBirthThenByWhoWasSetFirst) {
  using Kind = DeadlineKey::Kind;
  Deadlines deadlines;
  deadlines.Set({Kind::kMade, 1, 2}, {5s}, 1);
  deadlines.Set({Kind::kMade, 1, 1}, {5s}, 1);
  deadlines.Set({Kind::kWait, 9, 0}, {5s}, 0);
  deadlines.Set({Kind::kAlarm, 3, 0}, {4s}, 3);
  std::vector<int> order;
  while (const auto first = deadlines.First()) {
    order.push_back(first->key.owner * 10 + first->key.number);
    deadlines.Remove(first->key);
  }
  EXPECT_THAT(order, ::testing::ElementsAre(30, 90, 12, 11));
}

TEST(Deadlines, AreReplacedAndRemoved) {
  const DeadlineKey key{DeadlineKey::Kind::kAlarm, 3, 0};
  Deadlines deadlines;
  deadlines.Set(key, {4s}, 3);
  deadlines.Set(key, {8s}, 3);
  EXPECT_EQ(deadlines.DueOf(key), 8s);
  EXPECT_EQ(deadlines.First()->due.time, 8s);
  deadlines.Remove(key);
  EXPECT_TRUE(deadlines.empty());
  EXPECT_EQ(deadlines.DueOf(key), std::nullopt);
}

// --- Calls.

class TimeOf : public TraceTest {};
FOR_EACH_ACCOUNT(TimeOf);

struct Way {
  const char* name;
  const char* says;
};

// Result, error, and how much time went by, on two clocks.
constexpr std::array kWays{
    Way{"nanosleep", "0 - 3.25 3.25\n"},
    Way{"remainder", "-1 EINTR 3.00 3.00\n7.00 left\n"},
    Way{"ignored", "0 - 10.00 10.00\n"},
    Way{"clock_nanosleep", "0 - 4.00 4.00\n"},
    Way{"absolute", "0 - 100.00 100.00\n0 - 100.00 100.00\n"},
    Way{"alarm", "0\n70\nALRM code 128 value 0\n-1 EINTR 50.00 50.00\n"},
    Way{"sleep_cut", "70 - 30.00 30.00\n"},
    Way{"setitimer",
        "ALRM code 128 value 0\nALRM code 128 value 0\nALRM code 128 value 0\n"
        "0.15 left\n250000 - 1.60 1.60\n"},
    Way{"timer_create", "USR1 code -2 value 42\nUSR1 code -2 value 42\n2 - 3.00 3.00\n"},
    Way{"overrun", "USR1 code -2 overrun 4 4\n0 - 5.50 5.50\n"},
    Way{"sigev_thread", "thread 7\n0 - 9.00 9.00\n"},
    Way{"timerfd", "1 - 1.00 1.00\n3.00 left\n2 - 13.00 13.00\n1 - 16.00 16.00\n"},
    Way{"poll", "0 - 10.00 10.00\n0\n0 - 10.00 10.00\n"},
    Way{"ppoll", "0 - 2.00 2.00\n"},
    Way{"select", "0 - 7.50 7.50\n0 left, 0 set\n"},
    Way{"select_ready", "1 - 40.00 40.00\n60 left\n"},
    Way{"pselect", "0 - 6.00 6.00\n"},
    Way{"epoll", "0 - 4.00 4.00\n0 - 5.00 5.00\n0 - 7.50 7.50\n"},
    Way{"futex", "-1 ETIMEDOUT 8.00 8.00\n-1 EAGAIN 8.00 8.00\n-1 ETIMEDOUT 20.00 20.00\n"},
    Way{"condition", "-1 ETIMEDOUT 20.00 20.00\n"},
    Way{"sigtimedwait", "-1 EAGAIN 12.00 12.00\n"},
    Way{"semtimedop", "-1 EAGAIN 5.00 5.00\n"},
    Way{"mq", "-1 ETIMEDOUT 11.00 11.00\n-1 ETIMEDOUT 15.00 15.00\n"},
    Way{"socket", "6\n-1 EAGAIN 6.00 6.00\n-1 EAGAIN 12.00 12.00\n-1 EAGAIN 16.00 16.00\n"},
    Way{"recvmmsg", "1 - 3.00 3.00\n"},
    Way{"signalfd", "14 - 9.00 9.00\n"},
    Way{"times", "50 - 50.00 50.00\n"},
    Way{"threads", "thread 1\nthread 2\nthread 3\nthread 4\nthread 5\n0 - 5.00 5.00\n"},
    Way{"stopped", "0 - 10.00 10.00\n0 - 10.00 10.00\n"},
    Way{"same_instant", "USR2 code -2 value 0\nUSR1 code -2 value 0\n0\n1\n2\n3\n4\n5\n"},
    Way{"spin", "1\n"},
    Way{"bad",
        "-1 EINVAL 0.00 0.00\n-1 EINVAL 0.00 0.00\n-1 EINVAL 0.00 0.00\n-1 EFAULT 0.00 0.00\n"
        "-1 EFAULT 0.00 0.00\n"},
    Way{"clocks", "90.00 90.00 90.00 90.00 90.00 90.00 90 90 90\n1\n"},
    Way{"wait", "1 - 25.00 25.00\n-1 ECHILD 25.00 25.00\n"},
    Way{"no_time", "800\n"},
    Way{"waitv", "-1 ETIMEDOUT 33.00 33.00\n"},
    Way{"epoll_pwait", "0 - 6.50 6.50\n"},
    Way{"timer_absolute", "1 - 44.00 44.00\n6.0 left\n"},
};

void Expect(const char* tracee, const Way& way, const std::set<Facet>& observed) {
  SCOPED_TRACE(std::string(tracee) + " " + way.name);
  TracedRun run({.observed = observed});
  run.StartTracee(tracee, {way.name});
  run.RunToEnd();
  EXPECT_EQ(run.Output(), way.says) << ::testing::PrintToString(run.Story());
}

TEST_P(TimeOf, EachWayToWaitForIt) {
  Supervised([] {
    for (const Way& way : kWays) Expect("waits_for_time", way, {});
  });
}

// Rest is proven by other numbers then.
TEST_P(TimeOf, EachWayWhereRunsAreNotCounted) {
  Supervised([] {
    CountSwitches();
    ASSERT_FALSE(CountsRuns());
    for (const Way& way : kWays) Expect("waits_for_time", way, {});
  });
}

TEST_P(TimeOf, EachWayWhenAllIsFollowed) {
  Supervised([] {
    for (const Way& way : kWays) Expect("waits_for_time", way, Everything());
  });
}

TEST_P(TimeOf, StaticPrograms) {
  Supervised([] {
    for (const Way& way : kWays) Expect("waits_for_time_static", way, {});
  });
}

TEST_P(TimeOf, WaitsIsInSnapshots) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("sleep_long", {"1000"});
    run.RunToRest(Rest::kAsleep);
    const record::Snapshot snapshot = run.TakeSnapshot();
    const auto& blocked = snapshot.processes.at(0).threads.at(0).blocked;
    ASSERT_TRUE(blocked && blocked->deadline);
    EXPECT_EQ(blocked->call, "clock_nanosleep");
    EXPECT_GE(*blocked->deadline, 1000s);
    EXPECT_LE(*blocked->deadline, 1001s);
  });
}

TEST_P(TimeOf, WakeUpsAreCounted) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("waits_for_time", {"setitimer"});
    run.RunToEnd();
    EXPECT_EQ(run.tracer().processes().front().wakeups, 4u);
  });
}

TEST_P(TimeOf, SleepsWithoutEndAreNoDeadlines) {
  Supervised([] {
    TracedRun run;
    run.StartCommand({"/usr/bin/sleep", "infinity"});
    run.RunToRest(Rest::kBlocked);
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
