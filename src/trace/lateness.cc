// SPDX-License-Identifier: MIT
#include "trace/lateness.h"

#include <cerrno>
#include <chrono>
#include <ctime>

namespace plumbline::trace {
namespace {

constexpr unsigned kEach = 8;     // stops: one of them is late
constexpr unsigned kRarely = 32;  // naps: one of them is a long one
constexpr Duration kNap = std::chrono::milliseconds(2);
constexpr Duration kLongNap = std::chrono::milliseconds(20);

Duration Now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

// By an instant and not by a time: a tick comes in all the while. plumbline: subject is time
void SleepUntil(Duration instant) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(instant);
  const timespec until{.tv_sec = seconds.count(), .tv_nsec = (instant - seconds).count()};
  while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
}

}  // namespace

Lateness::Lateness() : random_(static_cast<std::minstd_rand::result_type>(Now().count())) {}

void Lateness::MayNap() {
  if (random_() % kEach != 0) return;
  const Duration most = random_() % kRarely == 0 ? kLongNap : kNap;
  const Duration begin = Now();
  SleepUntil(begin + most / 1000 * (random_() % 1000));
  napped_ += Now() - begin;
}

}  // namespace plumbline::trace
