// SPDX-License-Identifier: MIT
#include "report/story_repeats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::report {
namespace {

using Lines = std::vector<std::string>;

TEST(WithoutRepeats, TellsALineThatComesOftenOnce) {
  EXPECT_EQ(WithoutRepeats({"a", "b", "b", "b", "b", "c"}),
            (Lines{"a", "b", "    (the line above, 4 times)", "c"}));
}

TEST(WithoutRepeats, TellsABlockOnce) {
  EXPECT_EQ(WithoutRepeats({"w", "r", "w", "r", "w", "r", "end"}),
            (Lines{"w", "r", "    (the 2 lines above, 3 times)", "end"}));
}

TEST(WithoutRepeats, LeavesPairsAndDifferentLines) {
  const Lines lines{"a", "a", "b", "a", "b"};
  EXPECT_EQ(WithoutRepeats(lines), lines);
  EXPECT_EQ(WithoutRepeats({}), Lines{});
}

TEST(WithoutRepeats, ALoopOfManyTurnsIsAFewLines) {
  Lines lines;
  for (int i = 0; i < 1000; ++i) lines.insert(lines.end(), {"poll", "read", "write"});
  EXPECT_EQ(WithoutRepeats(lines).size(), 4u);
}

}  // namespace
}  // namespace plumbline::report
