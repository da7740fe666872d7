// SPDX-License-Identifier: MIT
// Handlers of signals that may come at any instant: while one runs, breakpoints are at the
// well-known functions that it must not call (signal-safety(7)), its stack is looked at when it
// makes a call, and its errno is compared when it returns. All other code runs as if nobody looked.
#include <algorithm>
#include <csignal>
#include <utility>

#include "trace/tracer.h"
#include "trace/where/unsafe_functions.h"

namespace plumbline::trace {
namespace {

// The C library's own, for pthread_cancel(3) and setuid(2) of threads.
constexpr int kOfLibrary[] = {32, 33};
// Handlers left by longjmp(3) leave theirs behind.
constexpr size_t kMostHandlers = 64;

bool Blocks(uint64_t mask, int signal) { return (mask >> (signal - 1) & 1) != 0; }

}  // namespace

bool Tracer::WatchesHandlers() const {
  return journal_.recording().header.observed.contains(record::Facet::kHandlers);
}

// One that comes into a call that lets it through for its own time alone, sigsuspend(2) or
// ppoll(2), comes nowhere else.
void Tracer::BeginHandler(Task& task, const SignalAction& action, int signal) {
  if (!WatchesHandlers() || std::ranges::find(kOfLibrary, signal) != std::end(kOfLibrary)) return;
  if (whereabouts_.WatchOf(task) == nullptr) return;
  if (task.handlers.size() == kMostHandlers) task.handlers.erase(task.handlers.begin());
  const auto blocked = BlockedSignals(task.host);
  HandlerRun run{.signal = signal, .handler = action.handler};
  run.anywhere = blocked && !Blocks(*blocked, signal);
  if (run.anywhere) run.error = ErrnoOf(task);
  task.handlers.push_back(run);
  SetBreakpoints(task);
}

void Tracer::EndHandler(Task& task) {
  if (task.handlers.empty()) return;
  const HandlerRun run = task.handlers.back();
  task.handlers.pop_back();
  SetBreakpoints(task);
  const auto error = run.error ? ErrnoOf(task) : std::nullopt;
  if (!error || *error == *run.error) return;
  const auto trail =
      run.failed != where::kNoTrail ? run.failed : whereabouts_.OfAddress(task, run.handler);
  const int event =
      Tell(task.process->index, task.tid,
           record::ErrnoChanged{.signal = run.signal, .before = *run.error, .after = *error});
  if (TellsWhere()) whereabouts_.NoteOutermost(event, trail);
}

std::optional<int> Tracer::ErrnoOf(const Task& task) {
  const auto address = whereabouts_.ErrnoOf(task);
  return address ? ReadValue<int>(task.host, *address) : std::nullopt;
}

// As long as some thread of this memory is in a handler that could still call what it must not.
void Tracer::SetBreakpoints(Task& task) {
  auto& breakpoints = task.process->breakpoints;
  const auto watched = [](const HandlerRun& run) { return run.anywhere && !run.told; };
  const bool needed = std::ranges::any_of(tasks_, [&](const auto& entry) {
    const Task& other = *entry.second;
    const bool same =
        &other == &task || (breakpoints != nullptr && other.process->breakpoints == breakpoints);
    return same && std::ranges::any_of(other.handlers, watched);
  });
  if (!needed) {
    if (breakpoints != nullptr) breakpoints->RemoveAll(task.host);
    return;
  }
  if (breakpoints == nullptr) breakpoints = std::make_shared<Breakpoints>();
  for (const auto& [address, index] : whereabouts_.WatchOf(task)->unsafe)
    breakpoints->Put(task.host, address);
}

// A child in a handler is in it too.
void Tracer::CopyHandlers(const Task& maker, Process& child, bool shares_memory) {
  if (shares_memory) {
    // What either of them puts from now on is in the code of both.
    for (auto* const both : {&maker.process->breakpoints, &maker.process->returns}) {
      if (*both == nullptr) *both = std::make_shared<Breakpoints>();
    }
    child.breakpoints = maker.process->breakpoints;
    child.returns = maker.process->returns;
  }
  for (Task* task : TasksOf(child)) task->handlers = maker.handlers;
}

// The kernel's SIGTRAP for an instruction int3, which is behind it by then.
bool Tracer::WasBreakpoint(Task& task, const SignalArrives& stop) {
  Breakpoints* const breakpoints = task.process->breakpoints.get();
  if (stop.signal != SIGTRAP) return false;
  if (breakpoints == nullptr && task.process->returns == nullptr) return false;
  auto registers = Registers(task.host);
  const auto info = SignalInfo(task.host);
  if (!registers || !info || info->si_code != SI_KERNEL) return false;
  const uint64_t address = registers->rip - 1;
  if (WasReturn(task, address)) return true;
  if (breakpoints == nullptr || !breakpoints->Knows(address)) return false;
  registers->rip = address;
  SetRegisters(task.host, *registers);
  if (breakpoints->IsAt(address)) TellUnsafe(task, address);
  task.state = Task::State::kRunning;
  if (breakpoints->IsAt(address)) {
    breakpoints->Lift(task.host, address);
    task.steps_over = address;
    Resume(task.host, Until::kOneInstruction);
  } else {
    GoOn(task);
  }
  return true;
}

// After the instruction, or before it if something else came first.
bool Tracer::EndsStep(Task& task, const Stop& stop) {
  const auto address = std::exchange(task.steps_over, std::nullopt);
  if (!address) return false;
  const auto* const arrives = std::get_if<SignalArrives>(&stop);
  if (std::holds_alternative<Ended>(stop)) return false;
  if (task.process->breakpoints != nullptr) task.process->breakpoints->PutBack(task.host, *address);
  const auto info = arrives != nullptr ? SignalInfo(task.host) : std::nullopt;
  return info && arrives->signal == SIGTRAP && info->si_code == TRAP_TRACE;
}

// The stack says whether it is the handler that calls: it may have been left by longjmp(3).
void Tracer::TellUnsafe(Task& task, uint64_t address) {
  if (task.handlers.empty()) return;
  HandlerRun& run = task.handlers.back();
  if (!run.anywhere || run.told) return;
  auto trail = whereabouts_.OfHandler(task);
  if (!trail) return;
  if (*trail == where::kNoTrail) trail = whereabouts_.OfAddress(task, run.handler);
  const auto found = whereabouts_.WatchOf(task)->unsafe.find(address);
  TellUnsafe(task, run, where::UnsafeFunctions()[found->second].name, *trail);
}

// Not one of the well-known, but it makes a call by other functions of the library.
void Tracer::TellUnsafeOfCall(Task& task) {
  if (task.handlers.empty()) return;
  HandlerRun& run = task.handlers.back();
  if (!run.anywhere || run.told) return;
  const auto unsafe = whereabouts_.UnsafeOfHandler(task);
  if (!unsafe) return;
  const bool known = unsafe->trail != where::kNoTrail;
  TellUnsafe(task, run, unsafe->function,
             known ? unsafe->trail : whereabouts_.OfAddress(task, run.handler));
}

void Tracer::TellUnsafe(Task& task, HandlerRun& run, const std::string& function,
                        where::Trail trail) {
  run.told = true;
  const int event = Tell(task.process->index, task.tid,
                         record::UnsafeCalled{.signal = run.signal, .function = function});
  if (TellsWhere()) whereabouts_.NoteOutermost(event, trail);
  SetBreakpoints(task);
}

}  // namespace plumbline::trace
