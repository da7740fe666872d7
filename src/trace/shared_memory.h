// SPDX-License-Identifier: MIT
// Memory that processes share, as /proc/PID/maps lists it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/pid.h"
#include "record/snapshot.h"
#include "trace/journal.h"

namespace plumbline::trace {

// Mappings with MAP_SHARED, and of shmat(2). What has the same device and inode is the same memory.
std::vector<record::SharedMapping> SharedOf(HostPid task, Journal& journal);

// A hash of the first 16 MiB of each shared mapping, by the number of its memory; what is there
// already is left.
void HashShared(HostPid task, Journal& journal, std::map<int, std::string>& hashes);

}  // namespace plumbline::trace
