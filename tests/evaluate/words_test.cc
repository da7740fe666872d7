// SPDX-License-Identifier: MIT
#include "evaluate/words.h"

#include "tests/support/judging.h"

namespace plumbline::evaluate {
namespace {

using spec::Range;
using testing::Said;

TEST(Words, TellARange) {
  EXPECT_EQ(Said(NumberInWords({3, 3})), "3");
  EXPECT_EQ(Said(NumberInWords({0, 0})), "0");
  EXPECT_EQ(Said(NumberInWords({2, {}})), "at least 2");
  EXPECT_EQ(Said(NumberInWords({0, 4})), "at most 4");
  EXPECT_EQ(Said(NumberInWords({1, 3})), "1 to 3");
}

TEST(Words, TellThatThereShouldBeNone) {
  EXPECT_EQ(Said(CountInWords({0, 0})), "none");
  EXPECT_EQ(Said(CountInWords({0, 1})), "at most 1");
  EXPECT_EQ(Said(CountInWords({1, 1})), "1");
}

TEST(Words, TellSizesWithTheirUnits) {
  EXPECT_EQ(Said(SizeInWords({64 << 10, {}})), "at least 64 KiB");
  EXPECT_EQ(Said(SizeInWords({0, 1})), "at most 1 B");
}

TEST(Words, TellAlternatives) {
  EXPECT_EQ(Said(Either({Msg("a")})), "a");
  EXPECT_EQ(Said(Either({Msg("a"), Msg("b"), Msg("c")})), "a or b or c");
}

}  // namespace
}  // namespace plumbline::evaluate
