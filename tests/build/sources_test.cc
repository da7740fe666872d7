// SPDX-License-Identifier: MIT
// Which language a submission is in, which files are a program's, what the machine must have.
#include "build/sources.h"

#include "build/tools.h"
#include "tests/build/harness.h"

namespace plumbline::build {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<std::string> kAll{"c", "cpp", "py", "sh"};

Submission Files(const std::vector<std::string>& paths) {
  std::vector<SourceFile> files;
  files.reserve(paths.size());
  for (const std::string& path : paths) files.push_back({path, ""});
  return SubmissionOf(std::move(files));
}

// The language, or "none".
std::string Found(const Submission& submission, const std::vector<std::string>& allowed,
                  const std::string& wanted) {
  return LanguageOf(submission, allowed, wanted).value_or("none");
}

TEST(LanguageOfTest, GoesByTheEnding) {
  EXPECT_EQ(Found(Files({"main.c", "main.h"}), kAll, ""), "c");
  for (const char* name : {"a.cc", "a.cpp", "a.cxx", "a.c++", "a.C"})
    EXPECT_EQ(Found(Files({name}), kAll, ""), "cpp") << name;
  EXPECT_EQ(Found(Files({"src/main.py", "words.txt"}), kAll, ""), "py");
  EXPECT_EQ(Found(Files({"main.bash"}), kAll, ""), "sh");
}

TEST(LanguageOfTest, GoesByTheFirstLineWhereThereIsNoEnding) {
  const auto language = [](const std::string& line) {
    return Found(SubmissionOf({{"script", line}}), kAll, "");
  };
  EXPECT_EQ(language("#!/usr/bin/env python3\nprint()\n"), "py");
  EXPECT_EQ(language("#!/bin/bash -e\n"), "sh");
  EXPECT_EQ(language("#!/bin/sh"), "sh");
  EXPECT_EQ(language("#!/usr/bin/perl\npython\n"), "none");
  EXPECT_EQ(language("python\n"), "none");
}

TEST(LanguageOfTest, LooksAtAllowedLanguagesOnly) {
  const Submission submission = Files({"pipes.c", "try.sh"});
  EXPECT_EQ(Found(submission, {"c", "cpp"}, ""), "c");
  EXPECT_EQ(Found(submission, {"py", "sh"}, ""), "sh");
}

TEST(LanguageOfTest, SaysWhatItLookedFor) {
  const auto language = LanguageOf(Files({"main.rs"}), {"c", "py"}, "");
  ASSERT_FALSE(language.has_value());
  EXPECT_EQ(language.error().message, "no source file was found");
  EXPECT_EQ(language.error().hint, "looked for *.c, *.py");
}

TEST(LanguageOfTest, TheUsersChoiceCounts) {
  const Submission submission = Files({"main.c", "main.py"});
  EXPECT_EQ(Found(submission, kAll, "py"), "py");
  EXPECT_EQ(Found(submission, kAll, "sh"), "none");
}

TEST(LanguageOfTest, AScriptBesideTheProgramIsNoMatter) {
  EXPECT_EQ(Found(Files({"main.c", "try.sh", "words.py"}), kAll, ""), "c");
}

TEST(LanguageOfTest, AsksWhereItCannotKnow) {
  const auto language = LanguageOf(Files({"pipes.c", "pipes.py"}), kAll, "");
  ASSERT_FALSE(language.has_value());
  EXPECT_THAT(language.error().message, HasSubstr("pipes.c (c), pipes.py (py)"));
  EXPECT_THAT(language.error().hint, HasSubstr("--language"));
  EXPECT_EQ(Found(Files({"main.c", "main.py"}), kAll, ""), "none");
}

TEST(LanguageOfTest, AMakefileSaysThatItIsCompiled) {
  EXPECT_EQ(Found(Files({"Makefile", "pipes.c", "try.sh"}), kAll, ""), "c");
  EXPECT_EQ(Found(Files({"GNUmakefile", "pipes.c", "more.cc", "try.sh"}), kAll, ""), "cpp");
  EXPECT_EQ(Found(Files({"makefile", "pipes.py"}), kAll, ""), "py");
  EXPECT_EQ(Found(Files({"src/Makefile", "pipes.c", "try.sh"}), kAll, ""), "none");
}

TEST(MatchesGlobTest, WithoutASlashMeansAnyName) {
  EXPECT_TRUE(MatchesGlob("server*", "server.c"));
  EXPECT_TRUE(MatchesGlob("server*", "src/server.c"));
  EXPECT_TRUE(MatchesGlob("server*", "server/main.c"));
  EXPECT_FALSE(MatchesGlob("server*", "client/my_server.c"));
  EXPECT_TRUE(MatchesGlob("[a-c]?.c", "b1.c"));
}

TEST(MatchesGlobTest, WithASlashMeansThePath) {
  EXPECT_TRUE(MatchesGlob("src/*.c", "src/a.c"));
  EXPECT_FALSE(MatchesGlob("src/*.c", "src/lib/a.c"));
  EXPECT_FALSE(MatchesGlob("src/*.c", "old/src/a.c"));
}

TEST(SourcesInTest, AreOfTheLanguageAndTheGlobs) {
  const Submission submission = Files({"client.c", "client.h", "client.py", "server.c"});
  EXPECT_THAT(SourcesIn(submission, "c", {}), ElementsAre("client.c", "server.c"));
  EXPECT_THAT(SourcesIn(submission, "c", {"client*", "common*"}), ElementsAre("client.c"));
}

TEST(MainFileOfTest, IsOfTheProgramsNameElseMainElseTheOnlyOne) {
  EXPECT_EQ(MainFileOf({"a/ring.py", "main.py", "ring.py"}, "ring"), "ring.py");
  EXPECT_EQ(MainFileOf({"a/main.py", "main.py", "other.py"}, "ring"), "main.py");
  EXPECT_EQ(MainFileOf({"other.py"}, "ring"), "other.py");
  EXPECT_EQ(MainFileOf({"one.py", "other.py"}, "ring"), std::nullopt);
  EXPECT_EQ(MainFileOf({}, "ring"), std::nullopt);
}

TEST(IdentifyToolsTest, SaysWhatToInstall) {
  constexpr Tool kTools[] = {{"/usr/bin/env", "coreutils"}, {"/usr/bin/no-such-compiler", "gcc"}};
  const auto identity = IdentifyTools(kTools);
  ASSERT_FALSE(identity.has_value());
  EXPECT_EQ(identity.error().message, "/usr/bin/no-such-compiler is missing on this machine");
  EXPECT_EQ(identity.error().hint, "install it: sudo apt-get install gcc");
}

TEST(IdentifyToolsTest, AnotherVersionIsAnotherIdentity) {
  const Folder folder;
  folder.Write("tool-1", "x");
  const std::string pattern = (folder.path() / "tool-*").string();
  const Tool tool{pattern.c_str(), "tool"};
  const auto first = IdentifyTools({&tool, 1});
  ASSERT_OK(first);
  EXPECT_EQ(*IdentifyTools({&tool, 1}), *first);
  folder.Write("tool-1", "xy");
  const auto second = IdentifyTools({&tool, 1});
  EXPECT_NE(*second, *first);
  folder.Write("tool-2", "x");
  EXPECT_NE(*IdentifyTools({&tool, 1}), *second);
}

}  // namespace
}  // namespace plumbline::build
