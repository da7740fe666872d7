// SPDX-License-Identifier: MIT
// Which file an address of a program belongs to, from /proc/PID/maps (proc(5)).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/pid.h"

namespace plumbline::trace::where {

// Code that is mapped from a file.
struct Mapping {
  uint64_t begin = 0;
  uint64_t end = 0;
  uint64_t offset = 0;  // in the file, of `begin`
  std::string path;     // inside the sandbox
};

// The executable ones, ascending. Empty: the task has gone.
std::vector<Mapping> CodeOf(HostPid task);

}  // namespace plumbline::trace::where
