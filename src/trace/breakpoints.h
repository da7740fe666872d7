// SPDX-License-Identifier: MIT
// Breakpoints in one address space: processes that share it share them, and a child that has a copy
// of it has a copy of them. Written into the code of stopped tasks only, and never into a file.
#pragma once

#include <cstdint>
#include <map>

#include "base/pid.h"

namespace plumbline::trace {

class Breakpoints {
 public:
  bool empty() const { return put_.empty(); }
  // Where there is one already, or no memory, nothing is done.
  void Put(HostPid task, uint64_t address);
  void Remove(HostPid task, uint64_t address);
  void RemoveAll(HostPid task);
  // One is there, or was: a task may have come to it just before it was removed.
  bool Knows(uint64_t address) const { return put_.contains(address) || were_.contains(address); }
  bool IsAt(uint64_t address) const { return put_.contains(address); }
  // So that the instruction can be executed, and afterwards.
  void Lift(HostPid task, uint64_t address);
  void PutBack(HostPid task, uint64_t address);

 private:
  std::map<uint64_t, uint8_t> put_;   // what was there
  std::map<uint64_t, uint8_t> were_;  // of those that were removed
};

}  // namespace plumbline::trace
