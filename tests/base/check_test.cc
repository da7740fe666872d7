// SPDX-License-Identifier: MIT
#include "base/check.h"

#include <gtest/gtest.h>

namespace plumbline {
namespace {

TEST(Check, LetsTheTruthPass) {
  int evaluated = 0;
  CHECK(++evaluated == 1);
  EXPECT_EQ(evaluated, 1);
}

TEST(CheckDeathTest, EndsTheProcessAndSaysWhere) {
  EXPECT_EXIT(CHECK(1 + 1 == 3), testing::KilledBySignal(SIGABRT),
              "check_test.cc:[0-9]+: invariant broken: 1 \\+ 1 == 3");
}

}  // namespace
}  // namespace plumbline
