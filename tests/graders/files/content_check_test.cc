// SPDX-License-Identifier: MIT
// Claims themselves: tests/evaluate/claims_test.cc.
#include "graders/files/content_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

Use Content(const std::string& path) {
  Use use(graders::files::Content());
  return use.With("path", path);
}

struct Program {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/main");
};

TEST(FilesContentCheck, JudgesTheText) {
  Program program;
  program.b.File("carta.txt", "3\n").Exit(program.submission);
  const auto recording = program.b.Build();
  EXPECT_EQ(Content("carta.txt").With("equals", "3\n").On(recording), "pass");
  EXPECT_EQ(Content("/lab/carta.txt").With("lines", Words{"3"}).On(recording), "pass");
  EXPECT_EQ(Content("carta.txt").With("matches", "\\d+\n").On(recording), "pass");
  Use content = Content("carta.txt");
  EXPECT_EQ(content.With("lines", Words{"4"}).On(recording), "wrong-text");
  EXPECT_THAT(content.told(), HasSubstr("carta.txt differs from what it should be"));
}

TEST(FilesContentCheck, LooksAtItsSnapshot) {
  Program program;
  program.b.File("log", "a").Snapshot("early").File("log", "ab");
  const auto recording = program.b.Build();
  EXPECT_EQ(Content("log").With("at", "early").With("equals", "a").On(recording), "pass");
  EXPECT_EQ(Content("log").With("equals", "ab").On(recording), "pass");
  EXPECT_EQ(Content("log").With("at", "late").With("equals", "a").On(recording), "not reached");
}

TEST(FilesContentCheck, FindsTheOneFileOfAPattern) {
  Program program;
  program.b.File("D/127.0.0.1-40000-x.log", "ps\n").File("D/other.txt", "");
  program.b.Connection("a");
  const auto recording = program.b.Build();
  EXPECT_EQ(Content("D/*.log").With("equals", "ps\n").On(recording), "pass");
  EXPECT_EQ(Content("D/{a.client.ip}-{a.client.port}-*.log").With("equals", "ps\n").On(recording),
            "pass");
}

TEST(FilesContentCheck, ReportsAMissingFileAndWhatIsThere) {
  Program program;
  program.b.File("Carta.txt", "3\n").Exit(program.submission, 1);
  Use content = Content("carta.txt");
  EXPECT_EQ(content.With("equals", "3\n").On(program.b.Build()), "missing-file");
  EXPECT_THAT(content.told(), HasSubstr("At 'end' there is no carta.txt."));
  EXPECT_THAT(content.told(), HasSubstr("There is: Carta.txt"));
}

TEST(FilesContentCheck, DoesNotMatchAcrossFolders) {
  Program program;
  program.b.File("D/x.log", "");
  EXPECT_EQ(Content("*.log").With("equals", "").On(program.b.Build()), "missing-file");
}

TEST(FilesContentCheck, ReportsAPatternOfSeveralFiles) {
  Program program;
  program.b.File("a.log", "").File("b.log", "");
  Use content = Content("*.log");
  EXPECT_EQ(content.With("equals", "").On(program.b.Build()), "missing-file");
  EXPECT_THAT(content.told(), HasSubstr("2 files match *.log; it should be one."));
}

TEST(FilesContentCheck, ReportsWhatIsNoRegularFile) {
  Program program;
  program.b.File("F", "", 0600, ObjectKind::kFifo);
  Use content = Content("F");
  EXPECT_EQ(content.With("equals", "").On(program.b.Build()), "wrong-text");
  EXPECT_THAT(content.told(), HasSubstr("F is no regular file."));
}

TEST(FilesContentCheck, SaysThatTheProgramHung) {
  Program program;
  program.b.File("carta.txt", "").Asleep(program.submission, "wait4");
  program.b.Outcome(record::Outcome::kDeadlocked);
  Use content = Content("carta.txt");
  EXPECT_EQ(content.With("equals", "3\n").On(program.b.Build()), "wrong-text");
  EXPECT_THAT(content.told(), HasSubstr("Nothing could move any more"));
}

TEST(FilesContentCheck, IsNotReachedWithoutWhatItsPathNames) {
  Program program;
  Use content = Content("{a.client.ip}.log");
  EXPECT_EQ(content.With("equals", "").On(program.b.Build()), "not reached");
  EXPECT_THAT(content.told(), HasSubstr("'a.client.ip'"));
}

TEST(FilesContentCheck, IsUnjudgeableWithoutFiles) {
  Program program;
  program.b.Observed({record::Facet::kFiles});
  EXPECT_EQ(Content("x").With("equals", "").On(program.b.Build()), "unjudgeable");
  Program other;
  auto recording = other.b.Build();
  recording.snapshots["end"].files_taken = false;
  EXPECT_EQ(Content("x").With("equals", "").On(recording), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
