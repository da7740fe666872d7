// SPDX-License-Identifier: MIT
#include "trace/lateness.h"

#include <chrono>
#include <thread>

namespace plumbline::trace {
namespace {

constexpr unsigned kEach = 8;     // stops: one of them is late
constexpr unsigned kRarely = 32;  // naps: one of them is a long one
constexpr Duration kNap = std::chrono::milliseconds(2);
constexpr Duration kLongNap = std::chrono::milliseconds(20);

}  // namespace

Lateness::Lateness()
    : random_(static_cast<std::minstd_rand::result_type>(
          std::chrono::steady_clock::now().time_since_epoch().count())) {}

// It goes on after each tick that comes meanwhile. plumbline: subject is time
void Lateness::MayNap() {
  if (random_() % kEach != 0) return;
  const Duration most = random_() % kRarely == 0 ? kLongNap : kNap;
  const auto begin = std::chrono::steady_clock::now();
  std::this_thread::sleep_for(most / 1000 * (random_() % 1000));
  napped_ += std::chrono::steady_clock::now() - begin;
}

}  // namespace plumbline::trace
