// SPDX-License-Identifier: MIT
#include "trace/clock/reads.h"

#include <sys/syscall.h>

#include <cerrno>

#include "trace/clock/times.h"

namespace plumbline::trace::clock {
namespace {

template <typename T>
int64_t Fill(const Task& task, uint64_t address, const T& value) {
  return WriteMemory(task.host, address, &value, sizeof value) ? 0 : -EFAULT;
}

// time(2) gives it in both ways.
int64_t AnswerTime(const Task& task, Clock& clock) {
  const time_t seconds = ToTimespec(clock.On(CLOCK_REALTIME, clock.Read())).tv_sec;
  const uint64_t where = task.call.args[0];
  if (where != 0 && Fill(task, where, seconds) != 0) return -EFAULT;
  return seconds;
}

int64_t AnswerTimeOfDay(const Task& task, Clock& clock) {
  const auto& args = task.call.args;
  constexpr struct timezone kGreenwich{};
  if (args[0] != 0 && Fill(task, args[0], ToTimeval(clock.On(CLOCK_REALTIME, clock.Read()))) != 0)
    return -EFAULT;
  return args[1] == 0 ? 0 : Fill(task, args[1], kGreenwich);
}

}  // namespace

std::optional<int64_t> AnswerRead(const Task& task, Clock& clock) {
  const auto& args = task.call.args;
  switch (task.call.number) {
    case SYS_clock_gettime: {
      const auto id = static_cast<clockid_t>(args[0]);
      if (!Passes(id)) return std::nullopt;
      return Fill(task, args[1], ToTimespec(clock.On(id, clock.Read())));
    }
    case SYS_gettimeofday:
      return AnswerTimeOfDay(task, clock);
    case SYS_time:
      return AnswerTime(task, clock);
    default:
      return std::nullopt;
  }
}

int64_t TicksNow(Clock& clock) {
  constexpr auto kTick = std::chrono::milliseconds(10);  // USER_HZ of x86-64 is 100
  return clock.On(CLOCK_MONOTONIC, clock.Read()) / kTick;
}

}  // namespace plumbline::trace::clock
