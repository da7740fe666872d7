// SPDX-License-Identifier: MIT
#include "cli/workspace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "folder.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;
using Kind = spec::FileSpec::Kind;
using ::testing::HasSubstr;

const spec::FileSpec* Find(const Workspace& workspace, const std::string& path) {
  const auto it = std::ranges::find(workspace.files, path, &spec::FileSpec::path);
  return it == workspace.files.end() ? nullptr : &*it;
}

TEST(Workspace, HasFilesFoldersPipesAndLinks) {
  const Folder folder;
  fs::permissions(folder.Write("sub/main", "text"), fs::perms(0751));
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  fs::create_symlink("sub/main", folder.path() / "link");
  const Workspace workspace = CopyOf(folder.path());
  EXPECT_EQ(workspace.note, "");
  EXPECT_EQ(workspace.files.size(), 4u);
  const spec::FileSpec* const file = Find(workspace, "sub/main");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->text.pieces.at(0).text, "text");
  EXPECT_EQ(file->mode, 0751);
  ASSERT_NE(Find(workspace, "sub"), nullptr);
  EXPECT_EQ(Find(workspace, "sub")->kind, Kind::kDirectory);
  ASSERT_NE(Find(workspace, "pipe"), nullptr);
  EXPECT_EQ(Find(workspace, "pipe")->kind, Kind::kFifo);
  ASSERT_NE(Find(workspace, "link"), nullptr);
  EXPECT_EQ(Find(workspace, "link")->target, "sub/main");
  EXPECT_TRUE(workspace.Has("sub/main"));
  EXPECT_FALSE(workspace.Has("sub"));
}

TEST(Workspace, LeavesOutHiddenFiles) {
  const Folder folder;
  folder.Write(".git/config", "x");
  folder.Write(".profile", "x");
  EXPECT_TRUE(CopyOf(folder.path()).files.empty());
}

TEST(Workspace, OfABigFolderIsEmptyAndSaysWhy) {
  const Folder many;
  for (int i = 0; i <= 2000; ++i) many.Write(std::to_string(i), "");
  EXPECT_TRUE(CopyOf(many.path()).files.empty());
  EXPECT_THAT(CopyOf(many.path()).note, HasSubstr("too big"));
  const Folder large;
  fs::resize_file(large.Write("large", ""), 33 << 20);
  EXPECT_THAT(CopyOf(large.path()).note, HasSubstr("too big"));
}

}  // namespace
}  // namespace plumbline::cli
