// SPDX-License-Identifier: MIT
// Where a thread has its errno, from the code of the function that says so (errno(3)).
#pragma once

#include <cstdint>
#include <optional>

#include "base/pid.h"

namespace plumbline::trace::where {

// Of a stopped task; `location`: where the code of __errno_location() is in its memory. Nothing:
// that code is not as the C library has it for x86-64.
std::optional<uint64_t> ErrnoAddress(HostPid task, uint64_t location);

}  // namespace plumbline::trace::where
