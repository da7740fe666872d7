// SPDX-License-Identifier: MIT
// Can anything still move? Never said of who moves, always of who does not, on a busy machine too.
#include <csignal>
#include <ctime>
#include <tuple>

#include "tests/support/busy_loops.h"
#include "tests/trace/harness.h"

namespace plumbline::trace::testing {
namespace {

using plumbline::testing::BusyLoops;
using RestOf = TraceTest;
FOR_EACH_ACCOUNT(RestOf);

constexpr const char* kCarriers[] = {"pipe",      "socket", "tcp",   "eventfd",
                                     "semaphore", "futex",  "signal"};

// A token that always one of them has: each probe that says otherwise is false.
void PassToken(const char* carrier) {
  constexpr int kProbes = 1000;
  TracedRun run;
  run.StartTracee("token_ring", {carrier, "6", "100000000"});
  EXPECT_THAT(run.Watch(kProbes), ::testing::ElementsAre(::testing::Pair(Rest::kMoving, kProbes)));
}

TEST_P(RestOf, ABusyRing) {
  for (const char* carrier : kCarriers) {
    SCOPED_TRACE(carrier);
    Supervised([carrier] { PassToken(carrier); });
    Supervised([carrier] { PassToken(carrier); }, Processors::kAll);
  }
}

TEST_P(RestOf, ABusyRingOnABusyMachine) {
  const BusyLoops loops(2);
  for (const char* carrier : kCarriers) {
    SCOPED_TRACE(carrier);
    Supervised([carrier] { PassToken(carrier); });
    Supervised([carrier] { PassToken(carrier); }, Processors::kAll);
  }
}

TEST_P(RestOf, ARingWithoutAToken) {
  for (const bool loaded : {false, true}) {
    std::optional<BusyLoops> loops;
    if (loaded) loops.emplace(2);
    for (const char* carrier : kCarriers) {
      SCOPED_TRACE(carrier);
      Supervised([carrier] {
        TracedRun run;
        run.StartTracee("token_ring", {carrier, "6", "0"});
        run.RunToRest(Rest::kBlocked);
        EXPECT_EQ(run.recording().processes.size(), 6u);
      });
    }
  }
}

TEST_P(RestOf, EveryCallThatBlocks) {
  for (const char* call :
       {"read", "write", "wait4", "stopped", "vfork", "open", "accept", "connection", "connect",
        "futex", "semop", "msgrcv", "poll", "select", "epoll_wait", "pause", "sigwait", "flock"}) {
    SCOPED_TRACE(call);
    for (const auto& observed : {std::set<Facet>{}, Everything()}) {
      Supervised([call, observed] {
        TracedRun run({.observed = observed});
        run.StartTracee("blocks_in", {call});
        run.RunToRest(Rest::kBlocked);
      });
    }
  }
}

TEST_P(RestOf, WhoSleeps) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("sleep_long", {"1000"});
    run.RunToRest(Rest::kAsleep);
  });
}

TEST_P(RestOf, WhoWaitsForATimer) {
  for (const char* way : {"alarm", "interval", "made", "descriptor", "absolute", "timeout"}) {
    SCOPED_TRACE(way);
    Supervised([way] {
      TracedRun run;
      run.StartTracee("sets_timer", {way, "1000"});
      run.RunToRest(Rest::kAsleep);
    });
  }
}

TEST_P(RestOf, WhoSpins) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("spin");
    run.RunToRest(Rest::kSpinning);
  });
}

// Not while others move.
TEST_P(RestOf, WhoSpinsBesideOthers) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("spin");
    run.StartTracee("token_ring", {"pipe", "2", "0"});
    run.RunToRest(Rest::kSpinning);
    EXPECT_EQ(run.recording().processes.size(), 3u);
  });
}

// A connect() to a full queue, a peer's process that is not traced: what comes then wakes somebody.
TEST_P(RestOf, WhoIsWokenFromOutside) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("token_ring", {"pipe", "2", "0"});
    run.RunToRest(Rest::kBlocked);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(1), SIGTERM).has_value());
    run.RunToRest(Rest::kBlocked);
    EXPECT_EQ(run.EndOf(1)->killed_by, SIGTERM);
  });
}

// Through loopback, where bytes are under way without anybody running.
TEST_P(RestOf, BytesUnderWay) {
  for (const bool loaded : {false, true}) {
    std::optional<BusyLoops> loops;
    if (loaded) loops.emplace(2);
    for (const Processors processors : {Processors::kOne, Processors::kAll}) {
      Supervised(
          [] {
            constexpr int kProbes = 1000;
            TracedRun run;
            run.StartTracee("tcp_flood", {"1000000000000"});
            EXPECT_THAT(run.Watch(kProbes),
                        ::testing::ElementsAre(::testing::Pair(Rest::kMoving, kProbes)));
          },
          processors);
    }
  }
}

// Segments that wait for one another, between ends that the kernel lists in different tables.
TEST_P(RestOf, SmallSegments) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("mapped_address", {"3000"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "3000\n");
  });
}

// Nobody runs and no packet is there, but the kernel will try again, and succeed.
TEST_P(RestOf, ConnectionsThatWaitForRoom) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("crowd");
    run.RunToRest(Rest::kBlocked);
    ASSERT_TRUE(run.tracer().Signal(run.tracer().process(0), SIGUSR1).has_value());
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "4\n");
  });
}

// Processor time that hundreds of probes take, of one that runs among so many that sleep.
std::clock_t CostOfProbes(const std::string& sleepers) {
  constexpr int kProbes = 300;
  TracedRun run;
  run.StartTracee("token_ring", {"pipe", sleepers, "0"});
  run.RunToRest(Rest::kBlocked);
  run.StartTracee("spin");
  const std::clock_t begin = std::clock();
  EXPECT_THAT(run.Watch(kProbes), ::testing::ElementsAre(::testing::Pair(Rest::kMoving, kProbes)));
  return std::clock() - begin;
}

// Where others have the processors it is asked again and again, and that is not to take the time
// that it needs itself.
TEST_P(RestOf, OneThatRunsAmongManyIsAskedAlone) {
  Supervised([] {
    const std::clock_t alone = CostOfProbes("2");
    EXPECT_LT(CostOfProbes("60"), 10 * alone);
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
