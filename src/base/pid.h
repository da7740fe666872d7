// SPDX-License-Identifier: MIT
// Process numbers: as the student's program sees them, and as this machine does. Two types, so
// that one is never taken for the other.
#pragma once

#include <sys/types.h>

#include <compare>

namespace plumbline {

// Inside the sandbox's PID namespace.
struct Pid {
  pid_t value = 0;
  auto operator<=>(const Pid&) const = default;
};

// On the host (the grader's own namespace).
struct HostPid {
  pid_t value = 0;
  auto operator<=>(const HostPid&) const = default;
};

}  // namespace plumbline
