// SPDX-License-Identifier: MIT
#include "sandbox/memory.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <climits>
#include <map>
#include <string>

#include "base/io.h"
#include "base/text.h"

namespace plumbline::sandbox {
namespace {

using BytesByInode = std::map<uint64_t, uint64_t>;

void NoteAtLeast(BytesByInode& found, uint64_t inode, uint64_t bytes) {
  uint64_t& known = found[inode];
  known = std::max(known, bytes);
}

uint64_t Hexadecimal(std::string_view text) {
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number, 16);
  return number;
}
uint64_t Decimal(std::string_view text) {
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The next word of a line, which loses it.
std::string_view TakeWord(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  line.remove_prefix(word.size());
  return word;
}

bool IsMemory(std::string_view name) {
  return name.starts_with("/memfd:") || name.starts_with("/dev/zero (deleted)");
}

// proc(5), /proc/PID/maps: "7f..-7f.. rw-s 00000000 00:01 1024 /dev/zero (deleted)".
void NoteMapping(std::string_view line, BytesByInode& found) {
  const std::string_view range = TakeWord(line);
  const std::string_view permissions = TakeWord(line);
  if (!permissions.ends_with('s')) return;
  (void)TakeWord(line);
  (void)TakeWord(line);
  const uint64_t inode = Decimal(TakeWord(line));
  line.remove_prefix(std::min(line.find('/'), line.size()));
  if (!IsMemory(line)) return;
  const size_t dash = range.find('-');
  if (dash == std::string_view::npos) return;
  NoteAtLeast(found, inode,
              Hexadecimal(range.substr(dash + 1)) - Hexadecimal(range.substr(0, dash)));
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

// A heading, then a line an object.
Bytes MemoryOfIpc(Ipc kind, std::string_view table) {
  struct Column {
    int before;      // it
    uint64_t bytes;  // of each that it counts
  };
  constexpr Column kColumns[] = {{14, 1}, {3, 64}, {3, 1}};  // rss, nsems, cbytes
  constexpr uint64_t kObject = 256;  // the least that the kernel keeps of one
  const Column& column = kColumns[static_cast<size_t>(kind)];
  Bytes sum;
  for (std::string_view line : Lines(table)) {
    for (int i = 0; i < column.before; ++i) (void)TakeWord(line);
    sum.count += kObject + Decimal(TakeWord(line)) * column.bytes;  // of the heading: 0
  }
  return sum;
}

}  // namespace plumbline::sandbox
