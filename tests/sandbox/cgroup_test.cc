// SPDX-License-Identifier: MIT
// Where groups may be made, found in made-up hierarchies: no machine has all of them.
#include "sandbox/cgroup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace plumbline::sandbox {
namespace {

using ::testing::HasSubstr;

class CgroupPlaceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "cgroup.XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    mount_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(mount_); }

  void MakeGroup(const std::string& path, const std::string& handed_down = "") {
    const std::filesystem::path folder = mount_.string() + path;
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "cgroup.procs");
    std::ofstream(folder / "cgroup.subtree_control") << handed_down;
  }
  std::string In(const std::string& path) const { return mount_.string() + path; }

  std::filesystem::path mount_;
};

TEST_F(CgroupPlaceTest, Version2IsTheNearestThatHandsBothDown) {
  MakeGroup("", "cpu memory pids");
  MakeGroup("/user", "memory pids");
  MakeGroup("/user/app", "memory pids");
  MakeGroup("/user/app/shell");
  const auto place = FindCgroupPlace("0::/user/app/shell\n", mount_);
  ASSERT_TRUE(place.has_value());
  EXPECT_TRUE(place->v2);
  EXPECT_EQ(place->memory, In("/user/app"));
  EXPECT_EQ(place->pids, In("/user/app"));
}

TEST_F(CgroupPlaceTest, Version2WithOneControllerOnlyIsNone) {
  MakeGroup("", "memory");
  MakeGroup("/a", "pids");
  EXPECT_FALSE(FindCgroupPlace("0::/a\n", mount_).has_value());
}

TEST_F(CgroupPlaceTest, Version2MayBeTheRoot) {
  MakeGroup("", "memory pids");
  const auto place = FindCgroupPlace("0::/\n", mount_);
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->memory, In(""));
}

TEST_F(CgroupPlaceTest, Version1IsTheOwnGroupOfEach) {
  MakeGroup("/memory/one/two");
  MakeGroup("/pids");
  MakeGroup("/unified");
  const auto place =
      FindCgroupPlace("9:name=systemd:/\n8:pids:/\n4:cpu,memory:/one/two\n0::/\n", mount_);
  ASSERT_TRUE(place.has_value());
  EXPECT_FALSE(place->v2);
  EXPECT_EQ(place->memory, In("/memory/one/two"));
  EXPECT_EQ(place->pids, In("/pids/"));
}

TEST_F(CgroupPlaceTest, Version1InAContainerIsTheRootOfWhatIsMounted) {
  MakeGroup("/memory");
  MakeGroup("/pids");
  const auto place = FindCgroupPlace("8:pids:/docker/1\n4:memory:/docker/1\n", mount_);
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->memory, In("/memory"));
}

TEST_F(CgroupPlaceTest, NoneSaysWhatToDo) {
  for (const char* membership : {"", "0::/\n", "garbage", "8:pids:/\n"}) {
    const auto place = FindCgroupPlace(membership, mount_);
    ASSERT_FALSE(place.has_value()) << membership;
    EXPECT_THAT(place.error().hint, HasSubstr("Delegate=yes"));
  }
}

}  // namespace
}  // namespace plumbline::sandbox
