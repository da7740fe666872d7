// SPDX-License-Identifier: MIT
#include "trace/clock/virtual_time.h"

#include <sys/syscall.h>

#include <utility>

#include "sandbox/policy.h"
#include "trace/blocked/look.h"
#include "trace/blocked/rest.h"
#include "trace/clock/file_calls.h"
#include "trace/clock/reads.h"
#include "trace/clock/timed_calls.h"
#include "trace/clock/vdso.h"
#include "trace/clock/waits.h"
#include "trace/interrupted.h"
#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

using clock::DeadlineKey;

DeadlineKey WaitOf(const Task& task) { return {DeadlineKey::Kind::kWait, task.host.value, 0}; }
DeadlineKey SocketWaitOf(const Task& task) {
  return {DeadlineKey::Kind::kSocketWait, task.host.value, 0};
}

bool IsTakenUpAgain(int call) {
  switch (call) {
    case SYS_read:
    case SYS_readv:
    case SYS_recvfrom:
    case SYS_recvmsg:
    case SYS_accept:
    case SYS_accept4:
    case SYS_open:
    case SYS_openat:
      return true;
    default:
      return false;
  }
}

bool IsSame(const Entry& a, const Entry& b) {
  return a.number == b.number && a.instruction == b.instruction && a.stack == b.stack;
}

}  // namespace

VirtualTime::VirtualTime(Tracer& tracer)
    : tracer_(tracer),
      clock_([&tracer] { return tracer.in_turns() ? tracer.TurnTime() : tracer.ProcessorTime(); }),
      timers_(tracer, clock_, deadlines_),
      sockets_(tracer),
      files_([this] { return Date(); }),
      file_filter_(sandbox::MakeTraceFilter(clock::FileRules()).value_or("")) {}

// --- Passing.

void VirtualTime::Begin(Mode mode, std::optional<Duration> date) {
  clock_.Begin(mode, date);
  files_.Begin(date && !real());
}

std::optional<Duration> VirtualTime::Next() const {
  const auto first = deadlines_.First();
  return first ? std::optional(first->due.time) : std::nullopt;
}

void VirtualTime::JumpTo(Duration time) {
  const auto first = deadlines_.First();
  const Duration before = Date();
  clock_.JumpTo(first && first->due.time == time ? first->due : clock_.DueAt(time));
  const bool first_jump = !files_.matter();
  files_.Jumped(before, Date());
  if (first_jump) WakeForLateFilter();
}

// Who sleeps in a call that does not stop at its end may ask for a file's times next. These calls
// are taken up again as if nothing had been (signal(7)); other ones would end.
void VirtualTime::WakeForLateFilter() {
  for (const auto& [host, task] : tracer_.tasks()) {
    if (task->state != Task::State::kRunning || task->socket_wait) continue;
    const auto call = BlockedIn(*task);
    if (call && IsTakenUpAgain(call->number)) Interrupt(task->host);
  }
}

bool VirtualTime::FireDue(Duration late) {
  const auto first = deadlines_.First();
  if (!first || !clock_.HasCome(first->due.time + late)) return false;
  deadlines_.Remove(first->key);
  Fire(*first);
  return true;
}

void VirtualTime::Fire(const clock::Deadlines::Deadline& deadline) {
  using Kind = DeadlineKey::Kind;
  const DeadlineKey& key = deadline.key;
  if (key.kind != Kind::kWait && key.kind != Kind::kSocketWait)
    return timers_.GoOff(key, deadline.due.time);
  const auto found = tracer_.tasks().find(key.owner);
  if (found == tracer_.tasks().end()) return;
  Task& task = *found->second;
  if (key.kind == Kind::kWait) {
    if (!task.wait) return;
    task.wait->expired = true;
  } else {
    // What it waited for came before.
    if (!task.socket_wait || RunCount(task) != task.socket_wait->runs) return;
    task.socket_wait->expired = true;
  }
  ++task.process->wakeups;
  Interrupt(task.host);
}

// --- Calls.

// Waits for ever from now on, until its time has come.
bool VirtualTime::Awaits(Task& task) {
  const clock::TimedCall* timed = clock::FindTimedCall(task.call.number);
  if (timed == nullptr) return false;
  const auto timeout = clock::TimeoutOf(task, *timed);
  if (!timeout) return false;
  Duration due = timeout->absolute ? clock_.SinceBeginning(timeout->clock, timeout->time)
                                   : clock_.Now() + timeout->time;
  if (task.due) due = *task.due;
  if (!clock::WaitForEver(task.host, task.call)) return false;
  task.wait = TimedWait{.due = due};
  deadlines_.Set(WaitOf(task), clock_.DueAt(due), task.process->index);
  return true;
}

