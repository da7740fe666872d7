// SPDX-License-Identifier: MIT
// Where this process may make control groups (cgroups(7)), and if nowhere, why: /proc/self/cgroup
// and the hierarchies' folders, turned into a place or into what somebody can do about it.
#pragma once

#include <string>

#include "base/error.h"

namespace plumbline::sandbox {

struct CgroupPlace {
  // Version 1: the own groups in the memory and the pids hierarchy. Version 2: one folder, twice.
  std::string memory;
  std::string pids;
  bool v2 = false;
};
// From /proc/self/cgroup as `membership` and the folder where the hierarchies are mounted. Version
// 2 goes first, also where it is mounted beside version 1. An error says what is missing, with its
// folder, and its hint has commands that mend it.
Result<CgroupPlace> FindCgroupPlace(const std::string& membership,
                                    const std::string& mount = "/sys/fs/cgroup");

}  // namespace plumbline::sandbox
