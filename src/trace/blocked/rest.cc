// SPDX-License-Identifier: MIT
#include "trace/blocked/rest.h"

#include <sys/syscall.h>

#include <algorithm>

#include "trace/blocked/asking.h"
#include "trace/blocked/look.h"
#include "trace/clock/virtual_time.h"

namespace plumbline::trace {
namespace {

// The parent of a vfork(2) waits in a state that is no sleep otherwise.
bool WaitsForVfork(const Task& task, const Place& place) {
  return task.in_vfork && place.call &&
         (place.call->number == SYS_vfork || place.call->number == SYS_clone);
}

bool StandsAsking(const Task* task) {
  return task->state == Task::State::kAsking && task->asking.stands;
}

}  // namespace

// --- One task.

// Off the processor, and where it may stay.
bool RestTest::Sleeps(Task& task) {
  if (tracer_.StandsInLine(task)) return true;
  if (task.state == Task::State::kStarting) return false;
  // The first thread of a process stays as a zombie until the others have ended. Where it stands
  // only root could ask then: it has no memory any more that would make its files its owner's
  // (proc(5)).
  if (task.leaves && StateOf(task) == 'Z') return true;
  const Place place = PlaceOf(task);
  if (place.runs) return false;
  // SIGCONT or SIGKILL may just have set it going.
  if (IsStopped(task)) return tracer_.in_turns() || !tracer_.MustHandleSignal(task);
  return place.call.has_value();
}

// Who asks all the time stands in a call at every look.
bool RestTest::MaySleep(Task& task) {
  if (task.state == Task::State::kAsking) return false;
  return HasOnlyAsked(task) ? SleepsForOthers(task) : Sleeps(task);
}

// Only in state S does it wait for others: D is a wait for a disk or a lock, which ends by itself,
// and t a stop, which is to be reported unless we know of it. State S alone would not do: a task
// shows it shortly before it sleeps, and rechecks then what it waits for.
bool RestTest::SleepsForOthers(Task& task) {
  if (tracer_.StandsInLine(task)) return true;
  if (!Sleeps(task)) return false;
  switch (StateOf(task)) {
    case 'S':
      return !IsStopped(task);
    case 't':
      return IsStopped(task);
    case 'Z':
      return task.leaves;
    case 'D':
      return WaitsForVfork(task, PlaceOf(task));
    default:
      return false;
  }
}

// --- All together.

// Two looks at everybody. Who slept in both and was not given a processor from before the first
// until after the second slept all the time between: there was an instant at which all slept, and
// who could have woken them but one of them, or what was under way then? That is asked between the
// looks.
Rest RestTest::Prove(const std::vector<Task*>& sleeping, Rest rest) {
  std::vector<Seen> seen;
  for (Task* task : sleeping) {
    seen.push_back({task, RunCount(*task)});
    if (!SleepsForOthers(*task)) return Rest::kMoving;
    // Between the looks too: of a task that wakes after them nothing would be left to read.
    if (!IsStopped(*task) && !tracer_.StandsInLine(*task)) {
      if (const auto call = BlockedIn(*task))
        tracer_.time().NoteSleeping(*task, *call, seen.back().runs);
    }
  }
  if (network_.InFlight()) return Rest::kMoving;
  for (const auto& [task, runs] : seen) {
    if (RunCount(*task) != runs || !SleepsForOthers(*task)) return Rest::kMoving;
  }
  if (tracer_.HasStops()) return Rest::kMoving;
  if (rest != Rest::kBlocked) return rest;
  return tracer_.time().Next() ? Rest::kAsleep : Rest::kBlocked;
}

Rest RestTest::Probe() {
  ++probes_;
  if (tracer_.HasStops()) return Rest::kMoving;
  std::vector<Task*> running;
  std::vector<Task*> sleeping;
  for (const auto& [host, task] : tracer_.tasks())
    (MaySleep(*task) ? sleeping : running).push_back(task.get());
  if (running.empty()) return Prove(sleeping, Rest::kBlocked);
  if (spin_.OnlySpin(running, sleeping)) return Prove(sleeping, Rest::kSpinning);
  if (!std::ranges::all_of(running, StandsAsking) || !tracer_.time().Next()) return Rest::kMoving;
  return Prove(sleeping, Rest::kAsking);
}

// --- Blocked calls.

std::optional<Entry> BlockedIn(Task& task) {
  const auto entry = PlaceOf(task).call;
  // It may be another one for the kernel (clock/waits.h).
  if (entry && (task.wait || task.awaits_connection || !task.led_to.empty())) return task.call;
  // The call that the kernel has taken up again.
  if (entry && entry->number == SYS_restart_syscall && task.restarted) return task.call;
  return entry;
}

}  // namespace plumbline::trace
