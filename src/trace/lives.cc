// SPDX-License-Identifier: MIT
// From birth to end: started programs, children, threads, programs replaced, ends.
#include <fmt/format.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_name.h"
#include "trace/clock/virtual_time.h"
#include "trace/openness.h"
#include "trace/proc.h"
#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

using record::Born;
using record::kGrader;
using record::ProcessIndex;

// The event that tells it; of one that is born after the recording was cut, where that was.
int BirthIn(const record::Recording& recording, int event) {
  return event >= 0 ? event : static_cast<int>(recording.events.size()) - 1;
}

Born::How HowOf(ChildMade::How how) {
  switch (how) {
    case ChildMade::How::kFork:
      return Born::How::kFork;
    case ChildMade::How::kVfork:
      return Born::How::kVfork;
    case ChildMade::How::kClone:
      break;
  }
  return Born::How::kClone;
}

// Python starts a process by itself when a program first uses what may be left behind
// (multiprocessing.shared_memory): it removes that if nobody else did. No script asked for it. Who
// only looks like it is none: the system's own interpreter, and its last word to the letter
// (Lib/multiprocessing/resource_tracker.py, ensure_running).
bool IsHelper(const record::Executed& executed, const std::string& executable) {
  constexpr std::string_view kBefore = "from multiprocessing.resource_tracker import main;main(";
  const auto& argv = executed.argv;
  if (argv.size() < 3 || argv[argv.size() - 2] != "-c") return false;
  if (!executable.starts_with("/usr/bin/python")) return false;
  std::string_view word = argv.back();
  if (!word.starts_with(kBefore) || !word.ends_with(')')) return false;
  word.remove_prefix(kBefore.size());
  word.remove_suffix(1);
  return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// Of the other calls that make children the arguments say nothing.
uint64_t CloneFlagsOf(const Task& task) {
  return task.call.number == SYS_clone ? task.call.args[0] : 0;
}

bool SharesMemory(const Task& maker, ChildMade::How how) {
  return how == ChildMade::How::kVfork || (CloneFlagsOf(maker) & CLONE_VM) != 0;
}

}  // namespace

// --- Births.

Result<ProcessIndex> Tracer::Adopt(HostPid host, Pid pid, const std::string& started_as,
                                   const std::string& program, bool peer) {
  TRY(Seize(host));
  Process& process = AddProcess(host, pid, kGrader);
  process.peer = peer;
  auto& recorded = journal_.recording().processes.back();
  recorded.started_as = started_as;
  recorded.program = program;
  recorded.peer = peer;
  // init, or with a terminal the stand-in for a shell.
  const auto status = StatusOf(host);
  recorded.parent_pid = status ? InnerPid(status->parent) : Pid{1};
  recorded.born = BirthIn(
      journal_.recording(),
      journal_.Add(kGrader, Pid{}, Born{.child = process.index, .how = Born::How::kStarted}));
  AddTask(host, pid, process).state = Task::State::kRunning;
  return process.index;
}

void Tracer::On(Task& task, const ChildMade& stop, const Report&) {
  const auto message = EventMessage(task.host);
  if (!message) return;  // killed meanwhile; what it made is found by AdoptStrays()
  const HostPid host{static_cast<pid_t>(*message)};
  task.in_vfork = stop.how == ChildMade::How::kVfork;
  if ((CloneFlagsOf(task) & CLONE_THREAD) != 0) {
    AddThread(task, host);
  } else {
    Process& child = AddChild(*task.process, task.tid, host, HowOf(stop.how), TrailOf(task));
    if ((CloneFlagsOf(task) & CLONE_FILES) != 0)
      child.shares_descriptors = task.process->shares_descriptors = true;
    CopyHandlers(task, child, SharesMemory(task, stop.how));
    if (child.pid.value == 0) {
      task.unnumbered_child = child.index;
      return GoOnToCallEnd(task);
    }
  }
  HandleEarly(host);
  // No longer alone, it is followed instruction by instruction from there on.
  if (!task.in_vfork && WatchesAccesses(task)) return GoOnToCallEnd(task);
  // Still inside the call: its end is not needed, the event told all.
  GoOn(task);
}

void Tracer::AddThread(Task& maker, HostPid host) {
  const Pid tid = InnerPid(host);
  Process& process = *maker.process;
  ++process.threads;
  ++effects_;
  if ((CloneFlagsOf(maker) & CLONE_FILES) == 0) process.shares_descriptors = true;
  AddTask(host, tid, process);
  TellOf(maker, record::ThreadBorn{tid});
}

