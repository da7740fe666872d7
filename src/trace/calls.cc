// SPDX-License-Identifier: MIT
// From the entry of a call to its telling.
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/syscalls.h"
#include "sandbox/policy.h"
#include "trace/blocked/asking.h"
#include "trace/clock/virtual_time.h"
#include "trace/decode/arguments.h"
#include "trace/decode/buffers.h"
#include "trace/filter.h"
#include "trace/interrupted.h"
#include "trace/proc.h"
#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

using decode::Role;

bool IsError(int64_t result) { return result < 0 && result >= -4095; }

// A success of these changes something that others could see; the rest asks, waits, or is told by
// an event of its own.
bool HasEffect(Role role) {
  switch (role) {
    case Role::kTold:
    case Role::kSigaction:
    case Role::kSigwait:
    case Role::kClose:
    case Role::kDup:
    case Role::kFcntl:
      return true;
    default:
      return false;
  }
}

// From here on, or perhaps not yet, a task is in code of its program's own: it has just mapped what
// others may see, or it is a thread, which begins in the library.
bool MayBeginToShare(const Task& task) {
  const int call = task.call.number;
  const bool is_watched = task.process->returns != nullptr && !task.process->returns->empty();
  return call == SYS_mmap || call == SYS_shmat || task.host != task.process->host || !is_watched;
}

}  // namespace

// --- Entry.

void Tracer::On(Task& task, const CallBegin&, const Report&) {
  const auto entry = EntryOf(task.host);
  if (!entry) return;  // killed meanwhile
  if (entry->number == sandbox::kSealCall) return AtSealCall(task, *entry);
  ++calls_;
  ++task.calls;
  if (entry->number == SYS_rt_sigreturn) {
    EndHandler(task);
    return WatchesAccesses(task) ? GoOnInHandler(task, 0) : GoOn(task);
  }
  task.call = *entry;
  if (LacksAddressPage(task)) return MakeAddressPage(task);
  task.sent_signal = 0;
  const bool by_kernel = entry->number == SYS_restart_syscall;
  const auto cut = TakeUpAgain(task);
  task.restarted = cut.has_value();
  task.due = cut ? cut->due : std::nullopt;
  if (by_kernel && (!cut || !cut->followed)) return GoOn(task);
  const bool may_hold =
      task.process->begun && !task.restarted && !IsOfLoader(task) && !OnlyAsksForName(task);
  if (may_hold && director_.HoldsBefore(*task.process, task.call)) return HoldHere(task, true);
  if (may_hold && TakesTurn(task)) return StandInLine(task);
  if (may_hold && !in_turns_ && StandsForALook(task)) {
    task.state = Task::State::kAsking;
    asking_.push_back(task.host);
    return;
  }
  EnterCall(task);
}

bool Tracer::StandsForALook(Task& task) {
  task.asking.stands = !ReadsClock(task) && OnlyAsks(task, effects_ - own_effects_);
  return task.asking.stands || (ReadsClock(task) && ReadsClockAgain(task));
}

bool Tracer::IsOfLoader(const Task& task) const {
  const auto [begin, end] = task.process->loader;
  return task.call.instruction >= begin && task.call.instruction < end;
}

// This entry is the kernel's, for a call that a signal had cut: made from the same place with the
// same stack. restart_syscall(2) stands for the call that it goes on with.
std::optional<CutCall> Tracer::TakeUpAgain(Task& task) {
  const Entry& call = task.call;
  const auto found = std::ranges::find_if(task.cuts, [&](const CutCall& cut) {
    const bool same_call = call.number == SYS_restart_syscall || call.number == cut.entry.number;
    return same_call && call.instruction == cut.entry.instruction && call.stack == cut.entry.stack;
  });
  if (found == task.cuts.end()) return std::nullopt;
  const CutCall cut = *found;
  task.cuts.erase(found, task.cuts.end());
  task.call = cut.entry;
  return cut;
}

