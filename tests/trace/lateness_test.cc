// SPDX-License-Identifier: MIT
// A tracer that is late by chance: what it tells is as true.
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

}  // namespace
}  // namespace plumbline::trace::testing