Process& Tracer::AddChild(Process& parent, Pid tid, HostPid host, Born::How how,
                          where::Trail trail) {
  const Pid pid = InnerPid(host);
  Process& child = AddProcess(host, pid, parent.index);
  child.actions = parent.actions;
  child.objects = parent.objects;
  child.program = parent.program;
  child.executable = parent.executable;
  child.loader = parent.loader;
  if (parent.breakpoints != nullptr)
    child.breakpoints = std::make_shared<Breakpoints>(*parent.breakpoints);
  if (parent.returns != nullptr) child.returns = std::make_shared<Breakpoints>(*parent.returns);
  child.maps_shared = parent.maps_shared;
  child.shared_memory = parent.shared_memory;
  child.image = parent.image;
  child.birth = trail;
  child.on_own_stack = how != Born::How::kVfork;
  parent.last_child = trail;
  child.begun = parent.begun;
  child.peer = parent.peer;
  child.late_filter = parent.late_filter;
  auto& recorded = journal_.recording().processes.back();
  recorded.parent_pid = parent.pid;
  recorded.peer = parent.peer;
  const int event = Tell(parent.index, tid, Born{.child = child.index, .how = how}, trail);
  recorded.born = BirthIn(journal_.recording(), event);
  AddTask(host, pid, child);
  return child;
}

// The child ended, killed from elsewhere, before its number inside could be read: its parent's
// fork() tells it.
void Tracer::NumberChild(Task& maker, int64_t result) {
  Process& child = process(*std::exchange(maker.unnumbered_child, std::nullopt));
  child.pid = Pid{static_cast<pid_t>(std::max<int64_t>(result, 0))};
  journal_.recording().processes[static_cast<size_t>(child.index)].pid = child.pid;
  if (Task* task = Find(child.host)) task->tid = child.pid;
  HandleEarly(child.host);
}

void Tracer::HandleEarly(HostPid host) {
  const auto early = early_.extract(host.value);
  if (early.empty()) return;
  const Report report = early.mapped();
  const bool ended = !WIFSTOPPED(report.status);
  // The end of another task that had this number before.
  if (ended && ::kill(host.value, 0) == 0) return;
  if (ended) std::erase(strangers_, host);
  if (in_turns_ && !ended)
    reports_.push_back(report);
  else
    Handle(report);
}

// A process that is killed inside fork() has made a child and never says so.
void Tracer::AdoptStrays(Process& maker) {
  std::vector<HostPid> strays;
  for (const auto& [value, report] : early_) {
    if (!WIFSTOPPED(report.status)) continue;
    const auto status = StatusOf(HostPid{value});
    if (!status || status->leader != HostPid{value}) continue;  // a thread: ends with its process
    const Process* parent = ByHost(status->parent);
    if (parent == nullptr || parent == &maker) strays.push_back(HostPid{value});
  }
  std::ranges::sort(strays);
  for (const HostPid stray : strays) {
    AddChild(maker, maker.pid, stray, Born::How::kFork, where::kNoTrail);
    HandleEarly(stray);
  }
}

// --- Programs.

void Tracer::On(Task& task, const ProgramReplaced&, const Report&) {
  const auto former = EventMessage(task.host);
  Process& process = *task.process;
  // Another thread than the first called exec: it has become the first, all others are gone.
  if (former && *former != static_cast<uint64_t>(task.host.value)) {
    if (Task* caller = Find(HostPid{static_cast<pid_t>(*former)})) {
      task.executing = std::move(caller->executing);
      task.executing_at = caller->executing_at;
      task.call = caller->call;
    }
  }
  ForgetOthers(process, &task);
  if (process.threads > 1) AdoptStrays(process);
  process.threads = 1;
  task.cuts.clear();
  task.changed.clear();  // registers of a program that is no more
  task.changed_words.clear();
  task.handlers.clear();
  task.steps_over.reset();
  process.breakpoints.reset();
  process.returns.reset();
  process.maps_shared = false;
  process.shared_memory.reset();
  process.address_page = 0;
  task.page_making.reset();
  task.in_vfork = task.leaves = false;
  for (SignalAction& action : process.actions) {
    const bool ignored = action.disposition == Disposition::kIgnored;
    action = {.disposition = ignored ? Disposition::kIgnored : Disposition::kDefault};
  }
  process.shares_descriptors = false;  // execve(2) gives it a table of its own
  if (IsClosed(task.host) && !OpenAgain(task)) return;
  time_->ProgramReplaced(task);
  journal_.EndBursts(process.index);
  ForgetClosedByExec(process);
  TellProgram(task);
  process.loader = LoaderOf(task.host);
  process.image.reset();
  process.birth = process.last_child = process.end = where::kNoTrail;
  ++effects_;
  if (director_.HoldsAtStart(process)) return HoldHere(task, false);
  GoOn(task);
}

