// SPDX-License-Identifier: MIT
#include "cli/isolation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::cli {
namespace {

using sandbox::Rung;
using ::testing::HasSubstr;

TEST(Isolation, AutoIsTheBestThereIs) {
  EXPECT_EQ(ChooseRung("auto", "", Rung::kA), Rung::kA);
  EXPECT_EQ(ChooseRung("auto", "B", Rung::kB), Rung::kB);
}

TEST(Isolation, ALowerRungCanBeAskedFor) { EXPECT_EQ(ChooseRung("C", "", Rung::kA), Rung::kC); }

TEST(Isolation, AHigherOneThanThereIsFails) {
  const auto rung = ChooseRung("A", "", Rung::kB);
  ASSERT_FALSE(rung);
  EXPECT_EQ(rung.error().status, 3);
  EXPECT_THAT(rung.error().text, HasSubstr("doctor"));
}

TEST(Isolation, UnsafeIsForThoseWhoSaySo) {
  const auto rung = ChooseRung("auto", "", Rung::kUnsafe);
  ASSERT_FALSE(rung);
  EXPECT_THAT(rung.error().text, HasSubstr("--isolation unsafe"));
  EXPECT_EQ(ChooseRung("unsafe", "", Rung::kUnsafe), Rung::kUnsafe);
  EXPECT_EQ(ChooseRung("unsafe", "", Rung::kA), Rung::kUnsafe);
}

TEST(Isolation, AnExerciseMayRequireARung) {
  const auto rung = ChooseRung("auto", "B", Rung::kC);
  ASSERT_FALSE(rung);
  EXPECT_EQ(rung.error().status, 3);
  EXPECT_THAT(rung.error().text, HasSubstr("needs isolation B"));
  EXPECT_FALSE(ChooseRung("C", "A", Rung::kA));
}

}  // namespace
}  // namespace plumbline::cli
