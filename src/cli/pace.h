// SPDX-License-Identifier: MIT
// How far a class is, and how long the rest takes: what `grade` shows while it works.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "base/units.h"

namespace plumbline::cli {

// Several submissions are under way at a time. The rest takes what those took that have been run,
// finished or not: where somebody judges them, many are finished together.
class Pace {
 public:
  using Now = std::function<std::chrono::steady_clock::time_point()>;

  // Of `all` submissions, the first of which begins now.
  explicit Pace(size_t all, Now now = std::chrono::steady_clock::now);

  // One of them has been built and run, or will not be.
  void HasRun();
  // One of them is finished.
  void IsDone() { ++done_; }

  // "[###.................] 160/1000, 4 min left"; without the time as long as none has been run.
  std::string Told() const;

 private:
  const size_t all_;
  const Now now_;
  const std::chrono::steady_clock::time_point begin_;
  std::chrono::steady_clock::time_point last_run_;
  size_t run_ = 0;
  size_t done_ = 0;
};

}  // namespace plumbline::cli
