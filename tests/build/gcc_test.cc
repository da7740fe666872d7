// SPDX-License-Identifier: MIT
// C and C++ with GCC, right and wrong.
#include "tests/build/harness.h"

namespace plumbline::build {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using GccTest = BuildTest;

TEST_F(GccTest, BuildsOneFile) {
  const auto report = Build(RequestOf("c", {{"main.c", kEmptyMain}}));
  ASSERT_OK(report);
  ASSERT_TRUE(report->ok) << Words(*report);
  EXPECT_FALSE(report->cached);
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
  EXPECT_EQ(report->diagnostics[0].column, 10);
  EXPECT_THAT(report->artifact.programs, IsEmpty());
}

TEST_F(GccTest, ShowsWarningsOfWhatBuilds) {
  const auto report = Build(RequestOf("c", {{"main.c", "int main(void) {\n  int unused;\n}\n"}}));
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok) << Words(*report);
  EXPECT_THAT(report->diagnostics,
              ElementsAre(IsDiagnostic("warning", "main.c", 2, "[-Wunused-variable]")));
}

TEST_F(GccTest, KnowsWhatC17AndGnuHave) {
  const auto report = Build(RequestOf("c", {{"main.c",
                                             "#include <math.h>\n"
                                             "#include <pthread.h>\n"
                                             "#include <stdlib.h>\n"
                                             "static void *run(void *p) { return p; }\n"
                                             "int main(int argc, char **argv) {\n"
                                             "  pthread_t thread;\n"
                                             "  __typeof__(argc) n = argc;\n"
                                             "  pthread_create(&thread, NULL, run, NULL);\n"
                                             "  return (int)sqrt(atof(argv[n - 1]));\n"
                                             "}\n"}}));
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok) << Words(*report);
  EXPECT_THAT(report->diagnostics, IsEmpty());
}

TEST_F(GccTest, BuildsCxx20) {
  const auto report =
      Build(RequestOf("cpp", {{"main.cc",
                               "#include <concepts>\n"
                               "#include <iostream>\n"
                               "template <std::integral T> T Twice(T x) { return 2 * x; }\n"
                               "int main() { std::cout << Twice(21); }\n"}}));
  ASSERT_OK(report);
  ASSERT_TRUE(report->ok) << Words(*report);
  EXPECT_EQ(report->command,
            "g++ -std=gnu++20 -g -O1 -Wall -Wextra -pthread -o pipe-chain main.cc -lm");
  EXPECT_TRUE(BytesOf(*report).starts_with("\177ELF"));
}

TEST_F(GccTest, SaysWhereACxxMistakeIs) {
  const auto report =
      Build(RequestOf("cpp", {{"main.cpp", "#include <string>\nstd::string s = nothing;\n"}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, Contains(IsDiagnostic("error", "main.cpp", 2, "nothing")));
}

TEST_F(GccTest, LinksAllSourcesAndFindsHeadersInFolders) {
  const auto report = Build(
      RequestOf("c", {{"include/deep/pipes.h", "int Twice(int);\n"},
                      {"src/pipes.c", "#include \"pipes.h\"\nint Twice(int x) { return 2 * x; }\n"},
                      {"src/main.c",
                       "#include \"../include/deep/pipes.h\"\n"
                       "#include \"include/deep/pipes.h\"\n"
                       "int main(void) { return Twice(0); }\n"}}));
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok) << Words(*report);
  EXPECT_THAT(report->command, HasSubstr("-iquote . -iquote include/deep -o pipe-chain "
                                         "src/main.c src/pipes.c"));
}

TEST_F(GccTest, AHeaderInAFolderDoesNotHideTheSystems) {
  const auto report = Build(RequestOf("c", {{"mine/string.h", "#error mine\n"},
                                            {"main.c",
                                             "#include <string.h>\n"
                                             "int main(void) { return (int)strlen(\"\"); }\n"}}));
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok) << Words(*report);
}

