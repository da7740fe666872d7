// SPDX-License-Identifier: MIT
// Can anything still move? The test that `await: asleep`, `await: blocked`, snapshots and deadlocks
// stand on. It is a proof, not a time-out: see README.md.
#pragma once

#include <map>
#include <optional>

#include "base/units.h"
#include "trace/blocked/network.h"
#include "trace/tracer.h"

namespace plumbline::trace {

enum class Rest {
  kMoving,    // somebody runs, or something is under way
  kAsleep,    // all are blocked, stopped or held; somebody has a deadline of its own
  kBlocked,   // the same, and no deadline is left
  kSpinning,  // all the others are blocked; those that run have had no effect for long
};

class RestTest {
 public:
  RestTest(Tracer& tracer, LoopbackProbe& network) : tracer_(tracer), network_(network) {}

  // One probe. Costs a few microseconds a thread; all are looked at twice only if nobody is found
  // running.
  Rest Probe();

  uint64_t probes() const { return probes_; }

 private:
  enum class Look { kRuns, kSleeps, kSpins };
  Look Glance(Task& task);
  Look LookAt(Task& task);
  bool Spins(const Process& process);
  bool HasDeadline(Task& task);
  bool SomebodyRuns();
  Rest Prove();

  Tracer& tracer_;
  LoopbackProbe& network_;
  uint64_t effects_seen_ = 0;
  std::map<record::ProcessIndex, Duration> processor_at_effect_;
  uint64_t probes_ = 0;
};

// The call that a thread is blocked in, from /proc/TID/syscall; nothing: it runs, or is not in a
// call.
std::optional<Entry> BlockedIn(const Task& task);
// A blocked call that ends by itself when its time is over.
bool EndsByItself(const Task& task, const Entry& entry);

}  // namespace plumbline::trace
