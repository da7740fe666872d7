// SPDX-License-Identifier: MIT
// Python and Bash.
#include "tests/build/harness.h"

namespace plumbline::build {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using PythonTest = BuildTest;
using BashTest = BuildTest;

std::string Nested(const std::string& open, const std::string& close, int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += open;
  for (int i = 0; i < depth; ++i) text += close;
  return text;
}

TEST_F(PythonTest, RunsTheSystemsPython) {
  const auto report = Build(RequestOf("py", {{"main.py", "import words\n"}, {"words.py", ""}}));
  ASSERT_OK(report);
  ASSERT_TRUE(report->ok) << Words(*report);
  EXPECT_EQ(report->command, "python3 -m py_compile main.py words.py");
  const Runnable& program = report->artifact.programs.at("pipe-chain");
  EXPECT_THAT(program.command, ElementsAre("/usr/bin/python3", "/program/main.py"));
  EXPECT_THAT(program.files, SizeIs(2));
  EXPECT_EQ(program.files[0].content, "import words\n");
}

TEST_F(PythonTest, SaysWhereTheMistakeIs) {
  const auto report =
      Build(RequestOf("py", {{"main.py", "x = 1\n"}, {"lib/a.py", "def f():\n    return )\n"}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics,
              ElementsAre(IsDiagnostic("error", "lib/a.py", 2, "unmatched ')'")));
  EXPECT_EQ(report->diagnostics[0].column, 12);
}

TEST_F(PythonTest, ReportsEachFile) {
  const auto report =
      Build(RequestOf("py", {{"main.py", "if True:\npass\n"}, {"a.py", "x = = 1\n"}}));
  ASSERT_OK(report);
  EXPECT_THAT(report->diagnostics,
              ElementsAre(IsDiagnostic("error", "a.py", 1, "invalid syntax"),
                          IsDiagnostic("error", "main.py", 2, "indented block")));
}

TEST_F(PythonTest, ShowsWarnings) {
  const auto report = Build(RequestOf("py", {{"main.py", "x = 1\nprint(x is 1)\n"}}));
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok);
  EXPECT_THAT(report->diagnostics,
              ElementsAre(IsDiagnostic("warning", "main.py", 2, "\"is\" with a literal")));
}

TEST_F(PythonTest, RunsNothingOfTheStudents) {
  const auto report =
      Build(RequestOf("py", {{"main.py", "import sys\nsys.exit('ran')\n"},
                             {"warnings.py", "raise SystemExit('imported')\n"},
                             {"sitecustomize.py", "raise SystemExit('imported')\n"}}));
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok) << Words(*report);
  EXPECT_EQ(report->log, "");
}

TEST_F(PythonTest, WhatTheParserCannotBearIsAFailure) {
  const std::string sources[] = {std::string("x = 1\0", 6), "x = " + Nested("(", ")", 5000) + "\n",
                                 Nested("-", "", 200000) + "1\n", "# -*- coding: nonsense -*-\n",
                                 "x = '\xff'\n"};
  for (const std::string& source : sources) {
    const auto report = Build(RequestOf("py", {{"main.py", source}}));
    ASSERT_OK(report);
    EXPECT_FALSE(report->ok) << source.substr(0, 40);
    EXPECT_FALSE(report->diagnostics.empty()) << Words(*report);
  }
}

TEST_F(PythonTest, FindsTheMainFileOfEachProgram) {
  Request request =
      RequestOf("py", {{"server.py", ""}, {"server_words.py", ""}, {"client/main.py", ""}});
  request.programs = {{"server", {"server*"}}, {"client", {"client*"}}};
  const auto report = Build(request);
  ASSERT_OK(report);
  ASSERT_TRUE(report->ok) << Words(*report);
  EXPECT_EQ(report->artifact.programs.at("server").command[1], "/program/server.py");
  EXPECT_EQ(report->artifact.programs.at("client").command[1], "/program/client/main.py");
}

TEST_F(PythonTest, AsksWhichFileIsTheProgram) {
  const auto report = Build(RequestOf("py", {{"one.py", ""}, {"two.py", ""}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics,
              Contains(IsDiagnostic("error", "", 0, "Call it pipe-chain.py or main.py")));
}

TEST_F(BashTest, RunsTheScriptWithBash) {
  const auto report =
      Build(RequestOf("sh", {{"main.sh", "cat \"$1\" | sort | wc -l > carta.txt\n"}}));
  ASSERT_OK(report);
  ASSERT_TRUE(report->ok) << Words(*report);
  EXPECT_EQ(report->command, "bash -n main.sh");
  EXPECT_THAT(report->artifact.programs.at("pipe-chain").command,
              ElementsAre("/usr/bin/bash", "/program/main.sh"));
  EXPECT_THAT(report->diagnostics, IsEmpty());
}

TEST_F(BashTest, SaysWhereTheMistakeIs) {
  const auto report = Build(RequestOf("sh", {{"main.sh", "echo\nif true; then\n  fi fi\n"}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics,
              ElementsAre(IsDiagnostic("error", "main.sh", 3, "syntax error")));
}

TEST_F(BashTest, ChecksEachFileAndShowsWarnings) {
  const auto report = Build(RequestOf("sh", {{"a.sh", "cat <<END\n"}, {"main.sh", "done\n"}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_EQ(report->command, "bash -n a.sh && bash -n main.sh");
  EXPECT_THAT(report->diagnostics,
              ElementsAre(IsDiagnostic("warning", "a.sh", 1, "here-document"),
                          IsDiagnostic("error", "main.sh", 1, "syntax error")));
}

TEST_F(BashTest, RunsNothingOfTheStudents) {
  const auto report = Build(RequestOf("sh", {{"main.sh", "echo ran\n"}}));
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok);
  EXPECT_EQ(report->log, "");
}

TEST_F(BashTest, TakesAScriptWithoutAnEnding) {
  const auto report = Build(RequestOf("sh", {{"pipe-chain", "#!/bin/bash\ntrue\n", true}}));
  ASSERT_OK(report);
  ASSERT_TRUE(report->ok) << Words(*report);
  EXPECT_EQ(report->artifact.programs.at("pipe-chain").command[1], "/program/pipe-chain");
}

}  // namespace
}  // namespace plumbline::build
