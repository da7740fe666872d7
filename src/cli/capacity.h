// SPDX-License-Identifier: MIT
// How much this machine bears at once.
#pragma once

#include <cstddef>

#include "base/units.h"

namespace plumbline::cli {

// What can be had without swapping: MemAvailable of /proc/meminfo (proc(5)), or the limit of the
// control group that this process is in, if that is less.
Bytes AvailableMemory();

// The jobs to have under way together: `each` on a processor, and no more than fit into three
// quarters of `available` when each takes all that a build may (build/limits.h). At least one.
size_t JobsAtOnce(size_t processors, size_t each, Bytes available);

}  // namespace plumbline::cli
