// SPDX-License-Identifier: MIT
#include "cli/output_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/unique_fd.h"
#include "folder.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

TEST(OutputFile, ReplacesAnOldOne) {
  const Folder folder;
  const auto file = folder.Write("grade.json", "an old and longer text");
  ASSERT_TRUE(WriteOutputFile(file, "new"));
  EXPECT_EQ(ReadFile(file).value(), "new");
}

TEST(OutputFile, WritesIntoWhatIsNoRegularFile) {
  const Folder folder;
  const fs::path pipe = folder.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const UniqueFd reader(::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  ASSERT_TRUE(WriteOutputFile(pipe, "hola"));
  char bytes[8] = {};
  EXPECT_EQ(::read(reader.get(), bytes, sizeof bytes), 4);
  EXPECT_STREQ(bytes, "hola");
  EXPECT_TRUE(fs::is_fifo(pipe));
}

TEST(OutputFile, FollowsALinkAndLeavesItThere) {
  const Folder folder;
  const auto file = folder.Write("grade.json", "old");
  const fs::path link = folder.path() / "link";
  fs::create_symlink(file, link);
  ASSERT_TRUE(WriteOutputFile(link, "new"));
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(ReadFile(file).value(), "new");
}

TEST(OutputFile, ErrorsNameTheFileAndSayWhatToDo) {
  const Folder folder;
  const Status missing = WriteOutputFile(folder.path() / "none/grade.json", "x");
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("there is no folder"));
  EXPECT_FALSE(missing.error().hint.empty());
  const Status is_folder = WriteOutputFile(folder.path(), "x");
  ASSERT_FALSE(is_folder);
  EXPECT_THAT(is_folder.error().message, HasSubstr("is a folder"));
  const Status full = WriteOutputFile("/dev/full", "x");
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ENOSPC);
}

}  // namespace
}  // namespace plumbline::cli