VirtualTime::Entered VirtualTime::Enter(Task& task, int64_t& result) {
  if (!task.process->begun) return Entered::kNotTimed;
  auto answer = clock_.real() ? std::nullopt : clock::AnswerRead(task, clock_);
  if (!answer) answer = timers_.Answer(task);
  if (!answer) answer = sockets_.Answer(task);
  if (answer) {
    result = *answer;
    return Entered::kAnswered;
  }
  if (files_.matter()) {
    clock::NoteSetFileTimes(task, files_);
    if (clock::AsksForFileTimes(task.call.number)) return Entered::kFollowed;
  }
  const bool counts = task.call.number == SYS_times && !clock_.real();
  return counts || Awaits(task) ? Entered::kFollowed : Entered::kNotTimed;
}

// A time that has passed already ends it at once, if it cannot end otherwise.
void VirtualTime::LetIn(Task& task) {
  if (!task.wait || task.wait->due > clock_.Now()) return;
  deadlines_.Remove(WaitOf(task));
  task.wait->expired = true;
  Interrupt(task.host);
}

int64_t VirtualTime::AtCallEnd(Task& task, int64_t result) {
  if (task.wait) {
    deadlines_.Remove(WaitOf(task));
    return clock::EndWait(task, result, clock_.Now());
  }
  if (task.socket_wait) {
    const auto wait = *std::exchange(task.socket_wait, std::nullopt);
    deadlines_.Remove(SocketWaitOf(task));
    if (!wait.expired || !IsInterrupted(result)) return result;
    SetResult(task.host, clock::TimedOut(task.host, wait.call));
    return clock::TimedOut(task.host, wait.call);
  }
  if (result == 0 && files_matter() && clock::AsksForFileTimes(task.call.number))
    clock::TellFileTimes(task, files_);
  if (task.call.number != SYS_times || clock_.real() || result < 0) return result;
  const int64_t ticks = clock::TicksNow(clock_);
  SetResult(task.host, ticks);
  return ticks;
}

void VirtualTime::NoteCall(const Task& task, int object, int made_object) {
  if (task.call.number == SYS_accept || task.call.number == SYS_accept4)
    return sockets_.NoteAccepted(object, made_object);
  timers_.NoteCall(task, made_object != 0 ? made_object : object);
}

// --- Sockets.

void VirtualTime::NoteSleeping(Task& task, const Entry& call, uint64_t runs) {
  if (sockets_.none() || task.wait) return;
  const auto& known = task.socket_wait;
  if (known && known->runs == runs && IsSame(known->call, call)) return;
  deadlines_.Remove(SocketWaitOf(task));
  task.socket_wait.reset();
  const auto time = sockets_.Of(*task.process, call);
  if (!time) return;
  task.socket_wait = SocketWait{.call = call, .runs = runs};
  deadlines_.Set(SocketWaitOf(task), clock_.DueAt(clock_.Now() + *time), task.process->index);
}

// A call that is not followed to its end: the kernel has interrupted it and would make it again.
void VirtualTime::AtTrap(Task& task) {
  if (!task.socket_wait || !task.socket_wait->expired) return;
  const SocketWait wait = *std::exchange(task.socket_wait, std::nullopt);
  const auto registers = Registers(task.host);
  if (!registers || static_cast<int>(registers->orig_rax) != wait.call.number) return;
  if (IsInterrupted(static_cast<int64_t>(registers->rax)))
    SetResult(task.host, clock::TimedOut(task.host, wait.call));
}

// --- Lives.

void VirtualTime::ProgramReplaced(Task& task) {
  // The first thread may have waited when another one made the call.
  Forget(task);
  task.wait.reset();
  task.socket_wait.reset();
  timers_.ForgetMade(task.process->index);
  if (!clock_.real()) clock::HideVdso(task.host);
}

void VirtualTime::Forget(const Task& task) {
  deadlines_.Remove(WaitOf(task));
  deadlines_.Remove(SocketWaitOf(task));
}

}  // namespace plumbline::trace
