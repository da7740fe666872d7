// SPDX-License-Identifier: MIT
// Accesses to shared memory as moments at which others may come in between: who has the turn goes
// on instruction by instruction in the student's own code, and stands in line before each that
// reads or writes a shared mapping. The system's libraries run at full speed up to a breakpoint at
// the place that they return to.
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

#include "trace/shared_memory.h"
#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

// Until code of the student's is come to that the library calls: a thread's function.
constexpr int kMostOutside = 2000;
constexpr int kLookAgain = 16;  // where it would return to

// After an instruction, after a call, before the first instruction of a handler.
bool IsStep(const siginfo_t& info) {
  const int code = info.si_code;
  return info.si_signo == SIGTRAP && (code == TRAP_TRACE || code == TRAP_BRKPT || code == SIGTRAP);
}

// Calls that end at once: of a signal's handler, and of a thread that begins.
bool EndsAtOnce(uint64_t call) {
  constexpr uint64_t kCalls[] = {SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_set_robust_list,
                                 SYS_rseq};
  return std::ranges::find(kCalls, call) != std::end(kCalls);
}

}  // namespace

bool Tracer::WatchesAccesses(const Task& task) const {
  const Process& process = *task.process;
  // Of one alone each access is as if the others had come before or after.
  return in_turns_ && steps_left_ > 0 && tasks_.size() > 1 && process.begun && process.maps_shared;
}

bool Tracer::GoesByInstructions(const Task& task) const {
  return task.follows > 0 || WatchesAccesses(task);
}

void Tracer::FollowTests(Task& task) {
  if (follows_left_ <= 0 || !whereabouts_.IsNative(task)) return task.tested.reset();
  task.follows = std::min(follows_left_, kMostFollowedInTurn);
}

void Tracer::NoteTested(const Task& task, where::Whereabouts::Told told) {
  if (TellsWhere() && task.tested)
    whereabouts_.NoteIn(std::move(told), whereabouts_.OfAddress(task, *task.tested));
}

// Nobody else may have it yet, but a child will.
void Tracer::NoteMapping(Task& task, int64_t result) {
  if (steps_left_ == 0 || result < 0) return;
  const int call = task.call.number;
  const bool shared = call == SYS_mmap && (task.call.args[3] & MAP_SHARED) != 0;
  if (!shared && call != SYS_shmat) return;
  task.process->maps_shared = whereabouts_.IsNative(task);
  task.process->shared_memory.reset();
}

bool Tracer::IsShared(Task& task, const MemoryAccess& access) {
  auto& ranges = task.process->shared_memory;
  if (!ranges) ranges = SharedRanges(task.host);
  return std::ranges::any_of(*ranges, [&](const auto& range) {
    return access.address < range.second && access.address + access.bytes > range.first;
  });
}

// False: something else than the end of the instruction, which is reported.
bool Tracer::StepOne(Task& task, int signal) {
  // What is only followed costs nothing of what the orders of accesses hang on.
  if (task.follows > 0) {
    --follows_left_;
    // What it tests from here on is not seen.
    if (--task.follows == 0) task.tested.reset();
  }
  if (WatchesAccesses(task)) {
    --steps_left_;
    ++steps_;
  }
  task.state = Task::State::kRunning;
  Breakpoints* const returns = task.process->returns.get();
  const auto registers = Registers(task.host);
  if (!registers) return false;  // killed meanwhile
  if (returns != nullptr) returns->Lift(task.host, registers->rip);
  if (!Resume(task.host, Until::kOneInstruction, signal)) return false;
  int status = 0;
  while (::waitpid(task.host.value, &status, __WALL) < 0) {
    if (errno != EINTR) return false;
  }
  if (WIFSTOPPED(status) && returns != nullptr) returns->PutBack(task.host, registers->rip);
  const auto info = status >> 8 == SIGTRAP ? SignalInfo(task.host) : std::nullopt;
  if (info && IsStep(*info)) return true;
  reports_.push_back({task.host, status});
  return false;
}

