// SPDX-License-Identifier: MIT
#include "sandbox/memory.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <map>
#include <string>

#include "base/io.h"
#include "base/text.h"
#include "base/words.h"

namespace plumbline::sandbox {
namespace {

using BytesByInode = std::map<uint64_t, uint64_t>;

void NoteAtLeast(BytesByInode& found, uint64_t inode, uint64_t bytes) {
  uint64_t& known = found[inode];
  known = std::max(known, bytes);
}

bool IsMemory(std::string_view name) {
  return name.starts_with("/memfd:") || name.starts_with("/dev/zero (deleted)");
}

// proc(5), /proc/PID/maps: "7f..-7f.. rw-s 00000000 00:01 1024 /dev/zero (deleted)".
void NoteMapping(std::string_view line, BytesByInode& found) {
  constexpr size_t kFields = 6;
  const auto words = WordsOf(line, kFields);
  if (words.size() < kFields || !words[1].ends_with('s') || !IsMemory(words[5])) return;
  const size_t dash = words[0].find('-');
  if (dash == std::string_view::npos) return;
  NoteAtLeast(found, LeadingNumber<uint64_t>(words[4]),
              LeadingNumber<uint64_t>(words[0].substr(dash + 1), 16) -
                  LeadingNumber<uint64_t>(words[0], 16));
}

void NoteMappings(HostPid process, BytesByInode& found) {
  const std::string maps = ReadProc(("/proc/" + std::to_string(process.value) + "/maps").c_str());
  for (const std::string_view line : Lines(maps)) NoteMapping(line, found);
}

void NoteDescriptors(HostPid process, BytesByInode& found) {
  constexpr uint64_t kBlock = 512;  // stat(2)
  const std::string folder = "/proc/" + std::to_string(process.value) + "/fd";
  DIR* const directory = ::opendir(folder.c_str());
  if (directory == nullptr) return;
  while (const dirent* entry = ::readdir(directory)) {
    std::array<char, PATH_MAX> target{};
    struct stat info{};
    const int at = ::dirfd(directory);
    if (::readlinkat(at, entry->d_name, target.data(), target.size() - 1) <= 0) continue;
    if (!IsMemory(target.data()) || ::fstatat(at, entry->d_name, &info, 0) < 0) continue;
    NoteAtLeast(found, info.st_ino, static_cast<uint64_t>(info.st_blocks) * kBlock);
  }
  ::closedir(directory);
}

}  // namespace

Bytes SharedMemoryOf(std::span<const HostPid> processes, bool open_too) {
  BytesByInode found;
  for (const HostPid process : processes) {
    NoteMappings(process, found);
    if (open_too) NoteDescriptors(process, found);
  }
  Bytes sum;
  for (const auto& [inode, bytes] : found) sum.count += bytes;
  return sum;
}

namespace {

struct Tables {
  uint64_t own = 0;       // resident or swapped out
  uint64_t shared = 0;    // resident
  uint64_t reserved = 0;  // addresses, in use or not
};

Tables TablesOf(HostPid process) {
  Tables tables;
  const std::string status =
      ReadProc(("/proc/" + std::to_string(process.value) + "/status").c_str());
  for (const std::string_view line : Lines(status)) {
    const auto words = WordsOf(line, 3);
    if (words.size() < 2) continue;
    const uint64_t bytes = LeadingNumber<uint64_t>(words[1]) * 1024;
    if (words[0] == "RssAnon:" || words[0] == "VmSwap:") tables.own += bytes;
    if (words[0] == "RssShmem:") tables.shared = bytes;
    if (words[0] == "VmSize:") tables.reserved = bytes;
  }
  return tables;
}

}  // namespace

Bytes MemoryOf(std::span<const HostPid> processes, Bytes limit, bool open_too) {
  Tables sum;
  uint64_t most_shared = 0;
  for (const HostPid process : processes) {
    const Tables tables = TablesOf(process);
    sum.own += tables.own;
    sum.shared += tables.shared;
    sum.reserved += tables.reserved;
    most_shared = std::max(most_shared, tables.shared);
  }
  // Below that nothing can be above the limit, however often it counts.
  if (!open_too && sum.reserved <= limit.count) return Bytes{sum.own + sum.shared};
  return Bytes{sum.own + std::max(most_shared, SharedMemoryOf(processes, open_too).count)};
}

// A heading, then a line an object.
Bytes MemoryOfIpc(Ipc kind, std::string_view table) {
  struct Column {
    size_t number;
    uint64_t bytes;  // of each that it counts
  };
  constexpr Column kColumns[] = {{14, 1}, {3, 64}, {3, 1}};  // rss, nsems, cbytes
  constexpr uint64_t kObject = 256;  // the least that the kernel keeps of one
  const Column& column = kColumns[static_cast<size_t>(kind)];
  Bytes sum;
  for (const std::string_view line : Lines(table)) {
    const auto words = WordsOf(line);
    const bool has = column.number < words.size();
    sum.count += kObject;  // of the heading too, whose columns count as 0
    if (has) sum.count += LeadingNumber<uint64_t>(words[column.number]) * column.bytes;
  }
  return sum;
}

}  // namespace plumbline::sandbox
