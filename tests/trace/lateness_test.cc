// SPDX-License-Identifier: MIT
// A tracer that is late by chance: what it tells is as true.
#include "trace/lateness.h"

#include <chrono>
#include <string>

#include "tests/trace/harness.h"

namespace plumbline::trace::testing {
namespace {

using Late = TraceTest;
FOR_EACH_ACCOUNT(Late);

TEST_P(Late, LosesNothing) {
  Supervised([] {
    TracedRun run;
    run.tracer().TakeStopsLate();
    run.StartTracee("token_ring", {"pipe", "6", "20"});
    run.RunToEnd();
    EXPECT_GT(run.tracer().napped(), Duration::zero());
    EXPECT_EQ(run.recording().processes.size(), 6u);
    EXPECT_EQ(run.All<record::Exited>().size(), 6u);
  });
}

// Of tasks that are none: to let them go does nothing.
constexpr HostPid kNobody{0};

TEST(Lateness, HoldsBackOneOfEightAndLetsItGo) {
  Lateness lateness;
  int held_back = 0;
  for (int i = 0; i < 8000; ++i)
    held_back += lateness.HoldsBack(kNobody, Until::kNextStop, 0) ? 1 : 0;
  EXPECT_GT(held_back, 500);
  EXPECT_LT(held_back, 1500);
  EXPECT_EQ(lateness.napped(), Duration::zero());
  while (lateness.napped() == Duration::zero()) lateness.LetGo();
}

TEST(Lateness, ForgetsWhoWasKilled) {
  Lateness lateness;
  while (!lateness.HoldsBack(kNobody, Until::kNextStop, 0)) {
  }
  lateness.Forget(kNobody);
  const auto longest = std::chrono::steady_clock::now() + std::chrono::milliseconds(25);
  while (std::chrono::steady_clock::now() < longest) lateness.LetGo();
  EXPECT_EQ(lateness.napped(), Duration::zero());
}

}  // namespace
}  // namespace plumbline::trace::testing
