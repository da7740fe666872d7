// SPDX-License-Identifier: MIT
// How long a build has taken, whatever else the machine has to do meanwhile.
#pragma once

#include <chrono>
#include <map>

#include "base/units.h"
#include "sandbox/sandbox.h"

namespace plumbline::build {

// Real time, without what the build's processes waited for a processor that somebody else had. What
// they wait for each other counts: many at once are not to make a build longer. As looks tell it,
// each some 100 ms: what comes and goes between two of them is taken for what did not wait.
class OwnTime {
 public:
  // From now on.
  OwnTime() : begin_(std::chrono::steady_clock::now()) {}
  // So far; `box` is the build's.
  Duration Look(const sandbox::Sandbox& box);

 private:
  std::chrono::steady_clock::time_point begin_;
  std::map<int, Duration> known_;  // how long each process had waited at the last look
  Duration waited_{};
};

}  // namespace plumbline::build
