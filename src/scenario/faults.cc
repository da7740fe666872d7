// SPDX-License-Identifier: MIT
#include "scenario/faults.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>

#include "base/errno_names.h"
#include "base/syscalls.h"
#include "trace/blocked/rest.h"
#include "trace/proc.h"

namespace plumbline::scenario {
namespace {

using Kind = record::Perturbation::Kind;

// By default they do nothing: to send one is to say nothing.
constexpr std::array kHarmless{SIGCHLD, SIGURG, SIGWINCH, SIGCONT};

// A harmless signal that the process handles; 0: none.
int HarmlessOf(const trace::Process& process) {
  for (const int signal : kHarmless) {
    if (process.actions[static_cast<size_t>(signal)].disposition == trace::Disposition::kHandled)
      return signal;
  }
  return 0;
}

// signal(7), "Interruption of system calls and library functions by stop signals".
bool EndsByStop(int call) {
  switch (call) {
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
    case SYS_epoll_pwait2:
    case SYS_semop:
    case SYS_semtimedop:
    case SYS_rt_sigtimedwait:
      return true;
    default:
      return false;
  }
}

bool Reads(int call) { return call == SYS_read || call == SYS_recvfrom; }
bool Writes(int call) { return call == SYS_write || call == SYS_sendto; }

// Without SOCK_NONBLOCK or O_NONBLOCK a write ends short only if a signal's handler cuts it.
bool IsNonBlocking(const trace::Task& task, int fd) {
  const auto flags = trace::FlagsOf(task.host, fd);
  return flags && (*flags & O_NONBLOCK) != 0;
}

}  // namespace

std::string FailureOf(const trace::Task& task) {
  switch (task.call.number) {
    case SYS_fork:
    case SYS_vfork:
    case SYS_clone:
    case SYS_clone3:
      return "EAGAIN";
    case SYS_pipe:
    case SYS_pipe2:
    case SYS_socket:
    case SYS_socketpair:
    case SYS_dup:
    case SYS_accept:
    case SYS_accept4:
    case SYS_epoll_create1:
    case SYS_memfd_create:
      return "EMFILE";
    case SYS_open:
    case SYS_openat:
    case SYS_creat:
      return "ENFILE";
    case SYS_execve:
      return "ENOMEM";
    case SYS_semget:
    case SYS_shmget:
    case SYS_msgget:
    case SYS_mknod:
    case SYS_mknodat:
    case SYS_mkdir:
    case SYS_mkdirat:
      return "ENOSPC";
    case SYS_shmat:
      return "ENOMEM";
    case SYS_timer_create:
      return "EAGAIN";
    default:
      return "";
  }
}

bool CanBeInterrupted(const trace::Process& process, int call) {
  return EndsByStop(call) || HarmlessOf(process) != 0;
}

// --- Transfers.

std::optional<uint64_t> Faults::CutOf(const trace::Task& task) const {
  if (!Reads(task.call.number) && !Writes(task.call.number)) return std::nullopt;
  const auto fd = static_cast<int>(task.call.args[0]);
  const record::Object* object = recording_.object(tracer_.ObjectAt(*task.process, fd));
  if (object == nullptr || task.call.args[2] < 2) return std::nullopt;
  return Reads(task.call.number) ? CutOfRead(task, *object) : CutOfWrite(task, *object);
}

// Made by socket(2) of the family, or accepted by one that was.
bool Faults::IsTcp(int object) const {
  for (; scanned_ < recording_.events.size(); ++scanned_) {
    const auto* call = std::get_if<record::Call>(&recording_.events[scanned_].what);
    if (call == nullptr || call->error != 0) continue;
    const bool internet =
        call->name == "socket" && std::ranges::any_of(call->args, [](const auto& argument) {
          return argument.second.starts_with("AF_INET");
        });
    if (internet || (call->name.starts_with("accept") && tcp_.contains(call->object)))
      tcp_.insert(call->made_object);
  }
  return tcp_.contains(object);
}

// Of the grader's input and of TCP any piece may come first: who sends may have sent it so, or the
// network. What a program writes into a pipe is whole up to PIPE_BUF; beyond, it may be cut where
// the pipe's pages end; and between two writes.
std::optional<uint64_t> Faults::CutOfRead(const trace::Task& task,
                                          const record::Object& object) const {
  using record::ObjectKind;
  const bool from_grader = !object.role.empty() && object.kind != ObjectKind::kTerminal;
  const int id = tracer_.ObjectAt(*task.process, static_cast<int>(task.call.args[0]));
  if (from_grader || IsTcp(id)) return 1;
  if (object.kind != ObjectKind::kPipe && object.kind != ObjectKind::kFifo) return std::nullopt;
  const auto pieces = tracer_.WrittenPieces(id);
  if (!pieces || pieces->empty()) return std::nullopt;
  uint64_t all = 0;
  for (const uint64_t piece : *pieces) all += piece;
  const uint64_t cut = std::min<uint64_t>(pieces->front(), PIPE_BUF);
  return cut < std::min(all, task.call.args[2]) ? std::optional(cut) : std::nullopt;
}

std::optional<uint64_t> Faults::CutOfWrite(const trace::Task& task,
                                           const record::Object& object) const {
  using record::ObjectKind;
  const auto fd = static_cast<int>(task.call.args[0]);
  if (!IsNonBlocking(task, fd)) return std::nullopt;
  if (IsTcp(tracer_.ObjectAt(*task.process, fd))) return 1;
  const bool is_pipe = object.kind == ObjectKind::kPipe || object.kind == ObjectKind::kFifo;
  if (is_pipe && task.call.args[2] > PIPE_BUF) return PIPE_BUF;
  return std::nullopt;
}

// --- The survey.

// Once a call; the student's own is known by its place in her source.
void Faults::AddSite(const trace::Task& task, std::string fault) {
  auto& sites = recording_.sites;
  const std::string& process = task.process->lineage;
  const uint64_t call = task.process->turns;
  if (sites.empty() || sites.back().process != process || sites.back().call != call) {
    constexpr size_t kMost = 10'000;
    if (sites.size() == kMost) return;
    sites.push_back({.process = process, .call = call, .name = SyscallName(task.call.number)});
    tracer_.NoteWhere(task, [site = sites.size() - 1](record::Recording& recording) -> auto& {
      return recording.sites[site].where;
    });
  }
  sites.back().faults.push_back(std::move(fault));
}

void Faults::Survey(const trace::Task& task) {
  if (task.process->peer) return;
  if (const std::string error = FailureOf(task); !error.empty())
    AddSite(task, std::string(ToString(Kind::kFailures)) + "=" + error);
  if (const auto cut = CutOf(task))
    AddSite(task, std::string(ToString(Kind::kShortTransfers)) + "=" + std::to_string(*cut));
}

void Faults::SurveyWaits() {
  for (const auto& [host, task] : tracer_.tasks()) {
    if (task->process->peer || task->state != trace::Task::State::kInCall) continue;
    if (!CanBeInterrupted(*task->process, task->call.number)) continue;
    if (!waits_.emplace(task->process->lineage, task->process->turns).second) continue;
    AddSite(*task, std::string(ToString(Kind::kInterruptions)));
  }
}

// --- The fault.

bool Faults::IsHere(const trace::Task& task) const {
  const auto& site = perturbation_.site;
  return !fired_ && task.process->turns == site.call && task.process->lineage == site.process;
}

void Faults::NoteFault(const trace::Task& task) {
  fired_ = true;
  recording_.fault = trace::Tracer::StandingOf(task);
  tracer_.NoteWhere(task,
                    [](record::Recording& recording) -> auto& { return recording.fault->where; });
}

bool Faults::At(trace::Task& task) {
  if (perturbation_.kind == Kind::kTurns) Survey(task);
  const bool mine =
      perturbation_.kind == Kind::kFailures || perturbation_.kind == Kind::kShortTransfers;
  if (!mine || !task.held_at_call || !IsHere(task)) return false;
  const std::string& how = perturbation_.site.how;
  if (perturbation_.kind == Kind::kFailures) {
    const auto error = ErrnoNumber(how);
    if (!error) return false;
    NoteFault(task);
    tracer_.AnswerInstead(task, -*error);
    return true;
  }
  uint64_t bytes = 0;
  std::from_chars(how.data(), how.data() + how.size(), bytes);
  if (bytes == 0) return false;
  NoteFault(task);
  tracer_.GiveTurnCut(task, bytes);
  return true;
}

// An interruption is a real one: a signal that says nothing, or what a stop and a continuation do.
bool Faults::AtRest() {
  if (perturbation_.kind == Kind::kTurns) SurveyWaits();
  if (perturbation_.kind != Kind::kInterruptions || fired_) return false;
  for (const auto& [host, task] : tracer_.tasks()) {
    if (task->state != trace::Task::State::kInCall || !IsHere(*task)) continue;
    if (!CanBeInterrupted(*task->process, task->call.number)) continue;
    NoteFault(*task);
    if (const int signal = HarmlessOf(*task->process)) {
      (void)tracer_.Signal(*task->process, signal);
      return true;
    }
    return trace::Interrupt(task->host);
  }
  return false;
}

}  // namespace plumbline::scenario