// As the kernel counts for RLIMIT_NPROC (getrlimit(2)): threads, and who was not waited for.
bool Tracer::IsFull() const {
  const auto most = static_cast<size_t>(most_tasks_);
  if (most == 0 || tasks_.size() + processes_.size() < most) return false;
  const auto zombies = std::ranges::count_if(processes_, [](const Process& process) {
    return process.ended && !process.reaped && process.parent != record::kGrader;
  });
  return tasks_.size() + static_cast<size_t>(zombies) >= most;
}

// Who cannot be looked into is not run. False: it has ended or will.
bool Tracer::OpenAgain(Task& task) {
  const auto status = Open(task.host);
  if (!status) return true;
  if (*status != 0) {
    reports_.push_back({task.host, *status});
  } else {
    ::kill(task.host.value, SIGKILL);
  }
  return false;
}

void Tracer::TellProgram(Task& task) {
  Process& process = *task.process;
  process.executable = LinkOf(task.host, "exe");
  auto executed = std::exchange(task.executing, std::nullopt);
  if (!std::exchange(process.begun, true)) {
    // Noted, so that what is known of it at its end is no less.
    NoteProcessorTime(process);
    processor_of_start_ += process.processor;
    // The grader's own way to it was closed to everybody; the new program's memory says the same.
    executed = record::Executed{.path = ExecutedPath(task.host),
                                .argv = StringsOf(task.host, "cmdline"),
                                .env = StringsOf(task.host, "environ")};
  }
  if (!executed) executed.emplace();
  if (executed->path.empty()) executed->path = process.executable;
  process.program = std::string(FileName(executed->path));
  if (IsHelper(*executed, process.executable))
    journal_.recording().processes[static_cast<size_t>(process.index)].internal = true;
  Tell(process.index, task.tid, std::move(*executed),
       std::exchange(task.executing_at, where::kNoTrail));
}

// --- Ends.

void Tracer::On(Task& task, const Ended& stop, const Report& report) {
  Process& process = *task.process;
  const bool leader = task.host == process.host;
  const auto unnumbered = std::exchange(task.unnumbered_child, std::nullopt);
  --process.threads;
  ++effects_;
  Forget(task);
  if (unnumbered) HandleEarly(this->process(*unnumbered).host);
  if (leader) ProcessEnded(process, stop, report);
}

void Tracer::ProcessEnded(Process& process, const Ended& stop, const Report& report) {
  ForgetOthers(process, nullptr);
  process.ended = true;
  process.end_status = report.status;
  process.stopped = false;
  process.objects.clear();
  time_->ProcessEnded(process.index);
  NoteProcessorTime(process);
  processor_of_ended_ += process.processor;
  --alive_;
  journal_.EndAllBursts();
  TellEnd(process, stop);
  AdoptStrays(process);
  for (const ProcessIndex child : std::exchange(process.children, {})) GiveAway(child);
  if (process.parent == kGrader) return;
  Process& parent = this->process(process.parent);
  const SignalAction& action = parent.actions[SIGCHLD];
  if (!parent.ended && (action.disposition == Disposition::kIgnored || action.no_zombies)) {
    process.reaped = true;
    std::erase(parent.children, process.index);
    Tell(parent.index, parent.pid,
         record::Reaped{.child = process.index, .wait_status = report.status, .automatic = true});
  }
}

void Tracer::TellEnd(Process& process, const Ended& stop) {
  record::Exited exited{.status = stop.status, .killed_by = stop.killed_by, .core = stop.core};
  // Others may have killed it meanwhile.
  const bool by_itself = stop.killed_by != SIGKILL;
  const bool crashed = process.crashed && by_itself && stop.killed_by != 0;
  if (crashed && process.fault) {
    constexpr uint64_t kNextToNull = 1 << 16;
    journal_.recording().machine.faults[process.index] = *process.fault;
    if (*process.fault < kNextToNull) exited.address = fmt::format("{:#x}", *process.fault);
  }
  const int event = Tell(process.index, process.pid, std::move(exited),
                         by_itself ? process.end : where::kNoTrail);
  if (crashed) whereabouts_.NoteCrash(event, process.end);
}

// To init, or to an ancestor that wants it (prctl(2), PR_SET_CHILD_SUBREAPER).
void Tracer::GiveAway(ProcessIndex index) {
  Process& child = process(index);
  child.parent = kGrader;
  const auto status = StatusOf(child.host);
  if (Process* parent = status ? ByHost(status->parent) : nullptr) {
    child.parent = parent->index;
    parent->children.push_back(index);
  }
  if (!child.ended) Tell(child.index, child.pid, record::Adopted{.by = child.parent});
}

}  // namespace plumbline::trace
