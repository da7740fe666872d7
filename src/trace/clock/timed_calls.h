// SPDX-License-Identifier: MIT
// The calls that wait for so long at most: where they say it, how to make them wait for ever, and
// what they return when the time is over. Who adds one adds a row here.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

#include "base/units.h"
#include "trace/process.h"

namespace plumbline::trace::clock {

enum class TimeForm { kMilliseconds, kTimespec, kTimeval };

struct TimedCall {
  int call;
  int argument;  // which one is the time; a pointer, but of kMilliseconds
  TimeForm form;
  int64_t timed_out;  // the result then
  // Writes into the argument how much time is left (select(2), "Linux notes").
  bool tells_rest = false;
};

// Nothing for other calls.
const TimedCall* FindTimedCall(int call);

struct Timeout {
  Duration time{};
  bool absolute = false;
  clockid_t clock = 0;  // of an absolute one
};
// How long the call that the task is about to make waits at most. Nothing: for ever, not at all, by
// a clock of processor time; or it is no proper time, which the kernel refuses.
std::optional<Timeout> TimeoutOf(const Task& task, const TimedCall& timed);

// A call that does nothing but let time pass.
bool OnlySleeps(int call);

}  // namespace plumbline::trace::clock
