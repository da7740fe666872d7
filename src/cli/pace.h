// SPDX-License-Identifier: MIT
// How far a class is, and how long the rest takes: what `grade` shows while it works.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "base/units.h"

namespace plumbline::cli {

// Some submissions at a time are under way: all of them are built and run, and then, where they are
// perturbed, finished one by one. Each of the two has its own pace; one pace for both would take
// the runs of many for those of the first that is finished.
class Pace {
 public:
  using Now = std::function<std::chrono::steady_clock::time_point()>;

  // Of `all` submissions. `finishes_later`: those that build are not finished when they have run.
  explicit Pace(size_t all, bool finishes_later = false, Now now = std::chrono::steady_clock::now);

  // So many more are under way.
  void Begin(size_t count);
  // One of them has been built and run, or will not be.
  void HasRun();
  // One of them is finished. REQUIRES: it has run.
  void IsDone();

  // "[###.................] 160/1000, 4 min left"; without the time as long as nobody can know it.
  std::string Told();

 private:
  // Counts the time since the last change.
  void Advance();
  bool IsKnown() const;

  const size_t all_;
  const bool finishes_later_;
  const Now now_;
  std::chrono::steady_clock::time_point last_;
  size_t begun_ = 0;
  size_t run_ = 0;
  size_t done_ = 0;
  size_t done_later_ = 0;  // and not while others were still run
  Duration running_{};     // while some of those under way were run
  Duration finishing_{};   // and after that
};

}  // namespace plumbline::cli