void Tracer::EnterCall(Task& task) {
  // At the entry: who is killed inside may have made it, and have left it to others.
  asked_for_socket_ |= task.call.number == SYS_socket || task.call.number == SYS_socketpair;
  asked_for_memory_file_ |= task.call.number == SYS_memfd_create;
  const decode::Row* row = decode::Find(task.call.number);
  if (task.process->begun) {
    if (const int refused = director_.Refuses(task)) return AnswerCall(task, row, -refused);
  }
  const bool asks = task.process->begun && !task.restarted;
  const bool second = std::exchange(task.is_second, false);
  if (asks && !IsOfLoader(task)) TellUnsafeOfCall(task);
  if (asks && !second && !IsOfLoader(task)) {
    if (const auto result = director_.Changes(task)) return LeaveOut(task, *result);
  }
  int error = asks ? ErrorInstead(task) : 0;
  if (row != nullptr && row->role == Role::kFork && IsFull()) error = EAGAIN;
  // Once more too, after a signal.
  if (error == 0 && network_ != nullptr && task.process->begun && !IsOfLoader(task))
    error = LeadPaths(task);
  if (row != nullptr && row->role == Role::kExec) AtExecEntry(task);
  if (row != nullptr && row->role == Role::kKill) AtKillEntry(task);
  if (error != 0) return AnswerCall(task, row, -error);
  if (in_turns_ && task.call.number == SYS_getrandom && AnswerRandom(task)) return;
  int64_t answer = 0;
  const VirtualTime::Entered timed = time_->Enter(task, answer);
  if (timed == VirtualTime::Entered::kAnswered) return AnswerCall(task, row, answer);
  if (timed == VirtualTime::Entered::kFollowed) {
    if (task.wait) task.asking = {};
    GoOnToCallEnd(task);
    return time_->LetIn(task);
  }
  if (network_ != nullptr) {
    // A descriptor that has become another one since the call was held.
    if (LacksAddressPage(task)) return MakeAddressPage(task);
    if (const auto result = DoInItsPlace(task)) return AnswerInPlace(task, row, *result);
    if (OnlyAsksForName(task) || task.awaits_connection) return GoOnToCallEnd(task);
  }
  // What stops for the scenario alone is of no interest afterwards.
  const bool has_more = in_turns_ || !task.changed.empty() || task.once_more;
  if (!Tells(row)) return has_more ? GoOnToCallEnd(task) : GoOn(task);
  if (row->role == Role::kSigaction && SetsActionForSure(task)) {
    TellCall(task, *row, 0);
    return GoOn(task);
  }
  if (row->role == Role::kExit) {
    NoteProcessorTime(*task.process);
    task.process->end = TrailOf(task);
    task.leaves = task.call.number == SYS_exit;
    return GoOn(task);
  }
  if (MapsLibraries(task)) return GoOn(task);
  if (task.call.number == SYS_close && ClosesForSure(task)) {
    TellCall(task, *row, 0);
    return GoOn(task);
  }
  GoOnToCallEnd(task);
}

// What a loader opens it closes again before anybody else could see it, so that unless it was asked
// for, it need not even stop at its end.
bool Tracer::MapsLibraries(const Task& task) const {
  if (journal_.recording().header.observed.contains(record::Facet::kLoader)) return false;
  switch (task.call.number) {
    case SYS_openat:
    case SYS_read:
    case SYS_pread64:
    case SYS_mmap:
    case SYS_close:
      return IsOfLoader(task);
    default:
      return false;
  }
}

// close(2) of an open descriptor closes it, whatever it returns. Whether it is open, and to what,
// is known only before; among those who share a table another may be about to close it as well.
bool Tracer::ClosesForSure(const Task& task) {
  Process& process = *task.process;
  const bool open = ObjectOf(process, task.host, static_cast<int>(task.call.args[0])) != 0;
  return open && process.threads == 1 && !process.shares_descriptors;
}

int Tracer::ErrorInstead(Task& task) {
  if (IsOfLoader(task)) return 0;
  if (const int error = director_.FailsWith(*task.process, task.call)) return error;
  const int path_argument = PathArgumentOf(task.call.number);
  if (path_argument < 0 || !director_.HidesFiles()) return 0;
  const uint64_t address = task.call.args[static_cast<size_t>(path_argument)];
  const std::string path = ReadString(task.host, address);
  return director_.Hides(path) ? ENOENT : 0;
}

