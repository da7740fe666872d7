// SPDX-License-Identifier: MIT
// Resource limits of one process (getrlimit(2)), inherited by what it starts.
#pragma once

#include "base/error.h"
#include "sandbox/sandbox.h"

namespace plumbline::sandbox {

// `processes_of_ours`: init and stand-in shells are the student's processes too, as the kernel
// counts. Async-signal-safe; errno tells why it failed.
bool ApplyResourceLimits(const Limits& limits, int processes_of_ours);

}  // namespace plumbline::sandbox
