// SPDX-License-Identifier: MIT
#include "sandbox/disk.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "base/unique_fd.h"
#include "tests/sandbox/harness.h"

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

// Folders in one another, gone again with the value: fs::remove_all() keeps one open for each.
class Deep {
 public:
  Deep(const fs::path& folder, int levels)
      : levels_(levels), at_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    for (int i = 0; i < levels_; ++i) {
      EXPECT_EQ(::mkdirat(at_.get(), "d", 0755), 0);
      Go("d");
    }
  }
  ~Deep() {
    for (int i = 0; i < levels_; ++i) {
      Go("..");
      EXPECT_EQ(::unlinkat(at_.get(), "d", AT_REMOVEDIR), 0);
    }
  }

 private:
  void Go(const char* name) {
    at_ = UniqueFd(::openat(at_.get(), name, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  int levels_;
  UniqueFd at_;
};

TEST_F(Disk, LooksDeeperThanThereAreDescriptors) {
  const Deep deep(folder_, 3000);
  Fill("beside", 1);
  const DiskTaken taken = DiskTakenBelow(folder_, {});
  EXPECT_EQ(taken.room.files, 3001U);
  EXPECT_FALSE(taken.hidden);
}

TEST_F(Disk, SaysWhatItCannotSee) {
  const Deep deep(folder_, 4200);
  EXPECT_TRUE(DiskTakenBelow(folder_, {}).hidden);
  EXPECT_TRUE(DiskTakenBelow(folder_ / "nowhere", {}).hidden);
}

// What it hides may be all that the file system has lost. On one that nobody else writes on.
TEST_F(Disk, TakesWhatIsHiddenForAsMuchAsWasLost) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs: root, for a file system of its own";
  testing::InChild([&] {
    ASSERT_EQ(::unshare(CLONE_NEWNS), 0);
    ASSERT_EQ(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), 0);
    ASSERT_EQ(::mount("tmpfs", folder_.c_str(), "tmpfs", 0, nullptr), 0);
    fs::create_directory(folder_ / "seen");
    DiskUse use(folder_ / "seen", {.bytes = 4 * kMiB, .files = 100'000});
    const Deep deep(folder_ / "seen", 4200);
    EXPECT_FALSE(use.Look({}));
    Fill("elsewhere", 8 * kMiB);
    EXPECT_TRUE(use.Look({}));
  });
}

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
