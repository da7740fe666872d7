// SPDX-License-Identifier: MIT
// Interrupts the supervisor's wait for stops now and then, so that it can look whether all has come
// to rest and serve the grader's ends.
#pragma once

#include <ctime>

#include "base/error.h"
#include "base/units.h"

namespace plumbline::scenario {

// A timer of this thread whose signal (SIGRTMIN+1) does nothing but interrupt a blocking call
// (timer_create(2), SIGEV_THREAD_ID). Periodic: a tick that comes just before the wait costs one
// period, it never hangs.
class Ticker {
 public:
  static Result<Ticker> Start();
  Ticker(Ticker&& other) noexcept;
  Ticker& operator=(Ticker&&) = delete;
  ~Ticker();

  // From now on a tick each `period`.
  void Set(Duration period);

 private:
  explicit Ticker(timer_t timer) : timer_(timer), owned_(true) {}

  timer_t timer_;
  bool owned_ = false;
  Duration period_{};
};

}  // namespace plumbline::scenario
