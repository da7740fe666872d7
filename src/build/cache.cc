// SPDX-License-Identifier: MIT
#include "build/cache.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/io.h"
#include "build/entry.h"

namespace plumbline::build {
namespace {

namespace fs = std::filesystem;

// Larger than any report: no program is.
constexpr Bytes kMostInEntry = MiB(256);

struct Entry {
  fs::path path;
  uint64_t size = 0;
  timespec used{};
};

bool UsedEarlier(const Entry& a, const Entry& b) {
  return std::pair(a.used.tv_sec, a.used.tv_nsec) < std::pair(b.used.tv_sec, b.used.tv_nsec);
}

// What others remove meanwhile is not there.
std::vector<Entry> EntriesIn(const fs::path& folder) {
  std::vector<Entry> entries;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    struct stat info{};
    if (::lstat(at->path().c_str(), &info) == 0)
      entries.push_back({at->path(), static_cast<uint64_t>(info.st_size), info.st_mtim});
  }
  return entries;
}

}  // namespace

Cache::Cache(const fs::path& folder, const Bounds& bounds) : bounds_(bounds) {
  if (!folder.empty()) folder_ = folder / "builds";
}

std::optional<Report> Cache::Find(const std::string& key) const {
  if (folder_.empty()) return std::nullopt;
  const fs::path path = folder_ / key;
  const Result<std::string> bytes = ReadFile(path, kMostInEntry);
  std::optional<Report> report = bytes ? DecodeEntry(*bytes, key) : std::nullopt;
  if (report) {
    ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0);
  } else {
    std::error_code ignored;
    fs::remove(path, ignored);
  }
  return report;
}

void Cache::Keep(const std::string& key, const Report& report) const {
  if (folder_.empty()) return;
  std::error_code error;
  fs::create_directories(folder_.parent_path().parent_path(), error);
  for (const fs::path& folder : {folder_.parent_path(), folder_}) ::mkdir(folder.c_str(), 0700);
  if (WriteFileAtomically(folder_ / key, EncodeEntry(key, report))) Shrink();
}

void Cache::Shrink() const {
  std::vector<Entry> entries = EntriesIn(folder_);
  uint64_t size = 0;
  for (const Entry& entry : entries) size += entry.size;
  if (size <= bounds_.size.count && entries.size() <= bounds_.entries) return;
  std::ranges::sort(entries, UsedEarlier);
  // Some room, so that not every build has to look.
  const uint64_t wanted = bounds_.size.count / 4 * 3;
  size_t left = entries.size();
  for (const Entry& entry : entries) {
    if (size <= wanted && left <= bounds_.entries / 4 * 3) return;
    std::error_code ignored;
    fs::remove(entry.path, ignored);
    size -= entry.size;
    --left;
  }
}

}  // namespace plumbline::build
