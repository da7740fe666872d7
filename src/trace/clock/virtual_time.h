// SPDX-License-Identifier: MIT
// Virtual time in a run: what the tracer asks at its stops, and what its owner drives. See
// README.md.
//
// Lives with its tracer. Nothing passes by itself: the owner fires what is due now and then, and
// jumps when all is at rest.
//
//   tracer.time().Begin(Mode::kVirtual, {});
//   ...
//   if (AllAtRest()) {
//     tracer.time().JumpTo(*tracer.time().Next());
//     tracer.time().FireDue();
//   }
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "trace/clock/clock.h"
#include "trace/clock/deadlines.h"
#include "trace/clock/file_times.h"
#include "trace/clock/socket_timeouts.h"
#include "trace/clock/timers.h"
#include "trace/process.h"

namespace plumbline::trace {

class VirtualTime {
 public:
  using Mode = clock::Clock::Mode;

  explicit VirtualTime(Tracer& tracer);
  VirtualTime(const VirtualTime&) = delete;
  VirtualTime& operator=(const VirtualTime&) = delete;

  // --- The owner's.

  // Time is zero now. `date`: the date then, since 1970; nothing: the real one.
  void Begin(Mode mode, std::optional<Duration> date);
  bool real() const { return clock_.real(); }
  Duration Now() { return clock_.Now(); }
  bool HasCome(Duration time) { return clock_.HasCome(time); }
  Duration Stamp() { return clock_.Stamp(); }
  // The date, since 1970.
  Duration Date() { return clock_.On(CLOCK_REALTIME, clock_.Now()); }
  // When the next wait or timer is over; nothing: none ever.
  std::optional<Duration> Next() const;
  // REQUIRES: nothing moves, and nothing is due before. Fires nothing.
  void JumpTo(Duration time);
  // Clock::Waited().
  Duration Waited() { return clock_.Waited(); }
  const std::vector<record::Jump>& jumps() const { return clock_.jumps(); }
  // What has been due for so long, the first of it: a thread is woken or a timer goes off. False:
  // nothing is. Of programs that run something is late rather than in another order than at rest.
  bool FireDue(Duration late = {});

  // --- The tracer's.

  enum class Entered {
    kNotTimed,
    kAnswered,  // `result` is what the call gives; it shall not be made
    kFollowed,  // it must be followed to its end
  };
  // At the entry of a call, which is going to be made.
  Entered Enter(Task& task, int64_t& result);
  // The task has been let into a call that waits.
  void LetIn(Task& task);
  // At the end of a call that was followed: what the program gets.
  int64_t AtCallEnd(Task& task, int64_t result);
  // At another stop of a task that may have been interrupted for its time being over.
  void AtTrap(Task& task);
  // As Timers::NoteSignal.
  bool NoteSignal(const Task& task, siginfo_t& info) { return timers_.NoteSignal(task, info); }
  // As Timers::NoteCall; accepted connections too.
  void NoteCall(const Task& task, int object, int made_object);
  // A program was replaced: before its first instruction.
  void ProgramReplaced(Task& task);
  void ProcessEnded(record::ProcessIndex process) { timers_.ForgetAll(process); }
  void Forget(const Task& task);

  // Times of files are told otherwise than the kernel does: calls that ask for them must stop.
  bool files_matter() const { return files_.matter(); }
  const std::string& file_filter() const { return file_filter_; }

  // A sleeping thread was found in a call, `runs` being how often it had been given a processor.
  void NoteSleeping(Task& task, const Entry& call, uint64_t runs);

 private:
  bool Awaits(Task& task);
  void Fire(const clock::Deadlines::Deadline& deadline);
  void WakeForLateFilter();

  Tracer& tracer_;
  clock::Clock clock_;
  clock::Deadlines deadlines_;
  clock::Timers timers_;
  clock::SocketTimeouts sockets_;
  clock::FileTimes files_;
  std::string file_filter_;
};

}  // namespace plumbline::trace
