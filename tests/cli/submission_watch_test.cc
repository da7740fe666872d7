// SPDX-License-Identifier: MIT
#include "cli/submission_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include "folder.h"

namespace plumbline::cli {
namespace {

// inotify(7) queues an event before the call that caused it returns: no waiting is needed.
bool Happened(const SubmissionWatch& watch) {
  pollfd ready{watch.fd(), POLLIN, 0};
  return ::poll(&ready, 1, 0) == 1;
}

TEST(SubmissionWatch, TellsOfASavedFile) {
  const Folder folder;
  const auto file = folder.Write("main.c", "1");
  auto watch = SubmissionWatch::Of(file);
  ASSERT_TRUE(watch);
  EXPECT_FALSE(Happened(*watch));
  folder.Write("main.c", "2");
  EXPECT_TRUE(Happened(*watch));
  ASSERT_TRUE(watch->Drain());
  EXPECT_FALSE(Happened(*watch));
}

TEST(SubmissionWatch, TellsOfAFileThatAnEditorPutsInPlace) {
  const Folder folder;
  const auto file = folder.Write("main.c", "1");
  auto watch = SubmissionWatch::Of(file);
  ASSERT_TRUE(watch);
  std::filesystem::rename(folder.Write("main.c.new", "2"), file);
  ASSERT_TRUE(watch->Drain());
  folder.Write("main.c", "3");
  EXPECT_TRUE(Happened(*watch));
}

TEST(SubmissionWatch, FollowsFoldersMadeLater) {
  const Folder folder;
  folder.Write("src/a.c", "1");
  auto watch = SubmissionWatch::Of(folder.path());
  ASSERT_TRUE(watch);
  folder.Write("src/a.c", "2");
  EXPECT_TRUE(Happened(*watch));
  folder.Write("more/b.c", "1");
  ASSERT_TRUE(watch->Drain());
  folder.Write("more/b.c", "2");
  EXPECT_TRUE(Happened(*watch));
}

TEST(SubmissionWatch, NeedsAFolderThatIsThere) {
  const auto watch = SubmissionWatch::Of("/nowhere/main.c");
  ASSERT_FALSE(watch);
  EXPECT_EQ(watch.error().code, ENOENT);
}

}  // namespace
}  // namespace plumbline::cli
