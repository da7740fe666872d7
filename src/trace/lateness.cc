// SPDX-License-Identifier: MIT
#include "trace/lateness.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace plumbline::trace {
namespace {

constexpr unsigned kEach = 8;     // one of them is late
constexpr unsigned kRarely = 32;  // one of those is very late
constexpr Duration kLate = std::chrono::milliseconds(2);
constexpr Duration kVeryLate = std::chrono::milliseconds(20);

}  // namespace

Lateness::Lateness()
    : random_(static_cast<std::minstd_rand::result_type>(Clock::now().time_since_epoch().count())) {
}

bool Lateness::ByChance() { return random_() % kEach == 0; }

Duration Lateness::AWhile() {
  const Duration most = random_() % kRarely == 0 ? kVeryLate : kLate;
  return most / 1000 * (random_() % 1000);
}

// It goes on after each tick that comes meanwhile. plumbline: subject is time
void Lateness::MayNap() {
  if (!ByChance()) return;
  const auto begin = Clock::now();
  std::this_thread::sleep_for(AWhile());
  napped_ += Clock::now() - begin;
}

bool Lateness::HoldsBack(HostPid task, Until until, int signal) {
  if (!ByChance()) return false;
  const auto now = Clock::now();
  held_back_.push_back({task, until, signal, now, now + AWhile()});
  return true;
}

void Lateness::LetGo() {
  const auto now = Clock::now();
  const auto due =
      std::ranges::stable_partition(held_back_, [&](const HeldBack& one) { return one.due > now; });
  for (const HeldBack& one : due) {
    napped_ += now - one.since;
    Resume(one.task, one.until, one.signal);
  }
  held_back_.erase(due.begin(), due.end());
}

void Lateness::Forget(HostPid task) {
  std::erase_if(held_back_, [&](const HeldBack& one) { return one.task == task; });
}

}  // namespace plumbline::trace
