// SPDX-License-Identifier: MIT
#include "gradebook/marks.h"

#include <gtest/gtest.h>

namespace plumbline::gradebook {
namespace {

constexpr int64_t kDay = 24 * 3600;
using enum Policy::Attempts;

TEST(Mark, IsOfTheBestOrTheLastAttempt) {
  const std::vector<Attempt> attempts{{1, 10, 8, 10}, {2, 20, 5, 10}, {3, 30, std::nullopt, 10}};
  EXPECT_EQ(MarkOf({.attempts = kBest}, attempts, 0, {}).points, 8);
  EXPECT_EQ(MarkOf({.attempts = kBest}, attempts, 0, {}).attempt, 1);
  EXPECT_EQ(MarkOf({.attempts = kLast}, attempts, 0, {}).points, 5);
  EXPECT_FALSE(MarkOf({}, {{3, 30, std::nullopt, 10}}, 0, {}).points);
}

TEST(Mark, LosesForEachDayBegunAfterItIsDue) {
  const Policy policy{.attempts = kLast, .due = 0, .late_percent = 10};
  const auto at = [&](int64_t submitted, int64_t extra) {
    return *MarkOf(policy, {{1, submitted, 10, 10}}, extra, {}).points;
  };
  EXPECT_EQ(at(0, 0), 10);
  EXPECT_EQ(at(1, 0), 9);
  EXPECT_EQ(at(kDay, 0), 9);
  EXPECT_EQ(at(kDay + 1, 0), 8);
  EXPECT_EQ(at(kDay + 1, kDay), 9);
  EXPECT_EQ(at(kDay + 1, 2 * kDay), 10);
  EXPECT_EQ(at(100 * kDay, 0), 0);
}

TEST(Mark, CountsLatenessBeforeWhatIsBest) {
  const Policy policy{.attempts = kBest, .due = 0, .late_percent = 50};
  const Mark mark = MarkOf(policy, {{1, 0, 6, 10}, {2, 1, 10, 10}}, 0, {});
  EXPECT_EQ(mark.points, 6);
  EXPECT_EQ(mark.attempt, 1);
  EXPECT_EQ(mark.taken_off, 0);
}

TEST(Mark, IsAdjusted) {
  const Mark mark = MarkOf({}, {{1, 0, 6, 10}}, 0, {{1.5, "oral"}, {-3, "copied"}});
  EXPECT_EQ(mark.points, 4.5);
  EXPECT_EQ(mark.adjusted, -1.5);
  EXPECT_EQ(MarkOf({}, {}, 0, {{4, "on paper"}}).points, 4);
  EXPECT_EQ(MarkOf({}, {{1, 0, 2, 10}}, 0, {{-5, "copied"}}).points, 0);
}

}  // namespace
}  // namespace plumbline::gradebook
