// SPDX-License-Identifier: MIT
#include "trace/clock/timed_calls.h"

#include <linux/futex.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "trace/clock/clock.h"
#include "trace/clock/times.h"

namespace plumbline::trace::clock {
namespace {

using enum TimeForm;

constexpr std::array kTimedCalls{
    TimedCall{SYS_nanosleep, 0, kTimespec, 0},
    TimedCall{SYS_clock_nanosleep, 2, kTimespec, 0},
    TimedCall{SYS_poll, 2, kMilliseconds, 0},
    TimedCall{SYS_ppoll, 2, kTimespec, 0, true},
    TimedCall{SYS_select, 4, kTimeval, 0, true},
    TimedCall{SYS_pselect6, 4, kTimespec, 0, true},
    TimedCall{SYS_epoll_wait, 3, kMilliseconds, 0},
    TimedCall{SYS_epoll_pwait, 3, kMilliseconds, 0},
    TimedCall{SYS_epoll_pwait2, 3, kTimespec, 0},
    TimedCall{SYS_futex, 3, kTimespec, -ETIMEDOUT},
    TimedCall{SYS_futex_waitv, 3, kTimespec, -ETIMEDOUT},
    TimedCall{SYS_rt_sigtimedwait, 2, kTimespec, -EAGAIN},
    TimedCall{SYS_semtimedop, 3, kTimespec, -EAGAIN},
    TimedCall{SYS_mq_timedsend, 4, kTimespec, -ETIMEDOUT},
    TimedCall{SYS_mq_timedreceive, 4, kTimespec, -ETIMEDOUT},
    // How many messages came by then, if any did: see EndWait().
    TimedCall{SYS_recvmmsg, 4, kTimespec, -EAGAIN},
    TimedCall{SYS_io_getevents, 4, kTimespec, 0},
};

// futex(2): FUTEX_WAIT alone says how long, the others until when.
std::optional<Timeout> OfFutex(uint64_t operation, Duration time) {
  const bool by_date = (operation & FUTEX_CLOCK_REALTIME) != 0;
  switch (operation & static_cast<uint64_t>(FUTEX_CMD_MASK)) {
    case FUTEX_WAIT:
      return Timeout{.time = time};
    case FUTEX_LOCK_PI:
      return Timeout{.time = time, .absolute = true, .clock = CLOCK_REALTIME};
    case FUTEX_WAIT_BITSET:
    case FUTEX_LOCK_PI2:
    case FUTEX_WAIT_REQUEUE_PI:
      return Timeout{
          .time = time, .absolute = true, .clock = by_date ? CLOCK_REALTIME : CLOCK_MONOTONIC};
    default:
      return std::nullopt;  // the argument is something else
  }
}

std::optional<Timeout> OfClockNanosleep(const uint64_t (&args)[6], Duration time) {
  const auto id = static_cast<clockid_t>(args[0]);
  const bool can_sleep = Passes(id) && id != CLOCK_REALTIME_COARSE &&
                         id != CLOCK_MONOTONIC_COARSE && id != CLOCK_MONOTONIC_RAW;
  if (!can_sleep) return std::nullopt;
  return Timeout{.time = time, .absolute = (args[1] & TIMER_ABSTIME) != 0, .clock = id};
}

std::optional<Duration> TimeAt(HostPid task, uint64_t address, TimeForm form) {
  if (form == kTimeval) {
    const auto time = ReadValue<timeval>(task, address);
    return time ? ToDuration(*time) : std::nullopt;
  }
  const auto time = ReadValue<timespec>(task, address);
  return time ? ToDuration(*time) : std::nullopt;
}

// The kernel sleeps for its timer's slack or a tick even when it is to wait for no time (prctl(2),
// PR_SET_TIMERSLACK): who is found so would wait for ever, as far as we know.
bool SleepsAnyway(int call) {
  return OnlySleeps(call) || call == SYS_futex || call == SYS_semtimedop;
}

}  // namespace

const TimedCall* FindTimedCall(int call) {
  const auto* found = std::ranges::find(kTimedCalls, call, &TimedCall::call);
  return found == kTimedCalls.end() ? nullptr : found;
}

std::optional<Timeout> TimeoutOf(const Task& task, const TimedCall& timed) {
  const auto& args = task.call.args;
  const uint64_t argument = args[static_cast<size_t>(timed.argument)];
  if (timed.form == kMilliseconds) {
    const auto milliseconds = static_cast<int32_t>(argument);
    if (milliseconds <= 0) return std::nullopt;
    return Timeout{.time = std::chrono::milliseconds(milliseconds)};
  }
  if (argument == 0) return std::nullopt;
  const auto time = TimeAt(task.host, argument, timed.form);
  if (!time || *time == kForEver) return std::nullopt;
  std::optional<Timeout> timeout = Timeout{.time = *time};
  if (timed.call == SYS_futex) timeout = OfFutex(args[1], *time);
  if (timed.call == SYS_clock_nanosleep) timeout = OfClockNanosleep(args, *time);
  if (timed.call == SYS_mq_timedsend || timed.call == SYS_mq_timedreceive)
    timeout = {.time = *time, .absolute = true, .clock = CLOCK_REALTIME};
  if (timed.call == SYS_futex_waitv)
    timeout = {.time = *time, .absolute = true, .clock = static_cast<clockid_t>(args[4])};
  // To wait for no time is to ask, and needs no clock.
  if (timeout && !timeout->absolute && timeout->time == Duration{} && !SleepsAnyway(timed.call))
    return std::nullopt;
  return timeout;
}

bool OnlySleeps(int call) { return call == SYS_nanosleep || call == SYS_clock_nanosleep; }

}  // namespace plumbline::trace::clock
