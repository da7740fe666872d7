// SPDX-License-Identifier: MIT
// Resource limits of one process (getrlimit(2)), inherited by what it starts.
#pragma once

#include "base/error.h"
#include "sandbox/sandbox.h"

namespace plumbline::sandbox {

// Async-signal-safe; errno tells why it failed.
bool ApplyResourceLimits(const Limits& limits);

// init and a stand-in shell are the student's processes too, as the kernel counts.
constexpr int kProcessesOfOurs = 2;

}  // namespace plumbline::sandbox
