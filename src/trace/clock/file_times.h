// SPDX-License-Identifier: MIT
// The times of files as a run's programs shall see them. The kernel stamps a file with the real
// date; once the date of the run is another one, what was stamped since is told by that.
#pragma once

#include <ctime>
#include <functional>
#include <set>
#include <vector>

#include "base/unique_fd.h"
#include "base/units.h"

namespace plumbline::trace::clock {

class FileTimes {
 public:
  // All dates are since 1970. `date`: the run's, now.
  explicit FileTimes(std::function<Duration()> date);

  // Nothing is told otherwise so far. `differs`: from now on, for the run has a date of its own.
  void Begin(bool differs);
  // The run's date jumped to `date`, from `before`.
  void Jumped(Duration before, Duration date);
  // Something is told otherwise.
  bool matter() const { return !moments_.empty(); }

  // What a program is told instead of the kernel's time. Files keep their order, and what was told
  // once stays true. Times that a program set are told as it set them.
  Duration Told(Duration kernels);
  void NoteSet(Duration time);

 private:
  // One instant by both dates. A jump has two with the same real one.
  struct Moment {
    Duration real{};
    Duration told{};
  };
  void Add(Duration real, Duration told);
  Duration StampNow();

  std::function<Duration()> date_;
  // A run begins at a whole second to come, and files are stamped that little before its date:
  // after a jump as much as before, so that it lies between two files as it was.
  Duration behind_{};
  std::vector<Moment> moments_;
  std::set<Duration> set_;
  UniqueFd stamped_;
};

}  // namespace plumbline::trace::clock
