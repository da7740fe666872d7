// SPDX-License-Identifier: MIT
#include "record/mutation.h"

#include <gtest/gtest.h>

namespace plumbline::record {
namespace {

class WrittenMutation : public ::testing::TestWithParam<const char*> {};

TEST_P(WrittenMutation, IsReadAgain) {
  const auto mutation = ParseMutation(GetParam());
  ASSERT_TRUE(mutation) << mutation.error().message;
  EXPECT_EQ(ToString(*mutation), GetParam());
}

INSTANTIATE_TEST_SUITE_P(All, WrittenMutation,
                         ::testing::Values("survey", "close@main.c:31=skip",
                                           "close(reader)@main.c:31=skip",
                                           "dup2(0)@lib/a:b=c.py:1=swap"));

TEST(Mutation, HasItsParts) {
  const auto mutation = ParseMutation("dup2(10)@src/a@b.c:7=swap");
  ASSERT_TRUE(mutation);
  EXPECT_EQ(
      *mutation,
      (Mutation{.call = "dup2", .which = "10", .file = "src/a@b.c", .line = 7, .how = "swap"}));
}

class NoMutation : public ::testing::TestWithParam<const char*> {};

TEST_P(NoMutation, IsRefused) {
  const auto mutation = ParseMutation(GetParam());
  ASSERT_FALSE(mutation);
  EXPECT_EQ(mutation.error().hint, "write one as CALL@FILE:LINE=HOW or CALL(WHICH)@FILE:LINE=HOW");
}

INSTANTIATE_TEST_SUITE_P(All, NoMutation,
                         ::testing::Values("", "close", "close@main.c=skip", "close@main.c:0=skip",
                                           "close@main.c:x=skip", "close()@main.c:1=skip",
                                           "close(4@main.c:1=skip", "@main.c:1=skip",
                                           "close@:1=skip", "close@main.c:1=", "close:1=skip"));

}  // namespace
}  // namespace plumbline::record
