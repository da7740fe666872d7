// SPDX-License-Identifier: MIT
#include "trace/clock/rules.h"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>

namespace plumbline::trace::clock {
namespace {

using sandbox::TraceRule;

constexpr uint64_t kInt = 0xffffffff;

TraceRule Always(int call) { return {.call = call, .argument = {}, .mask = 0, .value = 0}; }

// With a time at all.
TraceRule WithPointer(int call, int argument) {
  return {.call = call, .argument = argument, .mask = ~uint64_t{0}, .value = 0, .unless = true};
}

// Not for ever: without the sign's bit.
TraceRule NotNegative(int call, int argument) {
  return {.call = call, .argument = argument, .mask = 0x80000000, .value = 0};
}

TraceRule With(int call, int argument, uint64_t value) {
  return {.call = call, .argument = argument, .mask = kInt, .value = value};
}

}  // namespace

std::vector<TraceRule> Rules(bool reads) {
  std::vector<TraceRule> rules{
      NotNegative(SYS_poll, 2),
      WithPointer(SYS_ppoll, 2),
      WithPointer(SYS_select, 4),
      WithPointer(SYS_pselect6, 4),
      NotNegative(SYS_epoll_wait, 3),
      NotNegative(SYS_epoll_pwait, 3),
      WithPointer(SYS_epoll_pwait2, 3),
      WithPointer(SYS_futex, 3),
      WithPointer(SYS_futex_waitv, 3),
      WithPointer(SYS_semtimedop, 3),
      WithPointer(SYS_mq_timedsend, 4),
      WithPointer(SYS_mq_timedreceive, 4),
      WithPointer(SYS_recvmmsg, 4),
      WithPointer(SYS_io_getevents, 4),
      With(SYS_getitimer, 0, ITIMER_REAL),
      Always(SYS_timer_gettime),
      Always(SYS_timer_getoverrun),
      Always(SYS_timerfd_gettime),
  };
  for (const uint64_t option : {SO_RCVTIMEO_OLD, SO_RCVTIMEO_NEW, SO_SNDTIMEO_OLD, SO_SNDTIMEO_NEW})
    rules.push_back(With(SYS_getsockopt, 2, option));
  if (!reads) return rules;
  for (const int call : {SYS_clock_gettime, SYS_gettimeofday, SYS_time, SYS_times})
    rules.push_back(Always(call));
  return rules;
}

}  // namespace plumbline::trace::clock
