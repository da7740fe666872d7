// SPDX-License-Identifier: MIT
#include "cli/private_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <optional>

#include "cli/console.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

class Private : public ::testing::Test {
 protected:
  Private() {
    std::string name = ::testing::TempDir() + "plumbline-private-XXXXXX";
    above_ = ::mkdtemp(name.data());
    ::setenv("TMPDIR", above_.c_str(), 1);
  }
  ~Private() override {
    if (before_.empty())
      ::unsetenv("TMPDIR");
    else
      ::setenv("TMPDIR", before_.c_str(), 1);
    fs::remove_all(above_);
  }
  std::string before_ = FromEnvironment("TMPDIR");
  fs::path above_;
};

TEST_F(Private, IsGoneWithTheValue) {
  fs::path path;
  {
    auto folder = PrivateFolder::Make();
    ASSERT_TRUE(folder) << folder.error().message;
    const PrivateFolder moved = *std::move(folder);
    path = moved.path();
    EXPECT_EQ(path.parent_path().parent_path(), fs::canonical(above_));
    std::ofstream(path / "work") << "x";
    struct stat info{};
    ASSERT_EQ(::stat(path.parent_path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0700U);
  }
  EXPECT_FALSE(fs::exists(path.parent_path()));
  EXPECT_TRUE(fs::is_empty(above_));
}

TEST_F(Private, LeftOnesAreRemovedThatNobodyHolds) {
  const auto held = PrivateFolder::Make();
  ASSERT_TRUE(held);
  fs::create_directories(above_ / ".plumbline-private-left/content/inner");
  std::ofstream(above_ / ".plumbline-private-left/left-by-plumbline-remove-me");
  fs::create_directories(above_ / ".plumbline-private-begun");
  fs::create_directories(above_ / ".plumbline-private-other/of-somebody");
  fs::create_directories(above_ / "elsewhere");
  fs::create_directory_symlink(above_ / "elsewhere", above_ / ".plumbline-private-link");
  PrivateFolder::RemoveLeft();
  EXPECT_TRUE(fs::exists(held->path()));
  EXPECT_FALSE(fs::exists(above_ / ".plumbline-private-left"));
  EXPECT_FALSE(fs::exists(above_ / ".plumbline-private-begun"));
  EXPECT_TRUE(fs::exists(above_ / ".plumbline-private-other")) << "nothing says that it is ours";
  EXPECT_TRUE(fs::exists(above_ / "elsewhere")) << "a link is not ours";
}

TEST_F(Private, NeedsAPlace) {
  ::setenv("TMPDIR", (above_ / "none").c_str(), 1);
  const auto folder = PrivateFolder::Make();
  ASSERT_FALSE(folder);
  EXPECT_NE(folder.error().hint.find("TMPDIR"), std::string::npos);
  PrivateFolder::RemoveLeft();
}

}  // namespace
}  // namespace plumbline::cli
