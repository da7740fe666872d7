// SPDX-License-Identifier: MIT
#include "sandbox/disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "base/unique_fd.h"

namespace plumbline::sandbox {
namespace {

constexpr uint64_t kBlock = 512;  // of st_blocks, stat(2)
constexpr int kDeepest = 4096;
constexpr int kSeldom = 64;

using Directory = std::unique_ptr<DIR, int (*)(DIR*)>;

uint64_t Lost(uint64_t before, uint64_t now) { return before > now ? before - now : 0; }

class Walk {
 public:
  void Below(const std::string& folder) {
    UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat info{};
    if (!fd || ::fstat(fd.get(), &info) < 0) return Hide();
    device_ = info.st_dev;
    (void)Descend(std::move(fd), 0);
  }

  // What is open and was unlinked.
  void OpenIn(HostPid process) {
    const std::string path = "/proc/" + std::to_string(process.value) + "/fd";
    const Directory directory(::opendir(path.c_str()), ::closedir);
    if (directory == nullptr) return;  // it has ended
    while (const dirent* entry = ::readdir(directory.get())) {
      struct stat info{};
      if (::fstatat(::dirfd(directory.get()), entry->d_name, &info, 0) == 0 && info.st_nlink == 0)
        Count(info);
    }
  }

  DiskTaken taken() const { return taken_; }

 private:
  void Hide() { taken_.hidden = true; }

  void Count(const struct stat& info) {
    if (info.st_dev != device_ || !seen_.insert(info.st_ino).second) return;
    taken_.room.bytes += static_cast<uint64_t>(info.st_blocks) * kBlock;
    ++taken_.room.files;
  }

  // Counts what a folder holds; the names of folders in it.
  std::vector<std::string> List(int fd) {
    std::vector<std::string> folders;
    UniqueFd again(::openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const Directory directory(again ? ::fdopendir(again.get()) : nullptr, ::closedir);
    if (directory == nullptr) {
      Hide();
      return folders;
    }
    (void)again.Release();
    while (const dirent* entry = ::readdir(directory.get())) {
      const std::string name = entry->d_name;
      struct stat info{};
      if (name == "." || name == ".." ||
          ::fstatat(fd, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) < 0)
        continue;
      Count(info);
      if (S_ISDIR(info.st_mode) && info.st_dev == device_) folders.push_back(name);
    }
    return folders;
  }

  // Of a tree that is deeper than there are descriptors one is open at a time: the way back is
  // "..". Gives the folder back, or where it was moved to meanwhile; nothing: the way is lost.
  UniqueFd Descend(UniqueFd fd, int depth) {
    for (const std::string& name : List(fd.get())) {
      UniqueFd inner(
          ::openat(fd.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
      if (!inner || depth == kDeepest) {
        Hide();
        continue;
      }
      fd.Reset();
      inner = Descend(std::move(inner), depth + 1);
      if (inner) fd = UniqueFd(::openat(inner.get(), "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      if (!fd) {
        Hide();
        return {};
      }
    }
    return fd;
  }

  dev_t device_ = 0;
  std::set<ino_t> seen_;  // a file may have several names
  DiskTaken taken_;
};

}  // namespace

DiskTaken DiskTakenBelow(const std::string& folder, std::span<const HostPid> processes) {
  Walk walk;
  walk.Below(folder);
  for (const HostPid process : processes) walk.OpenIn(process);
  return walk.taken();
}

DiskUse::DiskUse(std::string folder, Room most)
    : folder_(std::move(folder)),
      most_(most),
      at_first_(Free()),
      at_look_(at_first_),
      taken_(DiskTakenBelow(folder_, {}).room) {
  most_.bytes += taken_.bytes;
  most_.files += taken_.files;
}

bool DiskUse::IsExceeded(std::span<const HostPid> processes) {
  const Room free = Free();
  const bool may_be = taken_.bytes + Lost(at_look_.bytes, free.bytes) > most_.bytes ||
                      taken_.files + Lost(at_look_.files, free.files) > most_.files;
  if (!may_be && ++since_ < kSeldom) return false;
  return Look(processes);
}

bool DiskUse::Look(std::span<const HostPid> processes) {
  const Room free = Free();
  since_ = 0;
  at_look_ = free;
  const DiskTaken taken = DiskTakenBelow(folder_, processes);
  taken_ = taken.room;
  // What it hides is at most what the file system has lost.
  if (taken.hidden) {
    taken_.bytes = std::max(taken_.bytes, Lost(at_first_.bytes, free.bytes));
    taken_.files = std::max(taken_.files, Lost(at_first_.files, free.files));
  }
  return taken_.bytes > most_.bytes || taken_.files > most_.files;
}

Room DiskUse::Free() const {
  struct statvfs info{};
  if (::statvfs(folder_.c_str(), &info) < 0) return {};
  return {.bytes = static_cast<uint64_t>(info.f_bfree) * info.f_frsize, .files = info.f_ffree};
}

}  // namespace plumbline::sandbox
