// SPDX-License-Identifier: MIT
// What /proc tells of a traced task (proc(5)). A task that has gone gives empty answers.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/pid.h"
#include "base/units.h"

namespace plumbline::trace {

// The number of a task in the innermost PID namespace that it is in.
Pid InnerPid(HostPid task);
Pid InnerGroupOf(HostPid task);

// A link of /proc/PID, as it reads inside the sandbox ("exe", "cwd").
std::string LinkOf(HostPid task, const char* name);

// Where the dynamic loader is mapped: [first, second); {0, 0} for a static program.
std::pair<uint64_t, uint64_t> LoaderOf(HostPid task);

// A signal is pending that is neither blocked nor ignored.
bool HasDeliverableSignal(HostPid task);

// The process that a pidfd of the task refers to, by its inner number.
std::optional<Pid> PidOfPidfd(HostPid task, int fd);

// Which argument of a call is a path of a file that must exist (exec, stat, access, open); -1: none.
int PathArgumentOf(int call);
// All such calls.
std::vector<int> CallsWithPaths();

// /proc/PID/status, the parts that are used. Signal sets have bit n-1 for signal n.
struct TaskStatus {
  char state = 'X';
  HostPid parent;
  std::vector<Pid> inner_pids;     // by namespace, the innermost last
  std::vector<Pid> inner_groups;
  std::vector<Pid> inner_sessions;
  uint64_t pending = 0;         // of this thread
  uint64_t shared_pending = 0;  // of the process
  uint64_t blocked = 0;
  uint64_t ignored = 0;
  uint64_t caught = 0;
  uint64_t resident = 0;  // bytes
};
std::optional<TaskStatus> StatusOf(HostPid task);

std::vector<int> SignalsIn(uint64_t set);

}  // namespace plumbline::trace
