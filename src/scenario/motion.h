// SPDX-License-Identifier: MIT
// Lets the programs run until something is so, until nothing can happen any more, or until a limit
// is reached.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "record/recording.h"
#include "scenario/faults.h"
#include "scenario/stage.h"
#include "scenario/ticker.h"
#include "scenario/turns.h"

namespace plumbline::scenario {

enum class Pause {
  kDone,      // the condition holds
  kAsleep,    // at rest, and somebody will wake by itself
  kBlocked,   // at rest for ever
  kSpinning,  // at rest but for those that spin
  kAsking,    // at rest but for those that only ask, and somebody will wake by itself
  kLate,      // it is as late as was asked for
  kOver,      // a limit of the run was reached: Motion::over()
};

class Motion {
 public:
  static Result<Motion> Begin(Stage& stage);
  Motion(Motion&&) = default;

  // Ends with kDone, kOver, or one of `rests`; with kLate as soon as programs that compute have
  // made it as late as `until`.
  Pause Run(const std::function<bool()>& done, const std::set<Pause>& rests,
            Duration until = Duration::max());
  // In this run the grader's next step, if it only acts, may come before all is at rest.
  bool MayActEarly(bool is_signal) const { return turns_ && turns_->MayActEarly(is_signal); }
  // As Run() until all is at rest, in a run in turns: before that the grader may want to act, now.
  // kDone: it does.
  Pause RunUntilAct(bool is_signal);
  // Of programs at rest: time jumps to the next deadline, and what is due then happens; or to
  // `until`, if that comes first. kDone: something was due; else kLate or kOver. In real time it
  // passes, a tick at most.
  Pause LetTimePass(Duration until);
  // The same without anybody waiting for it.
  void SetTime(Duration time);

  // Looks at the limits now.
  void CheckLimits();

  // The limit that was reached, or what the machine failed at (kError with error()).
  std::optional<record::Outcome> over() const { return over_; }
  const std::optional<Error>& error() const { return error_; }
  // The fault that the run was to have did not come to pass.
  bool MissedFault() const;

 private:
  Motion(Stage& stage, Ticker ticker);
  class Looking;
  bool ReachedLimit();
  void LookAtLimits(std::chrono::steady_clock::time_point now);
  bool ReachedVirtualLimit();
  bool IsTooLate(std::chrono::steady_clock::time_point now);
  bool SomebodyIsKeptWaiting();
  void Wait(bool moved);
  Pause RestNow();
  Pause RunInTurns(const std::function<bool()>& done, const std::set<Pause>& rests, Duration until,
                   Turns::Act act);
  Pause ComeToRest();
  bool GiveTurn(Turns::Act act);

  using Clock = std::chrono::steady_clock;
  Stage& stage_;
  Ticker ticker_;
  std::unique_ptr<Turns> turns_;  // of a run in turns
  std::unique_ptr<Faults> faults_;
  Clock::time_point begin_;
  Duration own_begin_;   // of the processor time that this thread has used
  Duration looked_{};    // of that, for looks at all processes: who moves, what they have used
  Duration own_waited_;  // how long it had waited for a processor by then
  // Of those that could go on when it was looked at last, by host PID.
  std::map<pid_t, Duration> processor_of_runnable_;
  Clock::time_point next_look_{};
  Clock::time_point next_service_{};
  Duration period_{};
  int moves_ = 0;  // waits in a row that something ended
  std::optional<record::Outcome> over_;
  std::optional<Error> error_;
};

}  // namespace plumbline::scenario