TEST_F(GccTest, MistakesInHeadersAreTheHeaders) {
  const auto report =
      Build(RequestOf("c", {{"lib/bad.h", "\nint f(;\n"}, {"main.c", "#include \"lib/bad.h\"\n"}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, Contains(IsDiagnostic("error", "lib/bad.h", 2, "expected")));
}

TEST_F(GccTest, LocatesWhatTheLinkerMisses) {
  const auto report = Build(RequestOf(
      "c", {{"src/main.c", "int Missing(void);\nint main(void) {\n  return Missing();\n}\n"}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, ElementsAre(IsDiagnostic("error", "src/main.c", 3,
                                                            "undefined reference to `Missing'")));
}

TEST_F(GccTest, SaysThatThereIsNoMain) {
  const auto report = Build(RequestOf("c", {{"main.c", "int mian(void) { return 0; }\n"}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics,
              ElementsAre(IsDiagnostic("error", "", 0, "undefined reference to `main'")));
}

TEST_F(GccTest, SaysWhereMainIsTwice) {
  const auto report = Build(RequestOf("c", {{"a.c", kEmptyMain}, {"b.c", kEmptyMain}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics,
              ElementsAre(IsDiagnostic(
                  "error", "b.c", 1, "multiple definition of `main'; a.c:1: first defined here")));
}

TEST_F(GccTest, BuildsEachProgramOfItsGlobs) {
  Request request =
      RequestOf("c", {{"server.c", "int Common(void);\nint main(void) { return Common(); }\n"},
                      {"client.c", kEmptyMain},
                      {"common.c", "int Common(void) {\n  int w;\n  return 0;\n}\n"}});
  request.programs = {{"server", {"server*", "common*"}}, {"client", {"client*", "common*"}}};
  const auto report = Build(request);
  ASSERT_OK(report);
  ASSERT_TRUE(report->ok) << Words(*report);
  EXPECT_EQ(report->artifact.programs.size(), 2);
  EXPECT_THAT(report->artifact.programs.at("client").command, ElementsAre("/program/client"));
  EXPECT_NE(report->artifact.programs.at("server").files[0].content,
            report->artifact.programs.at("client").files[0].content);
  EXPECT_THAT(report->command, HasSubstr(" && "));
  // Said once, though compiled twice.
  EXPECT_THAT(report->diagnostics, ElementsAre(IsDiagnostic("warning", "common.c", 2, "unused")));
}

TEST_F(GccTest, NamesTheProgramThatHasNoSources) {
  Request request = RequestOf("c", {{"server.c", kEmptyMain}});
  request.programs = {{"server", {"server*"}}, {"client", {"client*", "peer/*"}}};
  const auto report = Build(request);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(
      report->diagnostics,
      ElementsAre(IsDiagnostic("error", "", 0,
                               "no source file of program 'client': looked for client*, peer/*")));
  EXPECT_THAT(report->artifact.programs, IsEmpty());
}

TEST_F(GccTest, TakesNamesThatLookLikeOptions) {
  const auto report = Build(RequestOf("c", {{"-o.c", kEmptyMain},
                                            {"@main.c", "int a;\n"},
                                            {"it's a file.c", "int b;\n"},
                                            {"$(id).c", "int c\n;"}}));
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok) << Words(*report);
  EXPECT_THAT(report->command, HasSubstr("'./$(id).c' ./-o.c ./@main.c 'it'\\''s a file.c'"));
}

TEST_F(GccTest, DebugNamesAreRelativeToTheSubmission) {
  const auto report = Build(RequestOf(
      "c", {{"main.c", "int puts(const char *);\nint main(void) { return puts(__FILE__); }\n"}}));
  ASSERT_OK(report);
  const std::string program = BytesOf(*report);
  EXPECT_THAT(program, HasSubstr(std::string("\0main.c\0", 8)));
  EXPECT_THAT(program, Not(HasSubstr("/program")));
  EXPECT_THAT(program, HasSubstr(".debug_line"));
}

TEST_F(GccTest, TheSameSourcesAreTheSameProgram) {
  const Request request = RequestOf(
      "cpp", {{"main.cc", "#include <cstdio>\nint main() { std::puts(__DATE__ __TIME__); }\n"}});
  const auto first = Build(request);
  const auto second = Build(request);
  ASSERT_OK(first);
  ASSERT_OK(second);
  ASSERT_TRUE(first->ok) << Words(*first);
  EXPECT_FALSE(second->cached);
  EXPECT_EQ(first->artifact.hash, second->artifact.hash);
  EXPECT_EQ(BytesOf(*first), BytesOf(*second));
}

TEST_F(GccTest, AnotherSourceIsAnotherArtifact) {
  const auto first = Build(RequestOf("c", {{"main.c", "int main(void) { return 0; }"}}));
  const auto second = Build(RequestOf("c", {{"main.c", "int main(void) { return 1; }"}}));
  ASSERT_OK(first);
  ASSERT_OK(second);
  EXPECT_NE(first->artifact.hash, second->artifact.hash);
}

TEST(BuildRequestTest, RefusesWhatNobodyCanBuild) {
  EXPECT_FALSE(Build(RequestOf("cobol", {{"main.cob", ""}})));
  Request request = RequestOf("c", {{"main.c", kEmptyMain}});
  request.programs = {};
  EXPECT_FALSE(Build(request));
  for (const char* name : {"", "-o", "../main", ".hidden", "a b", "a/b"}) {
    request.programs = {{name, {}}};
    EXPECT_FALSE(Build(request)) << name;
  }
}

}  // namespace
}  // namespace plumbline::build
