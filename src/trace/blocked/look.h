// SPDX-License-Identifier: MIT
// What /proc says of a task at this moment, by files that are kept open.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "trace/process.h"

namespace plumbline::trace {

// Where a task is (/proc/PID/syscall). The kernel answers "running" unless the task is off the run
// queue (it calls wait_task_inactive()).
struct Place {
  bool runs = true;           // or has gone
  std::optional<Entry> call;  // that it is in; nothing: not in a call
};
Place PlaceOf(Task& task);

// The letter of its state ('S', 'D', 't' ...).
char StateOf(Task& task);

// How often it was given a processor; where the kernel does not count that (CountsRuns()), how
// often it was taken away, which serves as well for who is off it.
uint64_t RunCount(Task& task);
bool CountsRuns();
// From now on as on a kernel that does not, for tests.
void CountSwitches();

// Bytes that a process has read and written so far, as a text (/proc/PID/io), also where single
// calls are not followed. "" on kernels that do not count (CONFIG_TASK_IO_ACCOUNTING).
std::string BytesMoved(HostPid process);

// By us or by a signal.
bool IsStopped(const Task& task);

}  // namespace plumbline::trace
