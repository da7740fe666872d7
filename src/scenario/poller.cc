// SPDX-License-Identifier: MIT
#include "scenario/poller.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "base/io.h"
#include "trace/blocked/rest.h"

namespace plumbline::scenario {

std::string PollerTest::State() const {
  std::vector<std::string> threads;
  for (const auto& [host, task] : tracer_.tasks()) {
    std::string text = std::to_string(host);
    if (const auto entry = trace::BlockedIn(*task))
      text += " " + std::to_string(entry->number) + " " + std::to_string(entry->instruction) + " " +
              std::to_string(entry->stack);
    threads.push_back(std::move(text));
  }
  std::ranges::sort(threads);
  std::string state = std::to_string(tracer_.effects());
  for (const std::string& thread : threads) state += ";" + thread;
  return state;
}

// schedstat: the time on a processor, the time waiting for one, how often it got one (proc(5)).
uint64_t PollerTest::Runs() const {
  uint64_t sum = 0;
  for (const auto& [host, task] : tracer_.tasks()) {
    const std::string text = ReadProc(("/proc/" + std::to_string(host) + "/schedstat").c_str());
    const size_t last = text.rfind(' ');
    if (last != std::string::npos) sum += std::strtoull(text.c_str() + last + 1, nullptr, 10);
  }
  return sum;
}

bool PollerTest::HasCome(int visits) {
  const uint64_t runs = Runs();
  if (runs == runs_) return false;
  runs_ = runs;
  return ++visits_[State()] >= visits;
}

bool PollerTest::ComesAgain() {
  constexpr int kVisits = 3;
  return HasCome(kVisits);
}

// Who looks every second has looked for hours, and who looks every millisecond for ten seconds.
bool PollerTest::GoesOnForLong() {
  constexpr int kVisits = 10'000;
  return HasCome(kVisits);
}

}  // namespace plumbline::scenario
