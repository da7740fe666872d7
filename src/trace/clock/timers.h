// SPDX-License-Identifier: MIT
// Timers of programs: alarm(2), setitimer(2) with ITIMER_REAL, timer_create(2), timerfd_create(2).
// The kernel makes the objects and never arms them; when one goes off is kept here. Timers of
// processor time stay the kernel's.
#pragma once

#include <signal.h>
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>

#include "trace/clock/clock.h"
#include "trace/clock/deadlines.h"
#include "trace/process.h"

namespace plumbline::trace {
class Tracer;
}

namespace plumbline::trace::clock {

class Timers {
 public:
  Timers(Tracer& tracer, Clock& clock, Deadlines& deadlines)
      : tracer_(tracer), clock_(clock), deadlines_(deadlines) {}

  // The result of a call that sets a timer or asks for one, what it fills in being written.
  // Nothing: it is for the kernel.
  std::optional<int64_t> Answer(const Task& task);
  // A call succeeded, which may have made or deleted one. `object`: that it made.
  void NoteCall(const Task& task, int object);

  // The timer's time has come. REQUIRES: it is no longer in the deadlines.
  void GoOff(const DeadlineKey& key, Duration due);
  // A signal reaches the task, or was waited for by it: what is told of one that a timer sent. True
  // if `info` was changed.
  bool NoteSignal(const Task& task, siginfo_t& info);

  // execve(2) deletes those of timer_create(2).
  void ForgetMade(record::ProcessIndex process);
  void ForgetAll(record::ProcessIndex process);

 private:
  struct Timer {
    clockid_t clock = 0;
    Duration interval{};
    sigevent event{};
    bool queued = false;   // its signal has not been received
    int overrun = 0;       // times that it went off meanwhile
    int told_overrun = 0;  // timer_getoverrun(2)
  };
  Timer* Find(const DeadlineKey& key);
  Duration RestOf(const DeadlineKey& key);
  void Arm(const DeadlineKey& key, record::ProcessIndex process, Duration due, Duration interval);
  int64_t SetAlarm(const Task& task, Duration value, Duration interval);
  int64_t AnswerAlarm(const Task& task);
  std::optional<int64_t> AnswerSetInterval(const Task& task);
  std::optional<int64_t> AnswerGetInterval(const Task& task);
  std::optional<int64_t> AnswerSetTime(const Task& task, const DeadlineKey& key);
  std::optional<int64_t> AnswerGetTime(const Task& task, const DeadlineKey& key);
  void NoteMade(const Task& task);
  void SendAlarm(record::ProcessIndex process);
  void Send(const DeadlineKey& key, Timer& timer);
  bool IsPending(const Process& process, int signal) const;

  Tracer& tracer_;
  Clock& clock_;
  Deadlines& deadlines_;
  std::map<DeadlineKey, Timer> timers_;
};

}  // namespace plumbline::trace::clock
