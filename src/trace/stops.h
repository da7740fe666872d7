// SPDX-License-Identifier: MIT
// What a wait status of a traced task says, told apart once (ptrace(2), "Stopped states").
#pragma once

#include <variant>

namespace plumbline::trace {

struct Ended {
  int status = 0;
  int killed_by = 0;
  bool core = false;
};
struct CallEnd {};    // after a call that was followed to its end
struct CallBegin {};  // seccomp's RET_TRACE
struct SignalArrives {
  int signal = 0;
};
struct GroupStop {
  int signal = 0;
};
struct Trapped {};  // PTRACE_EVENT_STOP without a stop signal: attached, interrupted, continued
struct ChildMade {
  enum class How { kFork, kVfork, kClone };
  How how = How::kFork;
};
struct ProgramReplaced {};  // execve succeeded
using Stop = std::variant<Ended, CallEnd, CallBegin, SignalArrives, GroupStop, Trapped, ChildMade,
                          ProgramReplaced>;

Stop Classify(int wait_status);

}  // namespace plumbline::trace
