// SPDX-License-Identifier: MIT
// Tells a program that looks again and again, to no effect, from one that sleeps on its way.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "trace/tracer.h"

namespace plumbline::scenario {

class PollerTest {
 public:
  explicit PollerTest(trace::Tracer& tracer) : tracer_(tracer) {}

  // Call when all is asleep. True once the same state has come again twice, the programs having run
  // in between: each thread in the same call from the same place with the same stack, and nothing
  // had an effect.
  bool ComesAgain();
  // The same, and it has been so for a long time: who waits for something else need wait no more.
  bool GoesOnForLong();

 private:
  std::string State() const;
  uint64_t Runs() const;

  trace::Tracer& tracer_;
  std::map<std::string, int> visits_;
  uint64_t runs_ = 0;
  uint64_t effects_ = 0;
  std::chrono::steady_clock::time_point last_effect_ = std::chrono::steady_clock::now();
};

}  // namespace plumbline::scenario
