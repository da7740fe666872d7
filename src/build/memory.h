// SPDX-License-Identifier: MIT
// How much memory the processes of a sandbox use together, where no control group tells and limits.
#pragma once

#include <vector>

#include "base/pid.h"
#include "base/units.h"
#include "sandbox/sandbox.h"

namespace plumbline::build {

// Of all processes below its init, as sandbox/memory.h counts it, and of System V objects.
Bytes MemoryIn(const sandbox::Sandbox& box);

// All processes below its init.
std::vector<HostPid> ProcessesIn(const sandbox::Sandbox& box);

}  // namespace plumbline::build