// The library goes on at full speed to where it was called from.
bool Tracer::ReturnsToStudent(Task& task) {
  const auto back = whereabouts_.ReturnOf(task);
  if (!back) return false;
  auto& returns = task.process->returns;
  if (returns == nullptr) returns = std::make_shared<Breakpoints>();
  returns->Put(task.host, *back);
  return true;
}

bool Tracer::StandsAtAccess(Task& task, const std::string& code,
                            const user_regs_struct& registers) {
  if (accesses_left_ == 0) return false;
  const auto access = AccessOf(code, registers);
  if (!access || !IsShared(task, *access)) return false;
  --accesses_left_;
  task.access = SharedAccess{.what = *access};
  HoldHere(task, false);
  task.awaits_turn = true;
  return true;
}

// As it is without breakpoints.
std::string Tracer::CodeAt(const Task& task, uint64_t address) {
  Breakpoints* const returns = task.process->returns.get();
  if (returns != nullptr) returns->Lift(task.host, address);
  std::string code = ReadMemory(task.host, address, kLongestInstruction);
  if (returns != nullptr) returns->PutBack(task.host, address);
  return code;
}

// A call may take as long as it likes: it is made at full speed.
void Tracer::LeaveForCall(Task& task, uint64_t at) {
  auto& returns = task.process->returns;
  if (returns == nullptr) returns = std::make_shared<Breakpoints>();
  returns->Remove(task.host, at);
  returns->Put(task.host, at + kSystemCallBytes);
}

void Tracer::GoOnWatched(Task& task) {
  task.state = Task::State::kRunning;
  for (int outside = 0; GoesByInstructions(task);) {
    const auto registers = Registers(task.host);
    if (!registers) return;  // killed meanwhile
    const uint64_t at = registers->rip;
    const bool own = whereabouts_.IsOfStudent(task, at);
    if (!own && outside % kLookAgain == 0 && ReturnsToStudent(task)) break;
    if (outside > kMostOutside) break;
    outside = own ? 0 : outside + 1;
    const std::string code = CodeAt(task, at);
    if (own && task.follows > 0 && IsConditionalJump(code)) task.tested = at;
    if (IsSystemCall(code) && !EndsAtOnce(registers->rax)) {
      if (own) LeaveForCall(task, at);
      break;
    }
    // Back to wherever the signal came.
    if (IsSystemCall(code) && registers->rax == SYS_rt_sigreturn) outside = 0;
    if (own && WatchesAccesses(task) && StandsAtAccess(task, code, *registers)) return;
    if (!StepOne(task)) return;
  }
  if (!GoesByInstructions(task) && task.process->returns != nullptr)
    task.process->returns->RemoveAll(task.host);
  GoOn(task);
}

// What is no atomic instruction is done in two: what it found is read, and others may have changed
// it when it writes back.
void Tracer::GoOnAtAccess(Task& task) {
  SharedAccess& access = *task.access;
  const MemoryAccess what = access.what;
  const std::string now = ReadMemory(task.host, what.address, what.bytes);
  if (what.in_two_steps && !access.read) {
    access.read = now;
    HoldHere(task, false);
    task.awaits_turn = true;
    return;
  }
  const auto read = std::exchange(task.access, std::nullopt)->read;
  if (read) WriteMemory(task.host, what.address, read->data(), read->size());
  if (!StepOne(task)) {
    if (read) WriteMemory(task.host, what.address, now.data(), now.size());
    return;
  }
  task.read_shared = what.writes ? std::nullopt : std::optional(what.address);
  if (what.writes && ReadMemory(task.host, what.address, what.bytes) != now) ++effects_;
  GoOnWatched(task);
}

// A signal's handler, from its first instruction on.
void Tracer::GoOnInHandler(Task& task, int signal) {
  if (StepOne(task, signal)) GoOnWatched(task);
}

// The library returned.
bool Tracer::WasReturn(Task& task, uint64_t address) {
  Breakpoints* const returns = task.process->returns.get();
  if (returns == nullptr || !returns->Knows(address)) return false;
  auto registers = Registers(task.host);
  if (!registers) return true;  // killed meanwhile
  registers->rip = address;
  SetRegisters(task.host, *registers);
  GoOnWatched(task);
  return true;
}

}  // namespace plumbline::trace
