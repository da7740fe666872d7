// SPDX-License-Identifier: MIT
// Where groups may be made, found in made-up hierarchies: no machine has all of them.
// A group without cgroup.procs stands for one that this account may not write, for root may write
// all.
#include "sandbox/cgroup_place.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sandbox/cgroup.h"

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
  // As version 2 has it: only the root has no type.
  void MakeGroup2(const std::string& path, const std::string& controllers,
                  const std::string& handed_down = "", const std::string& processes = "") {
    MakeGroup(path, handed_down);
    const std::filesystem::path folder = mount_.string() + path;
    std::ofstream(folder / "cgroup.controllers") << controllers;
    std::ofstream(folder / "cgroup.procs") << processes;
    if (!path.empty()) std::ofstream(folder / "cgroup.type") << "domain\n";
  }
  Error WhyNot(const std::string& membership) const {
    const auto place = FindCgroupPlace(membership, mount_);
    return place ? Error{"there is a place: " + place->memory} : place.error();
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
    const Error error = WhyNot(membership);
    EXPECT_THAT(error.message, HasSubstr("no control groups of memory and processes"))
        << membership;
    EXPECT_THAT(error.hint, HasSubstr("mount -t cgroup2 none " + In(""))) << membership;
  }
}

// A login or a service: no group above is the account's.
TEST_F(CgroupPlaceTest, Version2WithoutADelegationSaysHowToGetOne) {
  MakeGroup2("", "cpu memory pids", "memory pids");
  MakeGroup2("/session", "memory pids");
  for (const char* path : {"", "/session"}) std::filesystem::remove(In(path) + "/cgroup.procs");
  const Error error = WhyNot("0::/session\n");
  EXPECT_THAT(error.message, HasSubstr("this account"));
  EXPECT_THAT(error.hint, HasSubstr("systemd-run --user --scope -p Delegate=yes"));
}

// No internal processes, cgroups(7): it can't hand down what it uses itself.
TEST_F(CgroupPlaceTest, Version2WhoseGroupHoldsProcessesSaysHowToMoveThem) {
  MakeGroup2("", "memory pids");
  MakeGroup2("/service", "memory pids", "", "41\n42\n");
  const Error error = WhyNot("0::/service\n");
  EXPECT_EQ(error.message, In("/service") + " may be divided, but holds processes itself");
  EXPECT_EQ(error.hint, "move them below: mkdir " + In("/service/own") + "; for p in $(cat " +
                            In("/service/cgroup.procs") + "); do echo $p > " +
                            In("/service/own/cgroup.procs") + "; done; echo +memory +pids > " +
                            In("/service/cgroup.subtree_control"));
}

TEST_F(CgroupPlaceTest, Version2WhoseEmptyGroupHandsNothingDownSaysHow) {
  MakeGroup2("", "memory pids");
  MakeGroup2("/mine", "memory pids", "pids");
  MakeGroup2("/mine/shell", "pids", "", "42\n");
  std::filesystem::remove(In("/mine/shell/cgroup.procs"));
  const Error error = WhyNot("0::/mine/shell\n");
  EXPECT_EQ(error.message, In("/mine") + " hands no limits down");
  EXPECT_EQ(error.hint, "echo +memory +pids > " + In("/mine/cgroup.subtree_control"));
}

// The root may hold processes and hand down.
TEST_F(CgroupPlaceTest, Version2WhoseRootHandsNothingDownSaysHow) {
  MakeGroup2("", "cpu memory pids", "", "1\n2\n");
  const Error error = WhyNot("0::/\n");
  EXPECT_EQ(error.message, In("") + " hands no limits down");
  EXPECT_EQ(error.hint, "echo +memory +pids > " + In("/cgroup.subtree_control"));
}

TEST_F(CgroupPlaceTest, Version2WithoutAControllerNamesIt) {
  MakeGroup2("", "cpu memory pids", "cpu pids");
  MakeGroup2("/mine", "cpu pids");
  std::filesystem::remove(In("/cgroup.procs"));
  EXPECT_EQ(WhyNot("0::/mine\n").message,
            In("/mine") + " may be divided, but has no control of memory");
  EXPECT_EQ(WhyNot("0::/mine\n").hint,
            "as root: echo +memory +pids > " + In("/cgroup.subtree_control"));
}

TEST_F(CgroupPlaceTest, Version2WhoseRootHasNoControllersIsTheKernelsOrAContainers) {
  MakeGroup2("", "");
  const Error error = WhyNot("0::/\n");
  EXPECT_EQ(error.message, In("") + " may be divided, but has no control of memory and pids");
  EXPECT_THAT(error.hint, HasSubstr("cgroup_disable="));
}

// An empty version 2 beside version 1, of which only root may make groups.
TEST_F(CgroupPlaceTest, Version1CannotBeDelegated) {
  MakeGroup("/memory");
  MakeGroup("/pids");
  MakeGroup2("/unified", "");
  for (const char* path : {"/memory", "/pids"}) std::filesystem::remove(In(path) + "/cgroup.procs");
  const Error error = WhyNot("8:pids:/\n4:memory:/\n0::/\n");
  EXPECT_EQ(error.message,
            "only root may limit memory and processes by version 1 of control groups");
  EXPECT_THAT(error.hint, HasSubstr("systemd.unified_cgroup_hierarchy=1"));
}

TEST_F(CgroupPlaceTest, PeakOfAKernelThatRemembersNoneIsWhatIsUsedNow) {
  EXPECT_EQ(PeakIn(mount_, true), std::nullopt);
  std::ofstream(mount_ / "memory.current") << "4096\n";
  EXPECT_EQ(PeakIn(mount_, true), Bytes{4096});
  EXPECT_EQ(PeakIn(mount_, false), std::nullopt);
  std::ofstream(mount_ / "memory.peak") << "8192\n";
  EXPECT_EQ(PeakIn(mount_, true), Bytes{8192});
}

}  // namespace
}  // namespace plumbline::sandbox
