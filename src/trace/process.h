// SPDX-License-Identifier: MIT
// What the tracer knows of each thread and process that it follows.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/pid.h"
#include "base/unique_fd.h"
#include "record/event.h"
#include "trace/ptrace.h"

namespace plumbline::trace {

constexpr int kSignals = 65;  // 1..64

enum class Disposition : uint8_t { kDefault, kIgnored, kHandled };
struct SignalAction {
  Disposition disposition = Disposition::kDefault;
  bool restarts = false;    // SA_RESTART
  bool no_zombies = false;  // SA_NOCLDWAIT, of SIGCHLD
};

struct Process {
  record::ProcessIndex index = 0;
  HostPid host;
  Pid pid;
  record::ProcessIndex parent = record::kGrader;  // as it is now; kGrader: init
  std::string program;                            // file name of what it runs
  std::string executable;
  std::array<SignalAction, kSignals> actions{};
  std::unordered_map<int, int> objects;  // descriptor -> object, as far as known
  std::pair<uint64_t, uint64_t> loader{0, 0};  // where ld.so is mapped
  int threads = 1;
  bool stopped = false;
  bool ended = false;
  bool reaped = false;
  bool peer = false;
  int end_status = 0;     // of ended: as wait(2) has it
  Duration processor{};   // of ended
};

struct Task {
  enum class State {
    kStarting,   // its first stop is still to come
    kRunning,    // in user code, or in a call that is not followed
    kInCall,     // let into a call that is followed to its end
    kHeld,       // stopped by us, until Tracer::Release
    kGroupStop,  // stopped by a signal, listening
    kDead,
  };
  HostPid host;
  Pid tid;
  Process* process = nullptr;
  State state = State::kStarting;
  Entry call;                 // of kInCall and of a hold before a call
  bool held_at_call = false;  // of kHeld: before `call`; else before the program's first instruction
  bool rewound = false;       // the held call was abandoned so that a signal comes first
  // Pending halves of calls that make events before their end is known.
  int sent_event = -1;
  std::optional<record::Executed> executing;
  // The last call ended by a signal: whether the program sees EINTR is known at the delivery.
  int interrupted_event = -1;
  int64_t interrupted_result = 0;
  std::string interrupted_call;
  // Kept open for the test of rest.
  UniqueFd proc_syscall;
  UniqueFd proc_schedstat;
};

}  // namespace plumbline::trace
