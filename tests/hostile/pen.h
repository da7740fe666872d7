// SPDX-License-Identifier: MIT
// A control group around all that a test starts, where this account may make one (cgroups(7)): an
// attack that gets past every limit of the grader's still meets this one, and what is left in it
// afterwards is counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/cgroup_place.h"

namespace plumbline::hostile {

class Pen {
 public:
  // Puts this process into it; where that cannot be, the pen is open and counts nothing.
  Pen();
  Pen(const Pen&) = delete;
  Pen& operator=(const Pen&) = delete;
  // Takes this process out again and removes the group, if this process still may.
  ~Pen();
  // What a process that has ended could not remove, for it had become somebody else.
  static void RemoveOf(pid_t process);

  bool closed() const { return !folders_.empty(); }
  // What is left in it besides this process and `ours`: processes, groups, memory. One sentence
  // each.
  std::vector<std::string> Left(const std::vector<pid_t>& ours) const;

 private:
  void CloseV1(const sandbox::CgroupPlace& place);
  void CloseV2(const sandbox::CgroupPlace& place);
  bool MemoryComesBack() const;

  std::vector<std::string> folders_;  // of this group, in each hierarchy
  std::vector<std::string> homes_;    // where this process was before, in each
  bool v2_ = false;
  uint64_t memory_before_ = 0;
};

}  // namespace plumbline::hostile
