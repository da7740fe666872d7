// SPDX-License-Identifier: MIT
#include "spec/student_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::spec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> CodesOf(const std::string& text) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : ReadStudentFolder(text, kStudentFile).diagnostics)
    codes.push_back(diagnostic.code);
  return codes;
}

TEST(StudentFolders, SayWhichExerciseIsSolvedThere) {
  const auto read = ReadStudentFolder("exercise: pipe-chain\nlanguage: py\n", kStudentFile);
  EXPECT_THAT(read.diagnostics, IsEmpty());
  EXPECT_EQ(read.folder, (StudentFolder{.exercise = "pipe-chain", .language = "py"}));
  EXPECT_EQ(ReadStudentFolder("exercise: a\n", kStudentFile).folder.language, "");
}

TEST(StudentFolders, AreReadAsTheyWereWritten) {
  for (const std::string exercise : {"pipe-chain", "/a b/c: 'd' \"e\" # f", "/ò\\n", "true", "7"}) {
    for (const std::string language : {"", "c"}) {
      const StudentFolder folder{.exercise = exercise, .language = language};
      const auto read = ReadStudentFolder(Written(folder), kStudentFile);
      EXPECT_THAT(read.diagnostics, IsEmpty()) << Written(folder);
      EXPECT_EQ(read.folder, folder);
    }
  }
}

TEST(StudentFolders, AreWellFormed) {
  EXPECT_THAT(CodesOf("language: c\n"), ElementsAre("missing-key"));
  EXPECT_THAT(CodesOf("exercise: a\nteacher: me\n"), ElementsAre("unknown-key"));
  EXPECT_THAT(CodesOf("exercise: a\nlanguage: cobol\n"), ElementsAre("unknown-word"));
  EXPECT_THAT(CodesOf("exercise: [a]\n"), ElementsAre("wrong-type"));
  EXPECT_THAT(CodesOf("exercise: [a\n"), ElementsAre("yaml-syntax"));
}

}  // namespace
}  // namespace plumbline::spec
