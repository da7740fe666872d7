// SPDX-License-Identifier: MIT
// The kernel closes the /proc of a process whose program may be run but not read to whoever has no
// privileges (execve(2), PR_SET_DUMPABLE in prctl(2)), and with it descriptors, maps and memory: a
// student could so hide what a check looks for. The process itself may open it again.
#pragma once

#include <optional>

#include "base/pid.h"

namespace plumbline::trace {

// This account cannot look into it.
bool IsClosed(HostPid task);

// Has it do prctl(PR_SET_DUMPABLE, 1), and leaves it as it was. Nothing: done. Else its wait
// status, which is yet to be handled: it has ended meanwhile; or 0: it cannot be done. REQUIRES:
// the task has stopped at the replacement of its program (PTRACE_EVENT_EXEC).
std::optional<int> Open(HostPid task);

}  // namespace plumbline::trace
