// SPDX-License-Identifier: MIT
// Can anything still move? The test that `await: asleep`, `await: blocked`, snapshots and deadlocks
// stand on. It is a proof, not a time-out: see README.md.
#pragma once

#include <optional>
#include <vector>

#include "trace/blocked/network.h"
#include "trace/blocked/spin.h"
#include "trace/tracer.h"

namespace plumbline::trace {

enum class Rest {
  kMoving,    // somebody runs, or something is under way
  kAsleep,    // all are blocked, stopped or held; somebody has a deadline of its own
  kBlocked,   // the same, and no deadline is left
  kSpinning,  // all the others are blocked; those that run have had no effect for long
  kAsking,    // the same; those that run ask for something all the time (asking.h), and somebody
              // has a deadline
};

class RestTest {
 public:
  RestTest(Tracer& tracer, LoopbackProbe& network)
      : tracer_(tracer), network_(network), spin_(tracer), idle_(tracer) {}

  // One probe. Costs a few microseconds a thread, and that only if who ran at the last one does not
  // still; all are looked at twice more only if nobody is found running.
  Rest Probe();

  // Who spins has to use as much again until that is believed.
  void ForgetSpinning() { spin_.Forget(); }
  // SpinTest::Spun().
  Duration Spun() const { return spin_.Spun(); }

  // How much processor time a process has used to no effect, its own or another one's.
  void LookForEffects() { idle_.Look(); }
  Duration SpunFor(const Process& process) const { return idle_.SpunFor(process); }

  uint64_t probes() const { return probes_; }

 private:
  // A thread's run count before it was looked at, and the call that it was in.
  struct Seen {
    Task* task = nullptr;
    uint64_t runs = 0;
    std::optional<Entry> call;
  };
  bool Sleeps(Task& task, std::optional<Entry>& call);
  bool WaitsForOthers(Task& task, const std::optional<Entry>& call);
  bool MaySleep(Task& task);
  bool StillMoves();
  // `rest`: what it is if they do; kBlocked: or kAsleep.
  Rest Prove(const std::vector<Task*>& sleeping, Rest rest);

  Tracer& tracer_;
  LoopbackProbe& network_;
  SpinTest spin_;
  IdleTest idle_;
  pid_t ran_ = 0;  // one that ran at the last probe
  uint64_t probes_ = 0;
};

// The call that a thread is blocked in; nothing: it runs, or is not in a call.
std::optional<Entry> BlockedIn(Task& task);

}  // namespace plumbline::trace
