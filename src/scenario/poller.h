// SPDX-License-Identifier: MIT
// Tells a program that looks again and again, to no effect, from one that sleeps on its way.
#pragma once

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
  // The same, and so often that who waits for something else need wait no more.
  bool GoesOnForLong();

 private:
  bool HasCome(int visits);
  std::string State() const;
  uint64_t Runs() const;

  trace::Tracer& tracer_;
  std::map<std::string, int> visits_;
  uint64_t runs_ = 0;
};

}  // namespace plumbline::scenario