// The other paths stand on its stack until the call ends, below what a function may use without
// saying so (the red zone of 128 bytes).
int Tracer::LeadPaths(Task& task) {
  constexpr uint64_t kRedZone = 128;
  uint64_t place = task.call.stack - kRedZone;
  for (const int argument : PathArgumentsOf(task.call.number)) {
    const std::string path =
        director_.Instead(ReadString(task.host, task.call.args[static_cast<size_t>(argument)]));
    if (path.empty()) continue;
    place = (place - path.size() - 1) & ~uint64_t{15};
    if (!WriteMemory(task.host, place, path.c_str(), path.size() + 1)) return EFAULT;
    ChangeArgument(task, argument, place);
  }
  return 0;
}

void Tracer::AtExecEntry(Task& task) {
  if (journal_.full()) return;
  const size_t path = task.call.number == SYS_execveat ? 1 : 0;
  const auto& args = task.call.args;
  task.executing = record::Executed{.path = ReadString(task.host, args[path]),
                                    .argv = ReadStrings(task.host, args[path + 1]),
                                    .env = ReadStrings(task.host, args[path + 2]),
                                    .error = 0};
  task.executing_at = TrailOf(task);
}

bool Tracer::Tells(const decode::Row* row) const {
  return row != nullptr && IsFollowed(*row, journal_.recording().header.observed);
}

// The call is not made.
void Tracer::AnswerCall(Task& task, const decode::Row* row, int64_t result) {
  task.once_more = false;
  PutBack(task);
  SkipCall(task.host, result);
  if (row != nullptr && (IsError(result) || Tells(row))) TellCall(task, *row, result);
  GoOn(task);
  has_answered_ = true;
}

// The call was made, though not by the program; perhaps it is made once more.
void Tracer::AnswerInPlace(Task& task, const decode::Row* row, int64_t result) {
  if (!task.once_more) return AnswerCall(task, row, result);
  PutBack(task);
  if (row != nullptr && Tells(row)) TellCall(task, *row, result);
  task.once_more = false;
  task.is_second = true;
  RewindCall(task.host, task.call.number);
  GoOn(task);
}

// What the program had in the registers of arguments that were changed, and in its memory.
void Tracer::PutBack(Task& task) {
  for (const auto& [index, value] : std::exchange(task.changed, {}))
    SetArgument(task.host, index, value);
  for (const auto& [address, value] : std::exchange(task.changed_words, {}))
    WriteProtected(task.host, address, &value, sizeof value);
}

void Tracer::LeaveOut(Task& task, int64_t result) {
  SkipCall(task.host, result);
  GoOn(task);
}

void Tracer::ChangeArgument(Task& task, int index, uint64_t value) {
  task.changed.emplace_back(index, std::exchange(task.call.args[index], value));
  SetArgument(task.host, index, value);
}

// --- End.

void Tracer::On(Task& task, const CallEnd&, const Report&) {
  if (PutLateFilter(task) || GoesOnWithAddressPage(task)) return;
  const auto raw = ResultOf(task.host);
  if (!raw) return;  // killed meanwhile
  // A call keeps its arguments' registers, and compilers rely on that.
  PutBack(task);
  const decode::Row* row = decode::Find(task.call.number);
  if (task.state == Task::State::kInCall) {
    const auto due = task.wait ? std::optional(task.wait->due) : std::nullopt;
    int64_t result = time_->AtCallEnd(task, *raw);
    if (network_ != nullptr) result = AtNetworkCallEnd(task, result);
    // Not all are in one domain there (sandbox/starter.h).
    if (network_ != nullptr && result == -EPERM && SignalsOwn(task))
      director_.NoteDenied("a signal to another program of the run");
    if (TookWhatIsDiscarded(task, result)) {
      task.cuts.push_back({.entry = task.call,
                           .result = kRestartNoInterrupt,
                           .followed = Tells(row),
                           .decided = true,
                           .due = due});
      RewindCall(task.host, task.call.number);
      return GoOn(task);
    }
    if (IsInterrupted(result))
      task.cuts.push_back(
          {.entry = task.call, .result = result, .followed = Tells(row), .due = due});
    else if (Tells(row))
      TellCall(task, *row, result);
    NoteMapping(task, result);
  }
  task.is_second = std::exchange(task.once_more, false);
  if (task.is_second) RewindCall(task.host, task.call.number);
  const bool watched = MayBeginToShare(task) && WatchesAccesses(task);
  if (!task.is_second && (watched || task.follows > 0)) return GoOnWatched(task);
  GoOn(task);
}

