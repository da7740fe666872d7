// SPDX-License-Identifier: MIT
// The kernel's forms of time in a program's memory, and ours.
#pragma once

#include <sys/time.h>

#include <chrono>
#include <ctime>
#include <optional>

#include "base/units.h"

namespace plumbline::trace::clock {

// Further ahead than any run's limit, and what the kernel itself takes for that.
constexpr Duration kForEver = std::chrono::hours(24) * 36500;

// Nothing: no time at all (negative, or the fraction is out of range), which the kernel refuses.
// Not more than kForEver.
inline std::optional<Duration> ToDuration(const timespec& time) {
  if (time.tv_sec < 0 || time.tv_nsec < 0 || time.tv_nsec >= 1'000'000'000) return std::nullopt;
  if (std::chrono::seconds(time.tv_sec) >= kForEver) return kForEver;
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}
inline std::optional<Duration> ToDuration(const timeval& time) {
  if (time.tv_sec < 0 || time.tv_usec < 0 || time.tv_usec >= 1'000'000) return std::nullopt;
  if (std::chrono::seconds(time.tv_sec) >= kForEver) return kForEver;
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

inline timespec ToTimespec(Duration time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return {.tv_sec = seconds.count(), .tv_nsec = (time - seconds).count()};
}
inline timeval ToTimeval(Duration time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto rest = std::chrono::duration_cast<std::chrono::microseconds>(time - seconds);
  return {.tv_sec = seconds.count(), .tv_usec = rest.count()};
}

}  // namespace plumbline::trace::clock
