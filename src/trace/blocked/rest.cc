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
bool WaitsForVfork(const Task& task, const std::optional<Entry>& call) {
  return task.in_vfork && call && (call->number == SYS_vfork || call->number == SYS_clone);
}

// The call as the program made it, of the one that the kernel has it in.
Entry AsMade(const Task& task, const Entry& entry) {
  // It may be another one for the kernel (clock/waits.h).
  if (task.wait || task.awaits_connection || !task.led_to.empty()) return task.call;
  // The call that the kernel has taken up again.
  return entry.number == SYS_restart_syscall && task.restarted ? task.call : entry;
}

bool StandsAsking(const Task* task) {
  return task->state == Task::State::kAsking && task->asking.stands;
}

}  // namespace

// --- One task.

// Off the processor, and where it may stay. `call`: the one that it is in.
bool RestTest::Sleeps(Task& task, std::optional<Entry>& call) {
  if (tracer_.StandsInLine(task)) return true;
  if (task.state == Task::State::kStarting) return false;
  // The first thread of a process stays as a zombie until the others have ended. Where it stands
  // only root could ask then: it has no memory any more that would make its files its owner's
  // (proc(5)).
  if (task.leaves && StateOf(task) == 'Z') return true;
  const Place place = PlaceOf(task);
  if (place.runs) return false;
  call = place.call;
  // SIGCONT or SIGKILL may just have set it going.
  if (IsStopped(task)) return tracer_.in_turns() || !tracer_.MustHandleSignal(task);
  return place.call.has_value();
}

// Who asks all the time stands in a call at every look.
bool RestTest::MaySleep(Task& task) {
  if (task.state == Task::State::kAsking) return false;
  std::optional<Entry> call;
  return Sleeps(task, call) && (!HasOnlyAsked(task) || WaitsForOthers(task, call));
}

// Only in state S does it wait for others: D is a wait for a disk or a lock, which ends by itself,
// and t a stop, which is to be reported unless we know of it. State S alone would not do: a task
// shows it shortly before it sleeps, and rechecks then what it waits for.
bool RestTest::WaitsForOthers(Task& task, const std::optional<Entry>& call) {
  if (tracer_.StandsInLine(task)) return true;
  switch (StateOf(task)) {
    case 'S':
      return !IsStopped(task);
    case 't':
      return IsStopped(task);
    case 'Z':
      return task.leaves;
    case 'D':
      return WaitsForVfork(task, call);
    default:
      return false;
  }
}

// --- All together.

// Two looks at everybody. Who was off the processor at the first, was not given one from before it
// until after the second, and is not to get one then, slept all the time between: there was an
// instant at which all slept, and who could have woken them but one of them, or what was under way
// then? That is asked between the looks. Of those that stand in line nothing has to be asked.
Rest RestTest::Prove(const std::vector<Task*>& sleeping, Rest rest) {
  std::vector<Seen> all;
  for (Task* task : sleeping) {
    if (tracer_.StandsInLine(*task)) continue;
    Seen& seen = all.emplace_back(Seen{.task = task, .runs = RunCount(*task), .call = {}});
    if (!Sleeps(*task, seen.call)) return Rest::kMoving;
    // Between the looks too: of a task that wakes after them nothing would be left to read.
    if (!IsStopped(*task) && seen.call)
      tracer_.time().NoteSleeping(*task, AsMade(*task, *seen.call), seen.runs);
  }
  if (network_.InFlight()) return Rest::kMoving;
  for (Seen& seen : all) {
    // Somebody may have been given a processor and have it still. That counts when it is taken
    // away; Sleeps() waits for it if it is about to be.
    if (!CountsRuns() && !Sleeps(*seen.task, seen.call)) return Rest::kMoving;
    if (RunCount(*seen.task) != seen.runs || !WaitsForOthers(*seen.task, seen.call))
      return Rest::kMoving;
  }
  if (tracer_.HasStops()) return Rest::kMoving;
  if (rest != Rest::kBlocked) return rest;
  return tracer_.time().Next() ? Rest::kAsleep : Rest::kBlocked;
}

// Who ran a moment ago most likely still does, above all where many tasks wait for one processor;
// then the others matter only once it has spun.
bool RestTest::StillMoves() {
  const auto ran = tracer_.tasks().find(ran_);
  if (ran == tracer_.tasks().end()) return false;
  Task& task = *ran->second;
  return task.state != Task::State::kAsking && !MaySleep(task) && !spin_.MaySpin(task);
}

Rest RestTest::Probe() {
  ++probes_;
  if (tracer_.HasStops() || StillMoves()) return Rest::kMoving;
  std::vector<Task*> running;
  std::vector<Task*> sleeping;
  for (const auto& [host, task] : tracer_.tasks())
    (MaySleep(*task) ? sleeping : running).push_back(task.get());
  if (running.empty()) return Prove(sleeping, Rest::kBlocked);
  ran_ = running.back()->host.value;
  if (spin_.OnlySpin(running, sleeping)) return Prove(sleeping, Rest::kSpinning);
  if (!std::ranges::all_of(running, StandsAsking) || !tracer_.time().Next()) return Rest::kMoving;
  return Prove(sleeping, Rest::kAsking);
}

// --- Blocked calls.

std::optional<Entry> BlockedIn(Task& task) {
  const auto entry = PlaceOf(task).call;
  return entry ? std::optional(AsMade(task, *entry)) : std::nullopt;
}

}  // namespace plumbline::trace
