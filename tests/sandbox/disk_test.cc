// SPDX-License-Identifier: MIT
#include "sandbox/disk.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "base/unique_fd.h"

namespace plumbline::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMiB = 1 << 20;

class Disk : public ::testing::Test {
 protected:
  Disk() {
    std::string name = (fs::path(::testing::TempDir()) / "disk-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Disk() override { fs::remove_all(folder_); }

  void Fill(const fs::path& name, uint64_t size) const {
    std::ofstream(folder_ / name, std::ios::binary) << std::string(size, 'x');
  }

  fs::path folder_;
  const std::array<HostPid, 1> self_{HostPid{::getpid()}};
};

TEST_F(Disk, CountsFilesOfAllFoldersOnce) {
  fs::create_directories(folder_ / "a/b");
  Fill("a/b/file", kMiB);
  fs::create_hard_link(folder_ / "a/b/file", folder_ / "second");
  fs::create_symlink("/usr", folder_ / "link");
  const DiskTaken taken = DiskTakenBelow(folder_, {});
  EXPECT_GE(taken.room.bytes, kMiB);
  EXPECT_LT(taken.room.bytes, 2 * kMiB);
  EXPECT_EQ(taken.room.files, 4U);
  EXPECT_FALSE(taken.hidden);
}

TEST_F(Disk, CountsWhatIsOpenAndHasNoName) {
  Fill("file", kMiB);
  const UniqueFd held(::open((folder_ / "file").c_str(), O_RDONLY));
  fs::remove(folder_ / "file");
  EXPECT_EQ(DiskTakenBelow(folder_, {}).room.bytes, 0U);
  EXPECT_GE(DiskTakenBelow(folder_, self_).room.bytes, kMiB);
}

TEST_F(Disk, DoesNotCountHoles) {
  Fill("file", 1);
  fs::resize_file(folder_ / "file", 1024 * kMiB);
  EXPECT_LT(DiskTakenBelow(folder_, {}).room.bytes, kMiB);
}

TEST_F(Disk, LooksDeeperThanThereAreDescriptors) {
  UniqueFd at(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  for (int i = 0; i < 3000; ++i) {
    ASSERT_EQ(::mkdirat(at.get(), "d", 0755), 0);
    at = UniqueFd(::openat(at.get(), "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  Fill("beside", 1);
  const DiskTaken taken = DiskTakenBelow(folder_, {});
  EXPECT_EQ(taken.room.files, 3001U);
  EXPECT_FALSE(taken.hidden);
  // For remove_all(), which keeps one open for each level.
  for (int i = 0; i < 3000; ++i) {
    at = UniqueFd(::openat(at.get(), "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    ASSERT_EQ(::unlinkat(at.get(), "d", AT_REMOVEDIR), 0);
  }
}

TEST_F(Disk, SaysWhatItCannotSee) { EXPECT_TRUE(DiskTakenBelow(folder_ / "nowhere", {}).hidden); }

TEST_F(Disk, IsExceededByBytesAndByFiles) {
  DiskUse bytes(folder_, {.bytes = 4 * kMiB, .files = 100});
  EXPECT_FALSE(bytes.IsExceeded({}));
  Fill("half", 3 * kMiB);
  EXPECT_FALSE(bytes.IsExceeded({}));
  Fill("more", 3 * kMiB);
  // At the latest at the look that is made now and then.
  bool seen = false;
  for (int i = 0; i < 64 && !seen; ++i) seen = bytes.IsExceeded({});
  EXPECT_TRUE(seen);

  DiskUse files(folder_, {.bytes = 100 * kMiB, .files = 100});
  for (int i = 0; i < 101; ++i) Fill("f" + std::to_string(i), 0);
  seen = false;
  for (int i = 0; i < 64 && !seen; ++i) seen = files.IsExceeded({});
  EXPECT_TRUE(seen);
}

}  // namespace
}  // namespace plumbline::sandbox
