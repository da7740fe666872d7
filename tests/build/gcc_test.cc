// SPDX-License-Identifier: MIT
#include "tests/build/harness.h"

namespace plumbline::build {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using GccTest = BuildTest;

TEST_F(GccTest, BuildsOneFile) {
  const auto report = Build(RequestOf("c", {{"main.c", "int main(void) { return 0; }\n"}}));
  ASSERT_OK(report);
  ASSERT_TRUE(report->ok) << Words(*report);
  EXPECT_THAT(report->diagnostics, IsEmpty());
  EXPECT_EQ(report->log, "");
  EXPECT_EQ(report->command,
            "gcc -std=gnu17 -g -O1 -Wall -Wextra -pthread -o pipe-chain main.c -lm");
  const Runnable& program = report->artifact.programs.at("pipe-chain");
  EXPECT_THAT(program.command, ElementsAre("/program/pipe-chain"));
  ASSERT_EQ(program.files.size(), 1);
  EXPECT_EQ(program.files[0].path, "pipe-chain");
  EXPECT_TRUE(program.files[0].executable);
  EXPECT_TRUE(program.files[0].content.starts_with("\177ELF"));
}

TEST_F(GccTest, SaysWhereTheMistakeIs) {
  const auto report = Build(RequestOf("c", {{"main.c", "int main(void) {\n  return x;\n}\n"}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, Contains(IsDiagnostic("error", "main.c", 2, "undeclared")));
  EXPECT_THAT(report->artifact.programs, IsEmpty());
}

}  // namespace
}  // namespace plumbline::build
