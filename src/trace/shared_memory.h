// SPDX-License-Identifier: MIT
// Memory that processes share, as /proc/PID/maps lists it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/pid.h"
#include "record/snapshot.h"
#include "trace/journal.h"

namespace plumbline::trace {

// Mappings with MAP_SHARED, and of shmat(2). What has the same device and inode is the same memory.
std::vector<record::SharedMapping> SharedOf(HostPid task, Journal& journal);

// Where these are, [begin, end), without files of the system.
std::vector<std::pair<uint64_t, uint64_t>> SharedRanges(HostPid task);

// Where an address lies in shared memory, so that others that share it know the place; nothing: it
// is the process's own.
struct SharedPlace {
  int memory = 0;
  uint64_t offset = 0;
};
std::optional<SharedPlace> SharedAt(HostPid task, uint64_t address, Journal& journal);

// A hash of the first 16 MiB of each shared mapping, by the number of its memory; what is there
// already is left.
void HashShared(HostPid task, Journal& journal, std::map<int, std::string>& hashes);

}  // namespace plumbline::trace
