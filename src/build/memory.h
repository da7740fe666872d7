// SPDX-License-Identifier: MIT
// How much memory the processes of a sandbox use together, where no control group tells and limits.
#pragma once

#include "base/units.h"
#include "sandbox/sandbox.h"

namespace plumbline::build {

// Private memory, resident or swapped out, shared memory, but no files of all processes below its
// init; an instant's approximation, since they go on meanwhile. proc(5), /proc/PID/status.
Bytes MemoryIn(const sandbox::Sandbox& box);

}  // namespace plumbline::build
