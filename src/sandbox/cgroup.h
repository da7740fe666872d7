// SPDX-License-Identifier: MIT
// Control groups (cgroups(7)): what all processes of a sandbox use together. Version 1 (memory and
// pids hierarchies, root only) or version 2 (root, or a user to whom a subtree is delegated).
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "base/pid.h"
#include "base/unique_fd.h"
#include "base/units.h"
#include "sandbox/cgroup_place.h"
#include "sandbox/sandbox.h"

namespace plumbline::sandbox {

// The most that the group in `folder` has used, or, before Linux 5.19 with version 2, which does
// not remember it, what it uses now: to be asked again and again.
std::optional<Bytes> PeakIn(const std::string& folder, bool v2);

class Cgroup {
 public:
  static Result<Cgroup> Create();
  Cgroup(Cgroup&& other) noexcept;
  Cgroup& operator=(Cgroup&& other) noexcept;
  // Removes the group. REQUIRES: its processes are reaped.
  ~Cgroup();

  Status Join(HostPid process);
  Status Limit(const Limits& limits);
  std::optional<Bytes> Peak() const { return PeakIn(memory_, v2_); }
  bool MemoryLimitHit() const;

 private:
  Cgroup() = default;
  void Remove();

  std::string memory_;  // this group's folders; one and the same in version 2
  std::string pids_;
  UniqueFd out_of_memory_;  // the file that tells of it, which is looked at again and again
  bool v2_ = false;
};

// Removes the empty groups of supervisors that were killed: nobody else will, until the next run.
void RemoveGroupsOfKilled();

}  // namespace plumbline::sandbox
