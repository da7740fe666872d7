// SPDX-License-Identifier: MIT
#include "tests/build/harness.h"

namespace plumbline::build {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using MakeTest = BuildTest;

Request RequestWith(const std::string& makefile, std::vector<SourceFile> files = {}) {
  files.push_back({"Makefile", makefile});
  if (files.size() == 1) files.push_back({"main.c", kEmptyMain});
  return RequestOf("c", std::move(files));
}

TEST_F(MakeTest, TakesTheProgramThatTheExerciseNames) {
  const auto report = Build(RequestWith("pipe-chain: main.c\n\t$(CC) -o $@ $<\n"));
  ASSERT_OK(report);
  ASSERT_TRUE(report->ok) << Words(*report);
  EXPECT_EQ(report->command, "make");
  EXPECT_THAT(report->artifact.programs.at("pipe-chain").command,
              ElementsAre("/program/pipe-chain"));
  EXPECT_TRUE(BytesOf(*report).starts_with("\177ELF"));
  EXPECT_THAT(report->log, HasSubstr("cc -o pipe-chain main.c"));
}

TEST_F(MakeTest, TakesEachProgram) {
  Request request = RequestWith("all: server client\nserver: server.c\nclient: client.c\n",
                                {{"server.c", kEmptyMain}, {"client.c", kEmptyMain}});
  request.programs = {{"server", {"server*"}}, {"client", {"client*"}}};
  const auto report = Build(request);
  ASSERT_OK(report);
  ASSERT_TRUE(report->ok) << Words(*report);
  EXPECT_EQ(report->artifact.programs.size(), 2);
}

TEST_F(MakeTest, ALanguageIsNoMatter) {
  Request request =
      RequestWith("pipe-chain: main.o\n\t$(CXX) -o $@ $^\n", {{"main.cc", "int main() {}\n"}});
  request.language = "cpp";
  const auto report = Build(request);
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok) << Words(*report);
}

TEST_F(MakeTest, AProgramOfAnotherNameIsNone) {
  const auto report = Build(RequestWith("main: main.c\n"));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics,
              ElementsAre(IsDiagnostic("error", "", 0, "made no program 'pipe-chain'")));
}

TEST_F(MakeTest, WhatIsNoFileIsNoProgram) {
  for (const char* command : {"mkfifo pipe-chain", "mkdir pipe-chain", "ln -s /dev/zero pipe-chain",
                              "ln -s nothing pipe-chain"}) {
    const auto report = Build(RequestWith(std::string("all:\n\t") + command + "\n"));
    ASSERT_OK(report);
    EXPECT_FALSE(report->ok) << command;
    EXPECT_THAT(report->diagnostics, Contains(IsDiagnostic("error", "", 0, "made no program")))
        << command;
  }
}

TEST_F(MakeTest, SaysThatATargetIsMissing) {
  const auto report = Build(RequestWith("pipe-chain: other.c\n\t$(CC) -o $@ $<\n"));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics,
              ElementsAre(IsDiagnostic(
                  "error", "", 0, "No rule to make target 'other.c', needed by 'pipe-chain'")));
}

TEST_F(MakeTest, SaysWhereTheMakefileIsWrong) {
  const auto report = Build(RequestWith("pipe-chain: main.c\n    cc -o pipe-chain main.c\n"));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics,
              ElementsAre(IsDiagnostic("error", "Makefile", 2, "missing separator")));
}

TEST_F(MakeTest, SaysWhereTheMistakeIsAlsoInAFolder) {
  const auto report = Build(RequestWith(
      "all:\n\t$(MAKE) -C src\n", {{"src/Makefile", "../pipe-chain: main.c\n\tcc -o $@ main.c\n"},
                                   {"src/main.c", "int main(void) {\n  return x;\n}\n"}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, Contains(IsDiagnostic("error", "src/main.c", 2, "undeclared")));
}

// make's own "Error 127" says nothing: the log has the reason.
TEST_F(MakeTest, ShowsWhatACommandSaid) {
  const auto report = Build(RequestWith("all:\n\tno-such-command\n"));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, IsEmpty());
  EXPECT_THAT(report->log, HasSubstr("no-such-command: No such file"));
}

TEST_F(MakeTest, ProgramsKnowTheirLinesWhateverTheMakefileSays) {
  const auto report = Build(RequestWith("pipe-chain: main.c\n\tgcc -O2 -o $@ $<\n"));
  ASSERT_OK(report);
  ASSERT_TRUE(report->ok) << Words(*report);
  EXPECT_THAT(BytesOf(*report), HasSubstr(".debug_line"));
  EXPECT_THAT(BytesOf(*report), Not(HasSubstr("/lab")));
}

TEST_F(MakeTest, IsNotForInterpretedLanguages) {
  Request request = RequestWith("all:\n\tfalse\n", {{"main.py", "print()\n"}});
  request.language = "py";
  const auto report = Build(request);
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok) << Words(*report);
}

}  // namespace
}  // namespace plumbline::build
