// SPDX-License-Identifier: MIT
// The time of a run: jumps plus the processor time of its own processes, so that neither the load
// of the machine nor the grader's own work leaks into it.
#pragma once

#include <sys/types.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include "base/units.h"
#include "record/recording.h"

namespace plumbline::trace::clock {

// Of the real clocks those that pass while nobody computes; processor time is another thing and
// stays the kernel's.
bool Passes(clockid_t id);

// When something is to happen.
struct Due {
  Duration time{};
  // How long the run will have waited then, if nobody computes until then.
  Duration waited{};
};

class Clock {
 public:
  enum class Mode {
    kVirtual,
    kReal,  // time passes by itself, for a look
  };

  // `processor`: what all processes of the run have used so far.
  explicit Clock(std::function<Duration()> processor);

  // Time is zero now. `date`: what CLOCK_REALTIME says then, since 1970; nothing: the real date.
  void Begin(Mode mode, std::optional<Duration> date);
  bool real() const { return mode_ == Mode::kReal; }

  // Since the beginning; never less than before.
  Duration Now();
  // It is so late. Costs nearly nothing while that cannot be yet: to ask each of many processes for
  // its processor time does.
  bool HasCome(Duration time);
  // The same for events: as it was at most a fifth of a millisecond ago.
  Duration Stamp();
  // The same for a program, to which two readings never give the same: who only reads the clock
  // sees it move.
  Duration Read();
  // It is so late now. REQUIRES: virtual; nothing happens if it is later already.
  void JumpTo(const Due& due);

  // At that time since the beginning.
  Due DueAt(Duration time) { return {time, waited_ + std::max(time - Now(), Duration{})}; }
  // How much was jumped over, had nobody computed meanwhile: of a program that does the same twice
  // the same number. Jumps of less than a tenth of a second are those of programs that poll, which
  // is a matter of chance: of them whole seconds count alone. In real time, what has passed.
  Duration Waited();
  // The jumps that Waited() counts by tenths.
  const std::vector<record::Jump>& jumps() const { return jumps_; }

  // What one of the clocks that pass says when it is `time` since the beginning.
  Duration On(clockid_t id, Duration time) const;
  // The other way round.
  Duration SinceBeginning(clockid_t id, Duration reading) const;

 private:
  using Real = std::chrono::steady_clock;
  Duration OriginOf(clockid_t id) const;

  std::function<Duration()> processor_;
  Mode mode_ = Mode::kVirtual;
  Duration date_{};     // of clocks that tell the date, at the beginning
  Duration running_{};  // of those that tell how long the machine has been up
  Real::time_point begin_;
  Real::time_point asked_;  // when now_ was right
  Real::time_point stamped_;
  Duration base_{};       // when the last jump ended
  Duration used_then_{};  // processor time then
  Duration free_{};       // of what is used since, so much is not counted
  Duration now_{};
  Duration waited_{};  // Due::waited of the latest jump
  Duration long_waits_{};
  Duration short_waits_{};
  std::vector<record::Jump> jumps_;
};

}  // namespace plumbline::trace::clock
