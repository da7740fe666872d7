// SPDX-License-Identifier: MIT
#include "trace/stops.h"

#include <linux/ptrace.h>
#include <signal.h>
#include <sys/wait.h>

namespace plumbline::trace {
namespace {

bool IsStopSignal(int signal) {
  return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

}  // namespace

Stop Classify(int wait_status) {
  if (WIFEXITED(wait_status)) return Ended{.status = WEXITSTATUS(wait_status)};
  if (WIFSIGNALED(wait_status))
    return Ended{.killed_by = WTERMSIG(wait_status), .core = WCOREDUMP(wait_status) != 0};
  const int signal = WSTOPSIG(wait_status);
  switch (wait_status >> 16) {
    case PTRACE_EVENT_SECCOMP:
      return CallBegin{};
    case PTRACE_EVENT_FORK:
      return ChildMade{ChildMade::How::kFork};
    case PTRACE_EVENT_VFORK:
      return ChildMade{ChildMade::How::kVfork};
    case PTRACE_EVENT_CLONE:
      return ChildMade{ChildMade::How::kClone};
    case PTRACE_EVENT_EXEC:
      return ProgramReplaced{};
    case PTRACE_EVENT_STOP:
      if (IsStopSignal(signal)) return GroupStop{signal};
      return Trapped{};
    default:
      break;
  }
  if (signal == (SIGTRAP | 0x80)) return CallEnd{};
  return SignalArrives{signal};
}

}  // namespace plumbline::trace
