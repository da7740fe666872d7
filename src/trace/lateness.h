// SPDX-License-Identifier: MIT
// A tracer that is late by chance, and tasks that are, as on a machine that has much else to do.
#pragma once

#include <chrono>
#include <random>
#include <vector>

#include "base/pid.h"
#include "base/units.h"
#include "trace/ptrace.h"

namespace plumbline::trace {

// Of each eight stops one waits for up to 2 ms, now and then for up to 20 ms, while all that are
// not stopped run on to their own next stop, wait or end: what hangs on a tracer that comes in time
// shows soon, and not once in thousands of runs. And of each eight tasks that could go on one does
// so that much later, while the others do at once: what hangs on who comes first shows too. Each
// run has chances of its own.
class Lateness {
 public:
  Lateness();
  // Before a stop is handled: naps, or not. Signals do not cut it short.
  void MayNap();
  // Real time so far that is not the run's; of each task that was held back, too.
  Duration napped() const { return napped_; }

  // True: the task goes on later, by LetGo(). REQUIRES: it is stopped.
  bool HoldsBack(HostPid task, Until until, int signal);
  // Lets those go on whose time has come.
  void LetGo();
  // It has come to another stop: somebody killed it.
  void Forget(HostPid task);

 private:
  using Clock = std::chrono::steady_clock;
  struct HeldBack {
    HostPid task;
    Until until;
    int signal;
    Clock::time_point since;
    Clock::time_point due;
  };
  bool ByChance();
  // Up to 2 ms, now and then up to 20.
  Duration AWhile();

  std::minstd_rand random_;
  Duration napped_{};
  std::vector<HeldBack> held_back_;
};

}  // namespace plumbline::trace
