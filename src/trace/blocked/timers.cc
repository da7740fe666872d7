// SPDX-License-Identifier: MIT
#include "trace/blocked/timers.h"

#include <sys/syscall.h>
#include <sys/time.h>

#include <algorithm>
#include <ctime>

namespace plumbline::trace {
namespace {

// A timer's interrupt may be handled by another processor, a little later than it is read here.
constexpr Duration kSlack = std::chrono::milliseconds(10);

Duration ToDuration(const timespec& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}
Duration ToDuration(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

Duration Now(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return ToDuration(time);
}

// Clocks of processor time stand still while all sleep.
bool Passes(clockid_t clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME ||
         clock == CLOCK_REALTIME_ALARM || clock == CLOCK_BOOTTIME_ALARM || clock == CLOCK_TAI;
}

clockid_t ClockIn(uint64_t argument) { return static_cast<clockid_t>(argument); }

}  // namespace

void Timers::Set(Key key, Duration value, Duration interval, bool absolute) {
  Timer& timer = timers_[key];
  timer.armed = value != Duration{} && Passes(timer.clock);
  timer.periodic = interval != Duration{};
  if (timer.armed)
    timer.deadline = Now(CLOCK_MONOTONIC) + value - (absolute ? Now(timer.clock) : Duration{});
}

void Timers::NoteCall(const Task& task, int object) {
  const auto& args = task.call.args;
  const int process = task.process->index;
  switch (task.call.number) {
    case SYS_alarm:
      return Set({Kind::kReal, process}, std::chrono::seconds(args[0] & 0xffffffff), {}, false);
    case SYS_setitimer: {
      if (args[0] != ITIMER_REAL) return;
      const auto value = ReadValue<itimerval>(task.host, args[1]);
      if (value)
        Set({Kind::kReal, process}, ToDuration(value->it_value), ToDuration(value->it_interval),
            false);
      return;
    }
    case SYS_timer_create: {
      const auto number = ReadValue<int>(task.host, args[2]);
      if (number) timers_[{Kind::kMade, process, *number}] = {.clock = ClockIn(args[0])};
      return;
    }
    case SYS_timerfd_create:
      timers_[{Kind::kDescriptor, object}] = {.clock = ClockIn(args[0])};
      return;
    case SYS_timer_settime:
    case SYS_timerfd_settime: {
      const bool made = task.call.number == SYS_timer_settime;
      const auto value = ReadValue<itimerspec>(task.host, args[2]);
      const Key key = made ? Key{Kind::kMade, process, static_cast<int>(args[0])}
                           : Key{Kind::kDescriptor, object};
      if (value)
        Set(key, ToDuration(value->it_value), ToDuration(value->it_interval),
            (args[1] & TIMER_ABSTIME) != 0);
      return;
    }
    case SYS_timer_delete:
      timers_.erase({Kind::kMade, process, static_cast<int>(args[0])});
      return;
    default:
      return;
  }
}

void Timers::ForgetMade(record::ProcessIndex process) {
  std::erase_if(timers_, [&](const auto& timer) {
    return timer.first.kind == Kind::kMade && timer.first.owner == process;
  });
}

void Timers::ForgetAll(record::ProcessIndex process) {
  std::erase_if(timers_, [&](const auto& timer) {
    return timer.first.kind != Kind::kDescriptor && timer.first.owner == process;
  });
}

bool Timers::Armed() const {
  if (timers_.empty()) return false;
  const Duration now = Now(CLOCK_MONOTONIC) - kSlack;
  return std::ranges::any_of(timers_, [&](const auto& entry) {
    const Timer& timer = entry.second;
    return timer.armed && (timer.periodic || now < timer.deadline);
  });
}

}  // namespace plumbline::trace
