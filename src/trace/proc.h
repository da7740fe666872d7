// SPDX-License-Identifier: MIT
// What /proc tells of a traced task (proc(5)). A task that has gone gives empty answers.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/pid.h"
#include "base/unique_fd.h"
#include "base/units.h"

namespace plumbline::trace {

// The number of a task in the innermost PID namespace that it is in.
Pid InnerPid(HostPid task);
Pid InnerGroupOf(HostPid task);

// A link of /proc/PID, as it reads inside the sandbox ("exe", "cwd").
std::string LinkOf(HostPid task, const char* name);

// A file of the task's own root, by an absolute path; links are followed there and never lead out
// of it (openat2(2), RESOLVE_IN_ROOT), for a program may have put one anywhere. `flags` of open(2);
// close-on-exec. Invalid if there is none.
UniqueFd OpenInside(HostPid task, const std::string& path, int flags);
// The file that the task executes, wherever its name leads by now.
UniqueFd OpenExecutable(HostPid task, int flags);

// Where the dynamic loader is mapped: [first, second); {0, 0} for a static program.
std::pair<uint64_t, uint64_t> LoaderOf(HostPid task);

// What a program was executed as, and its NUL-separated strings ("cmdline", "environ"), from its
// own memory: just after execve(2) nobody has changed them.
std::string ExecutedPath(HostPid task);
std::vector<std::string> StringsOf(HostPid task, const char* name);

// The state letter of one thread ('S', 'D', 'Z' ...), from the text of /proc/PID/task/TID/stat.
char StateIn(std::string_view stat);

// How often a thread was taken off a processor, by its own will or not.
uint64_t SwitchesOf(HostPid task);

// How long a thread has had a processor, if it is running now or waits for one; nothing: it does
// neither.
std::optional<Duration> ProcessorTimeOfRunnable(HostPid task);

// Signals that are pending and neither blocked nor ignored, as a set.
uint64_t DeliverableSignals(HostPid task);

// The process that a pidfd of the task refers to, by its inner number.
std::optional<Pid> PidOfPidfd(HostPid task, int fd);
// What fcntl(2), F_GETFL gives of a descriptor; nothing if it is not open.
std::optional<int> FlagsOf(HostPid task, int fd);

// Which argument of a call is a path of a file that must exist (exec, stat, access, open); -1:
// none.
int PathArgumentOf(int call);
// All such calls.
std::vector<int> CallsWithPaths();
// All arguments of a call that are names of files, but of one that replaces the program.
std::vector<int> PathArgumentsOf(int call);
// Those that have any.
std::vector<int> CallsOfFiles();

// /proc/PID/status, the parts that are used. Signal sets have bit n-1 for signal n.
struct TaskStatus {
  char state = 'X';
  HostPid leader;  // the first thread of its process
  HostPid parent;
  std::vector<Pid> inner_pids;  // by namespace, the innermost last
  std::vector<Pid> inner_groups;
  std::vector<Pid> inner_sessions;
  uint64_t pending = 0;         // of this thread
  uint64_t shared_pending = 0;  // of the process
  uint64_t blocked = 0;
  uint64_t ignored = 0;
  uint64_t caught = 0;
  uint64_t resident = 0;  // bytes
  uint64_t reserved = 0;  // bytes of addresses, resident or not
  uint64_t descriptor_slots = 0;
};
std::optional<TaskStatus> StatusOf(HostPid task);

std::vector<int> SignalsIn(uint64_t set);

}  // namespace plumbline::trace
