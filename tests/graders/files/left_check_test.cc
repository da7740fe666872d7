// SPDX-License-Identifier: MIT
#include "graders/files/left_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Use Left() { return Use(graders::files::Left()); }

struct Program {
  RecordingBuilder b;
  ProcessIndex submission = -1;

  Program() {
    b.File("words", "a\n").Snapshot("start");
    submission = b.Start("submission", "/lab/main");
  }
};

TEST(FilesLeftCheck, PassesWhenNothingIsNew) {
  Program program;
  program.b.File("words", "changed\n").Exit(program.submission);
  EXPECT_EQ(Left().On(program.b.Build()), "pass");
}

TEST(FilesLeftCheck, NamesWhatIsNew) {
  Program program;
  program.b.File("F", "", 0600, ObjectKind::kFifo).File("tmp/x", "").Exit(program.submission);
  Use left = Left();
  EXPECT_EQ(left.On(program.b.Build()), "left-over");
  EXPECT_THAT(left.told(), HasSubstr("Files left at the end that were not there before: 2."));
  EXPECT_THAT(left.told(), HasSubstr("Left: F"));
  EXPECT_THAT(left.told(), HasSubstr("Left: tmp/x"));
  EXPECT_THAT(left.told(), Not(HasSubstr("words")));
}

TEST(FilesLeftCheck, NamesNoMoreThanEight) {
  Program program;
  for (int i = 0; i < 20; ++i) program.b.File("f" + std::to_string(i), "");
  program.b.Exit(program.submission);
  Use left = Left();
  EXPECT_EQ(left.On(program.b.Build()), "left-over");
  EXPECT_THAT(left.told(), HasSubstr("before: 20."));
  EXPECT_EQ(left.finding().evidence.size(), 8U);
}

TEST(FilesLeftCheck, LeavesOutWhatMayStay) {
  Program program;
  program.b.File("carta.txt", "").File("a.log", "").Exit(program.submission);
  const auto recording = program.b.Build();
  EXPECT_EQ(Left().With("except", Words{"carta.txt", "*.log"}).On(recording), "pass");
  EXPECT_EQ(Left().With("except", Words{"carta.txt"}).On(recording), "left-over");
}

TEST(FilesLeftCheck, PutsPlaceholdersIntoItsExceptions) {
  Program program;
  program.b.File("2.pid", "").Exit(program.submission);
  const auto recording = program.b.Build();
  EXPECT_EQ(Left().With("except", Words{"{submission.pid}.pid"}).On(recording), "pass");
  EXPECT_EQ(Left().With("except", Words{"{a.client.ip}"}).On(recording), "not reached");
}

TEST(FilesLeftCheck, IsNotReachedWhenTheProgramCouldNotEnd) {
  Program program;
  program.b.File("F", "").Stuck(0, "await: {output: x}", "");
  EXPECT_EQ(Left().Step(spec::AwaitOutput{}).On(program.b.Build()), "not reached");
}

TEST(FilesLeftCheck, IsUnjudgeableWithoutFiles) {
  Program program;
  program.b.Exit(program.submission);
  auto recording = program.b.Build();
  recording.snapshots["start"].files_taken = false;
  EXPECT_EQ(Left().On(recording), "unjudgeable");
  recording.header.observed.clear();
  EXPECT_EQ(Left().On(recording), "unjudgeable");
}

TEST(FilesLeftCheck, IsNotReachedWithoutItsSnapshots) {
  Program program;
  program.b.Exit(program.submission);
  auto recording = program.b.Build();
  recording.snapshots.erase("start");
  EXPECT_EQ(Left().On(recording), "not reached");
}

}  // namespace
}  // namespace plumbline::testing
