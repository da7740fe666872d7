// SPDX-License-Identifier: MIT
#include "trace/shared_memory.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/hash.h"
#include "base/io.h"
#include "base/text.h"
#include "base/words.h"
#include "trace/ptrace.h"

namespace plumbline::trace {
namespace {

constexpr uint64_t kMostHashed = 16 << 20;

struct Mapping {
  uint64_t begin = 0;
  uint64_t end = 0;
  uint64_t offset = 0;
  bool writable = false;
  std::string memory;  // device and inode
  std::string name;
};

// As the kernel made it up: "/dev/zero (deleted)" for memory without a name, "/SYSV00000011
// (deleted)".
std::string NameOf(std::string_view path) {
  constexpr std::string_view kMark = " (deleted)";
  if (path.ends_with(kMark)) path.remove_suffix(kMark.size());
  if (path == "/dev/zero") return "";
  if (path.starts_with("/SYSV")) return "SYSV";
  return std::string(path);
}

// "begin-end perms offset dev inode path", perms ending in 's' for shared ones.
std::vector<Mapping> SharedMappings(HostPid task) {
  constexpr size_t kPath = 5;
  std::vector<Mapping> mappings;
  const std::string text = ReadProc(("/proc/" + std::to_string(task.value) + "/maps").c_str());
  for (const std::string_view line : Lines(text)) {
    const auto words = WordsOf(line, kPath + 1);
    if (words.size() < kPath || words[1].size() < 4 || words[1][3] != 's') continue;
    mappings.push_back({.begin = LeadingNumber<uint64_t>(words[0], 16),
                        .end = LeadingNumber<uint64_t>(words[0].substr(words[0].find('-') + 1), 16),
                        .offset = LeadingNumber<uint64_t>(words[2], 16),
                        .writable = words[1][1] == 'w',
                        .memory = std::string(words[3]) + ":" + std::string(words[4]),
                        .name = words.size() > kPath ? NameOf(words[kPath]) : ""});
  }
  return mappings;
}

}  // namespace

std::vector<std::pair<uint64_t, uint64_t>> SharedRanges(HostPid task) {
  std::vector<std::pair<uint64_t, uint64_t>> ranges;
  for (const Mapping& mapping : SharedMappings(task)) {
    if (!mapping.name.starts_with("/usr/")) ranges.emplace_back(mapping.begin, mapping.end);
  }
  return ranges;
}

std::vector<record::SharedMapping> SharedOf(HostPid task, Journal& journal) {
  std::vector<record::SharedMapping> shared;
  for (const Mapping& mapping : SharedMappings(task)) {
    shared.push_back({.memory = journal.memory(mapping.memory),
                      .length = mapping.end - mapping.begin,
                      .offset = mapping.offset,
                      .writable = mapping.writable,
                      .name = mapping.name});
  }
  return shared;
}

std::optional<SharedPlace> SharedAt(HostPid task, uint64_t address, Journal& journal) {
  for (const Mapping& mapping : SharedMappings(task)) {
    if (address < mapping.begin || address >= mapping.end) continue;
    return SharedPlace{.memory = journal.memory(mapping.memory),
                       .offset = mapping.offset + (address - mapping.begin)};
  }
  return std::nullopt;
}

void HashShared(HostPid task, Journal& journal, std::map<int, std::string>& hashes) {
  for (const Mapping& mapping : SharedMappings(task)) {
    const int memory = journal.memory(mapping.memory);
    if (hashes.contains(memory)) continue;
    const uint64_t size = std::min(mapping.end - mapping.begin, kMostHashed);
    hashes[memory] = Hasher().Add(ReadMemory(task, mapping.begin, size)).Finish();
  }
}

}  // namespace plumbline::trace
