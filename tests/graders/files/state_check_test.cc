// SPDX-License-Identifier: MIT
#include "graders/files/state_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

Use State(const std::string& path) {
  Use use(graders::files::State());
  return use.With("path", path);
}
Use IsA(const std::string& path, const std::string& is) {
  Use use = State(path);
  return use.With("is", is);
}

record::Recording WithFiles() {
  RecordingBuilder b;
  b.Exit(b.Start("submission", "/lab/main"));
  b.File("file", "x", 0644).File("fifo", "", 0600, ObjectKind::kFifo);
  b.File("socket", "", 0755, ObjectKind::kSocket).File("folder", "", 0755, ObjectKind::kDirectory);
  b.File("device", "", 0666, ObjectKind::kDevice);
  return b.Build();
}

TEST(FilesStateCheck, TellsKindsApart) {
  const auto recording = WithFiles();
  for (const std::string name : {"file", "fifo", "socket"}) {
    EXPECT_EQ(IsA(name, name).On(recording), "pass");
    EXPECT_EQ(IsA(name, "directory").On(recording), "wrong-kind");
    EXPECT_EQ(IsA("folder", name).On(recording), "wrong-kind");
    EXPECT_EQ(IsA("device", name).On(recording), "wrong-kind");
  }
  EXPECT_EQ(IsA("folder", "directory").On(recording), "pass");
}

TEST(FilesStateCheck, SaysWhatItIsInstead) {
  const std::pair<std::string, std::string> all[] = {{"file", "file is a regular file."},
                                                     {"fifo", "fifo is a FIFO."},
                                                     {"socket", "socket is a socket."},
                                                     {"folder", "folder is a directory."},
                                                     {"device", "device is something else."}};
  for (const auto& [name, words] : all) {
    Use state = IsA(name, name == "file" ? "fifo" : "file");
    EXPECT_EQ(state.On(WithFiles()), "wrong-kind");
    EXPECT_THAT(state.told(), HasSubstr(words));
  }
}

TEST(FilesStateCheck, TakesAnyOfAList) {
  Use state = State("fifo");
  EXPECT_EQ(state.With("is", Words{"socket", "fifo"}).On(WithFiles()), "pass");
  EXPECT_EQ(state.With("is", Words{"missing", "fifo"}).On(WithFiles()), "pass");
  EXPECT_EQ(state.With("is", Words{"missing", "file"}).On(WithFiles()), "wrong-kind");
}

TEST(FilesStateCheck, ComparesPermissionBits) {
  const auto recording = WithFiles();
  EXPECT_EQ(State("file").With("mode", int64_t{0644}).On(recording), "pass");
  Use state = IsA("fifo", "fifo");
  EXPECT_EQ(state.With("mode", int64_t{0600}).On(recording), "pass");
  EXPECT_EQ(state.With("mode", int64_t{0644}).On(recording), "wrong-mode");
  EXPECT_THAT(state.told(), HasSubstr("The mode of fifo is 0600; it should be 0644."));
}

TEST(FilesStateCheck, SeesSpecialBitsToo) {
  RecordingBuilder b;
  b.File("x", "", 04755);
  Use state = State("x");
  EXPECT_EQ(state.With("mode", int64_t{0755}).On(b.Build()), "wrong-mode");
  EXPECT_THAT(state.told(), HasSubstr("is 4755"));
}

TEST(FilesStateCheck, ReportsAMissingFile) {
  EXPECT_EQ(IsA("F", "fifo").On(WithFiles()), "missing-file");
  EXPECT_EQ(State("F").With("mode", int64_t{0600}).On(WithFiles()), "missing-file");
}

TEST(FilesStateCheck, WantsNothingToBeThere) {
  EXPECT_EQ(IsA("F", "missing").On(WithFiles()), "pass");
  Use state = IsA("fifo", "missing");
  EXPECT_EQ(state.On(WithFiles()), "left-over");
  EXPECT_THAT(state.told(), HasSubstr("fifo is still there, and should be gone."));
}

TEST(FilesStateCheck, ReportsALeftOverInARunThatHangs) {
  RecordingBuilder b;
  b.Asleep(b.Start("submission", "/lab/reader"), "read", 0);
  b.File("F", "", 0600, ObjectKind::kFifo).Stuck(0, "await: exit", "");
  EXPECT_EQ(IsA("F", "missing").Step(spec::AwaitExit{}).On(b.Build()), "left-over");
}

TEST(FilesStateCheck, IsNotReachedWhenTheProgramCouldNotTidyUp) {
  RecordingBuilder b;
  b.Start("submission", "/lab/reader");
  b.File("F", "", 0600, ObjectKind::kFifo).Snapshot("half");
  b.Stuck(0, "await: {output: x}", "");
  const auto recording = b.Build();
  EXPECT_EQ(IsA("F", "missing").Step(spec::AwaitOutput{}).On(recording), "not reached");
  EXPECT_EQ(IsA("F", "missing").With("at", "half").Step(spec::AwaitOutput{}).On(recording),
            "left-over");
}

TEST(FilesStateCheck, LooksAtItsSnapshot) {
  RecordingBuilder b;
  b.File("F", "", 0600, ObjectKind::kFifo).Snapshot("waiting").RemoveFile("F");
  const auto recording = b.Build();
  EXPECT_EQ(IsA("F", "fifo").With("at", "waiting").On(recording), "pass");
  EXPECT_EQ(IsA("F", "missing").On(recording), "pass");
  EXPECT_EQ(IsA("F", "missing").With("at", "later").On(recording), "not reached");
}

TEST(FilesStateCheck, IsUnjudgeableWithoutFiles) {
  RecordingBuilder b;
  b.Observed({});
  EXPECT_EQ(IsA("F", "missing").On(b.Build()), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
