// SPDX-License-Identifier: MIT
// How much memory the processes of a sandbox use together, where no control group tells and limits.
#pragma once

#include "base/pid.h"
#include "base/units.h"

namespace plumbline::build {

// Resident and swapped out, private or shared memory but no files, of all descendants of `init`; an
// instant's approximation, since they go on meanwhile. proc(5), /proc/PID/status.
Bytes MemoryBelow(HostPid init);

}  // namespace plumbline::build
