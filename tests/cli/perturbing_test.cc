// SPDX-License-Identifier: MIT
// Which scenarios that an exercise does not perturb itself are run plainly instead.
#include "cli/perturbing.h"

#include <gtest/gtest.h>

namespace plumbline::cli {
namespace {

record::Recording InTurns(record::Outcome outcome, uint64_t calls) {
  record::Recording recording;
  recording.outcome = outcome;
  recording.machine.calls = calls;
  return recording;
}

TEST(TooDear, IsWhatMakesManyCalls) {
  EXPECT_FALSE(IsTooDearToPerturb(InTurns(record::Outcome::kExited, kMostCallsInTurns)));
  EXPECT_TRUE(IsTooDearToPerturb(InTurns(record::Outcome::kExited, kMostCallsInTurns + 1)));
}

// In turns it takes longer than by itself: it may be a right program, and is judged by its plain
// run.
TEST(TooDear, IsWhatUsesUpTheProcessorTime) {
  EXPECT_TRUE(IsTooDearToPerturb(InTurns(record::Outcome::kProcessorLimit, 10)));
  EXPECT_FALSE(IsTooDearToPerturb(InTurns(record::Outcome::kVirtualLimit, 10)));
  EXPECT_FALSE(IsTooDearToPerturb(InTurns(record::Outcome::kDeadlocked, 10)));
}

}  // namespace
}  // namespace plumbline::cli
