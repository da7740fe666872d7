// SPDX-License-Identifier: MIT
// Time-outs of sockets (SO_RCVTIMEO, SO_SNDTIMEO in socket(7)). The kernel's socket gets none.
// Reads and writes are not stopped at, so that a wait is known only when the thread is found in
// one: its time begins then.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "base/units.h"
#include "trace/process.h"

namespace plumbline::trace {
class Tracer;
}

namespace plumbline::trace::clock {

class SocketTimeouts {
 public:
  explicit SocketTimeouts(Tracer& tracer) : tracer_(tracer) {}

  // The result of a call that sets or asks for one; nothing: it is for the kernel.
  std::optional<int64_t> Answer(const Task& task);
  // accept(2) hands them down.
  void NoteAccepted(int listener, int object);

  bool none() const { return timeouts_.empty(); }
  // How long a call on a descriptor of the process waits at most.
  std::optional<Duration> Of(const Process& process, const Entry& call) const;

 private:
  struct Timeouts {
    Duration receive{};  // 0: none
    Duration send{};
  };
  std::optional<int64_t> Set(const Task& task, int object, bool receives);
  std::optional<int64_t> Get(const Task& task, int object, bool receives) const;

  Tracer& tracer_;
  std::map<int, Timeouts> timeouts_;  // by object
};

// What the call gives when its time is over.
int64_t TimedOut(HostPid task, const Entry& call);

}  // namespace plumbline::trace::clock
