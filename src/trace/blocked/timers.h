// SPDX-License-Identifier: MIT
// Which timers of the kernel's own may still wake somebody: alarm(2), setitimer(2),
// timer_settime(2), timerfd_settime(2). No /proc file tells that; the calls do.
#pragma once

#include <sys/types.h>

#include <compare>
#include <map>

#include "base/units.h"
#include "record/event.h"
#include "trace/process.h"

namespace plumbline::trace {

class Timers {
 public:
  // A call that makes or sets a timer succeeded; others are left alone. `object`: of timerfd calls.
  void NoteCall(const Task& task, int object);
  // execve(2) deletes those of timer_create(2).
  void ForgetMade(record::ProcessIndex process);
  void ForgetAll(record::ProcessIndex process);

  // Somebody's timer is still to go off. A timer that has gone off before this is asked has woken
  // whom it wakes.
  bool Armed() const;

 private:
  enum class Kind { kReal, kMade, kDescriptor };
  struct Key {
    Kind kind = Kind::kReal;
    int owner = 0;   // process, or of descriptors their object
    int number = 0;  // of kMade
    auto operator<=>(const Key&) const = default;
  };
  struct Timer {
    clockid_t clock = 0;
    bool armed = false;
    bool periodic = false;
    Duration deadline{};  // CLOCK_MONOTONIC
  };
  void Set(Key key, Duration value, Duration interval, bool absolute);

  std::map<Key, Timer> timers_;
};

}  // namespace plumbline::trace