void Tracer::TellCall(Task& task, const decode::Row& row, int64_t result) {
  const bool succeeded = !IsError(result);
  switch (row.role) {
    case Role::kExec:
      return TellFailedExec(task, result);
    case Role::kKill:
      return TellSent(task, result);
    case Role::kFork:
      if (task.unnumbered_child) NumberChild(task, result);
      if (succeeded) return;  // told by the birth
      break;
    case Role::kRead:
    case Role::kWrite:
      if (succeeded && !decode::OnlyLooks(task.call)) return TellTransfer(task, row, result);
      break;
    case Role::kWait:
      if (succeeded) TellWait(task, result);
      break;
    case Role::kSigaction:
      if (succeeded) NoteAction(task);
      break;
    case Role::kSigwait:
      if (succeeded) TellAwaitedSignal(task, result);
      break;
    default:
      break;
  }
  TellPlainCall(task, row, result);
}

void Tracer::TellPlainCall(Task& task, const decode::Row& row, int64_t result) {
  record::Call call{.name = row.name, .family = row.family};
  call.args = decode::Arguments(row, task.call, task.host, result);
  call.result = result;
  call.restarted = task.restarted;
  if (IsError(result)) {
    call.error = static_cast<int>(-result);
    call.result = -1;
  }
  // An address differs from run to run.
  if (row.makes == decode::Makes::kMapping && call.error == 0) call.result = 0;
  NoteDescriptors(task, row, call, result);
  if (call.error == 0 && HasEffect(row.role) && !ShutsDownAgain(task, call)) {
    ++effects_;
    if (IsOwnAffair(row, call)) ++own_effects_;
  }
  if (in_turns_ && call.error == 0) NoteStream(task, call);
  if (pipe_room_ > 0 && (call.name == "pipe" || call.name == "pipe2") && call.error == 0)
    LimitPipe(task, call.made_fd2);
  if (call.error == 0) time_->NoteCall(task, call.object, call.made_object);
  const where::Trail trail = TrailOf(task);
  if (call.error != 0 && !task.handlers.empty()) task.handlers.back().failed = trail;
  Tell(task.process->index, task.tid, std::move(call), trail);
}

// Who does not stop watching an input that has ended does it for ever, and nothing changes.
bool Tracer::ShutsDownAgain(const Task& task, const record::Call& call) {
  if (task.call.number != SYS_shutdown) return false;
  return !shut_down_.emplace(call.object, task.call.args[1]).second;
}

// A shell that asks in a loop and wants to hear no errors does it each time. Who is woken by it
// runs.
bool Tracer::IsOwnAffair(const decode::Row& row, const record::Call& call) const {
  switch (row.role) {
    case Role::kClose:
    case Role::kDup:
    case Role::kFcntl:
    case Role::kSigaction:
      return true;
    default: {
      const record::Object* made = journal_.recording().object(call.made_object);
      return made != nullptr && made->kind == record::ObjectKind::kNull;
    }
  }
}

// A success was told when the program was replaced.
void Tracer::TellFailedExec(Task& task, int64_t result) {
  if (!task.executing || !IsError(result)) return;
  task.executing->error = static_cast<int>(-result);
  Tell(task.process->index, task.tid, *std::exchange(task.executing, std::nullopt),
       task.executing_at);
}

}  // namespace plumbline::trace
