// SPDX-License-Identifier: MIT
// A tracer that is late by chance, as on a machine that has much else to do.
#pragma once

#include <random>

#include "base/units.h"

namespace plumbline::trace {

// Of each eight stops one waits for up to 2 ms, now and then for up to 20 ms, while all that are
// not stopped run on to their own next stop, wait or end: what hangs on a tracer that comes in time
// shows soon, and not once in thousands of runs. Each run has naps of its own.
class Lateness {
 public:
  Lateness();
  // Before a stop is handled: naps, or not. Signals do not cut it short.
  void MayNap();
  // Real time so far, which is not the run's.
  Duration napped() const { return napped_; }

 private:
  std::minstd_rand random_;
  Duration napped_{};
};

}  // namespace plumbline::trace
