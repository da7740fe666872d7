// SPDX-License-Identifier: MIT
#include "spec/waivers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::spec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> CodesOf(const std::string& text) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : ReadWaivers(text, "mutants.yaml").diagnostics)
    codes.push_back(diagnostic.code);
  return codes;
}

TEST(Waivers, NameAMutantAndAReason) {
  const auto result = ReadWaivers(
      "- {solution: c, mutant: 'close(3)@main.c:9=skip', reason: It ends at once.}\n"
      "- {solution: py-fork, mutant: 'kill@main.py:2=twice', reason: Twice is as good.}\n",
      "mutants.yaml");
  EXPECT_THAT(result.diagnostics, IsEmpty());
  ASSERT_EQ(result.waivers.size(), 2U);
  EXPECT_EQ(result.waivers[0].solution, "c");
  EXPECT_EQ(result.waivers[0].mutant, "close(3)@main.c:9=skip");
  EXPECT_EQ(result.waivers[0].reason, "It ends at once.");
  EXPECT_EQ(result.waivers[1].mark.line, 2);
}

TEST(Waivers, AreNoneWithoutAFile) {
  const auto result = LoadWaivers("/nowhere/mutants.yaml");
  EXPECT_TRUE(result.ok());
  EXPECT_THAT(result.waivers, IsEmpty());
}

TEST(Waivers, AreWellFormed) {
  EXPECT_THAT(CodesOf("- {solution: c, mutant: 'close@main.c:9=skip'}\n"),
              ElementsAre("missing-key"));
  EXPECT_THAT(CodesOf("- {solution: c, mutant: x, reason: y, because: z}\n"),
              ElementsAre("unknown-key"));
  EXPECT_THAT(CodesOf("solution: c\n"), ElementsAre("wrong-type"));
}

}  // namespace
}  // namespace plumbline::spec
