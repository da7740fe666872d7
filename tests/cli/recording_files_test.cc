// SPDX-License-Identifier: MIT
#include "cli/recording_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "folder.h"
#include "tests/support/recording_builder.h"

namespace plumbline::cli {
namespace {

using ::testing::HasSubstr;

record::Recording Recorded(const std::string& scenario) {
  plumbline::testing::RecordingBuilder builder;
  builder.Scenario(scenario);
  const auto submission = builder.Start("submission", "/program/x");
  builder.Exit(submission);
  return builder.Build();
}

TEST(RecordingFiles, AreReadAsTheyWereKept) {
  const Folder folder;
  evaluate::Recordings kept;
  kept["one"] = {Recorded("one")};
  kept["two"] = {Recorded("two"), Recorded("two")};
  ASSERT_TRUE(KeepRecordings(folder.path() / "new", kept));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "new/one.recording.json"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "new/two-2.recording.json"));
  const auto read = ReadRecordings({folder.path() / "new"});
  ASSERT_TRUE(read) << read.error().text;
  ASSERT_EQ(read->size(), 3u);
  EXPECT_EQ(record::ToJson(read->front()), record::ToJson(kept["one"].front()));
}

TEST(RecordingFiles, WhatIsNoRecordingIsNamed) {
  const Folder folder;
  const auto file = folder.Write("x.recording.json", "{}");
  const auto read = ReadRecordings({file});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().status, 2);
  EXPECT_THAT(read.error().text, HasSubstr("x.recording.json"));
  EXPECT_FALSE(ReadRecordings({folder.path() / "missing"}));
}

TEST(RecordingFiles, AFolderWithoutAnySaysHowToGetThem) {
  const Folder folder;
  const auto read = ReadRecordings({folder.path()});
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().text, HasSubstr("--record"));
}

TEST(RecordingFiles, AFolderThatCannotBeMadeIsAnError) {
  const Folder folder;
  const auto file = folder.Write("file", "");
  const Status kept = KeepRecordings(file / "below", {});
  ASSERT_FALSE(kept);
  EXPECT_THAT(kept.error().message, HasSubstr("file/below"));
}

}  // namespace
}  // namespace plumbline::cli
