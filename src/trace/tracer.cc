// SPDX-License-Identifier: MIT
#include "trace/tracer.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <ctime>
#include <utility>

#include "base/processor.h"
#include "trace/clock/virtual_time.h"
#include "trace/late_filter.h"
#include "trace/proc.h"

namespace plumbline::trace {
Tracer::Tracer(Journal& journal, Director& director)
    : journal_(journal), director_(director), time_(std::make_unique<VirtualTime>(*this)) {}
Tracer::~Tracer() = default;

// --- Reports.

bool Tracer::Collect(int options) {
  int status = 0;
  const pid_t host = ::waitpid(-1, &status, __WALL | options);
  if (host > 0) reports_.push_back({HostPid{host}, status});
  return host > 0;
}

bool Tracer::HandleStops() {
  if (in_turns_) return HandleStopsInTurn();
  if (lateness_) lateness_->LetGo();
  LetAskersGoOn();
  // Now and then all that is there is taken before anything is handled: a task that stops again and
  // again must not keep the others from their turn, since the kernel looks for reports in a fixed
  // order. Not always, because to ask in vain costs as much as to handle a stop.
  constexpr int kMostAlone = 8;
  if (reports_.empty() || ++taken_alone_ > kMostAlone) {
    taken_alone_ = 0;
    while (Collect(WNOHANG)) {
    }
  }
  if (reports_.empty() && !HandleEarlySignals()) {
    HandleSignalsOfHeld();
    return false;
  }
  while (!reports_.empty()) {
    if (lateness_) BeLate();
    const Report report = reports_.front();
    reports_.pop_front();
    if (ComesEarly(report)) continue;
    told_before_ = false;
    ++stops_;
    Handle(report);
    HandleEarlySignals();
  }
  return true;
}

// Who stopped meanwhile did so before whatever is done now.
void Tracer::BeLate() {
  lateness_->MayNap();
  while (Collect(WNOHANG)) {
  }
}

void Tracer::WaitForStop() {
  const bool nothing = in_turns_ ? !HasReportOf(floor_) : reports_.empty() && asking_.empty();
  if (nothing) Collect(0);
}

bool Tracer::HasStops() const {
  if (in_turns_ ? HasReportOf(floor_) : !reports_.empty() || !early_signals_.empty()) return true;
  siginfo_t info{};
  constexpr int kLook = WEXITED | WSTOPPED | WNOWAIT | WNOHANG | __WALL;
  return ::waitid(P_ALL, 0, &info, kLook) == 0 && info.si_pid != 0;
}

void Tracer::Handle(const Report& report) {
  has_answered_ = false;
  if (lateness_) lateness_->Forget(report.host);
  Task* task = Find(report.host);
  if (task == nullptr) return HandleUnknown(report);
  const Stop stop = Classify(report.status);
  if (task->stopping_event >= 0) {
    // A stop that did not come: members of an orphaned group are not stopped by a terminal's
    // signals (setpgid(2)).
    if (!std::holds_alternative<GroupStop>(stop)) {
      auto& event = journal_.recording().events[static_cast<size_t>(task->stopping_event)];
      std::get<record::SignalDelivered>(event.what).effect =
          record::SignalDelivered::Effect::kIgnored;
    }
    task->stopping_event = -1;
  }
  if (EndsStep(*task, stop)) return GoOn(*task);
  std::visit([&](const auto& what) { On(*task, what, report); }, stop);
}

// A child may be heard of before its parent's word (ChildMade); others are no tracees at all.
void Tracer::HandleUnknown(const Report& report) {
  const bool ended = !WIFSTOPPED(report.status);
  if (ended && !early_.contains(report.host.value)) strangers_.push_back(report.host);
  early_[report.host.value] = report;
}

// --- Telling.

void Tracer::BeforeTelling() {
  if (std::exchange(told_before_, true)) return;
  journal_.set_time(time_->Stamp());
  director_.BeforeStop();
}

int Tracer::Tell(record::ProcessIndex actor, Pid tid, record::Happening what, where::Trail trail) {
  BeforeTelling();
  const int event = journal_.Add(actor, tid, std::move(what));
  whereabouts_.Note(event, trail);
  return event;
}

int Tracer::TellOf(const Task& task, record::Happening what) {
  return Tell(task.process->index, task.tid, std::move(what), TrailOf(task));
}

where::Trail Tracer::TrailOf(const Task& task) {
  return TellsWhere() ? whereabouts_.Of(task) : where::kNoTrail;
}

void Tracer::NoteBlocked(const std::string& snapshot, const Task& task, const Entry& entry) {
  if (!TellsWhere()) return;
  const auto trail = task.state == Task::State::kHeld ? whereabouts_.Of(task)
                                                      : whereabouts_.OfSleeper(task, entry);
  whereabouts_.NoteBlocked(snapshot, task.process->index, task.tid, trail);
}

void Tracer::NoteWhere(const Task& task, where::Whereabouts::Told told) {
  if (!TellsWhere()) return;
  const bool held = task.state == Task::State::kHeld;
  whereabouts_.NoteIn(std::move(told),
                      held ? whereabouts_.Of(task) : whereabouts_.OfSleeper(task, task.call));
}

std::optional<record::Location> Tracer::WhereIs(const Task& task) {
  return whereabouts_.WhereIs(whereabouts_.Of(task));
}

bool Tracer::IsOfThisCall(const Task& task, int object) {
  const where::Trail trail = whereabouts_.Of(task);
  const auto& events = journal_.recording().events;
  for (size_t i = events.size(); i > 0 && trail != where::kNoTrail; --i) {
    const record::Event& event = events[i - 1];
    if (event.actor != task.process->index || event.tid != task.tid) continue;
    if (whereabouts_.Noted(static_cast<int>(i - 1)) != trail) return false;
    const auto* const call = std::get_if<record::Call>(&event.what);
    if (call != nullptr && object != 0 && call->made_object == object) return true;
  }
  return false;
}

// --- Going on.

void Tracer::GoOn(Task& task, int signal) {
  task.state = Task::State::kRunning;
  // It gets the filter before its next call, whatever that is.
  LetGo(task, NeedsLateFilter(task) ? Until::kCallEnd : Until::kNextStop, signal);
}

void Tracer::LetGo(const Task& task, Until until, int signal) {
  if (lateness_ && !in_turns_ && lateness_->HoldsBack(task.host, until, signal)) return;
  Resume(task.host, until, signal);
}

bool Tracer::NeedsLateFilter(const Task& task) const {
  return task.process->begun && !task.process->late_filter && time_->files_matter();
}

// At a stop that its end or its beginning made. True: it has been let go.
bool Tracer::PutLateFilter(Task& task) {
  if (task.replaced_call) {
    EndLateFilter(task);
    task.process->late_filter = true;
    GoOn(task);
    return true;
  }
  if (task.state == Task::State::kInCall) return false;
  if (NeedsLateFilter(task) && BeginLateFilter(task, time_->file_filter())) {
    Resume(task.host, Until::kCallEnd);
    return true;
  }
  if (!StandsAtEntry(task.host)) return false;
  Resume(task.host, Until::kNextStop);  // has it by now, or gets it at another call
  return true;
}

void Tracer::GoOnToCallEnd(Task& task) {
  task.state = Task::State::kInCall;
  LetGo(task, Until::kCallEnd);
}

void Tracer::On(Task& task, const Trapped&, const Report&) {
  if (task.state == Task::State::kGroupStop) Continued(*task.process);
  time_->AtTrap(task);
  const bool fresh = task.state == Task::State::kStarting;
  if (fresh && WatchesAccesses(task)) return GoOnWatched(task);
  if (task.state != Task::State::kHeld) GoOn(task);
}

void Tracer::HoldHere(Task& task, bool at_call) {
  task.state = Task::State::kHeld;
  task.held_at_call = at_call;
}

void Tracer::LetAskersGoOn() {
  told_before_ = false;
  for (const HostPid host : std::exchange(asking_, {})) {
    Task* task = Find(host);
    if (task != nullptr && task->state == Task::State::kAsking) EnterCall(*task);
  }
}

void Tracer::Release(Process& process) {
  told_before_ = false;
  for (Task* task : TasksOf(process)) {
    if (task->state != Task::State::kHeld || task->awaits_turn) continue;
    if (in_turns_)
      StandInLine(*task);
    else if (task->held_at_call)
      EnterCall(*task);
    else
      GoOn(*task);
  }
}

bool Tracer::IsHeld(const Process& process) const {
  for (const auto& [host, task] : tasks_) {
    if (task->process == &process && task->state == Task::State::kHeld && !task->awaits_turn)
      return true;
  }
  return false;
}

void Tracer::HandleSignalsOfHeld() {
  if (in_turns_) return;  // GiveFloor()
  for (const auto& [host, task] : tasks_) {
    if (!MustHandleSignal(*task)) continue;
    RewindCall(task->host, task->call.number);
    GoOn(*task);
  }
}

// --- Processor time.

namespace {

// Of a zombie too. As clock_getcpuclockid(3) makes the clock, without its system call.
std::optional<Duration> ProcessorClock(HostPid process) {
  constexpr clockid_t kScheduled = 2;
  const clockid_t clock = (~process.value << 3) | kScheduled;
  timespec time{};
  if (::clock_gettime(clock, &time) != 0) return std::nullopt;
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

}  // namespace

Duration Tracer::ProcessorTimeOf(const Process& process) {
  if (process.ended) return process.processor;
  return ProcessorClock(process.host).value_or(process.processor);
}

// As long as it can be asked: who is killed may be reaped as soon as its end is reported.
void Tracer::NoteProcessorTime(Process& process) {
  if (const auto time = ProcessorClock(process.host)) process.processor = *time;
}

Duration Tracer::ProcessorTime() const {
  Duration sum = processor_of_ended_ - processor_of_start_;
  for (const auto& [host, task] : tasks_) {
    if (task->host == task->process->host) sum += ProcessorTimeOf(*task->process);
  }
  // Of a process whose first thread has gone before the others nothing is counted until its end.
  return std::max(sum, Duration{});
}

Duration Tracer::WaitedForProcessors() const {
  Duration sum{};
  for (const auto& [host, task] : tasks_) sum += WaitedForProcessor(task->host);
  return sum;
}

}  // namespace plumbline::trace
