// SPDX-License-Identifier: MIT
#include "scenario/faults.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>

#include "base/errno_names.h"
#include "base/syscalls.h"
#include "sandbox/socket_files.h"
#include "trace/blocked/rest.h"
#include "trace/copied_sockets.h"
#include "trace/proc.h"
#include "trace/transfer_size.h"

namespace plumbline::scenario {
namespace {

using Kind = record::Perturbation::Kind;

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

bool Reads(int call) {
  return call == SYS_read || call == SYS_readv || call == SYS_recvfrom || call == SYS_recvmsg;
}
bool Writes(int call) {
  return call == SYS_write || call == SYS_writev || call == SYS_sendto || call == SYS_sendmsg;
}

// Of recv(2), send(2) and their like.
uint64_t FlagsOf(const trace::Entry& call) {
  switch (call.number) {
    case SYS_recvfrom:
    case SYS_sendto:
      return call.args[3];
    case SYS_recvmsg:
    case SYS_sendmsg:
      return call.args[2];
    default:
      return 0;
  }
}

// Who made this call may know by its end what others have done.
bool Learns(const record::Call& call) {
  constexpr std::array<std::string_view, 16> kKnowNothing{
      "close", "dup",  "dup2",  "dup3",   "open",           "openat",       "fcntl", "pipe",
      "pipe2", "mmap", "lseek", "getpid", "rt_sigprocmask", "rt_sigaction", "chdir", "umask"};
  return std::ranges::find(kKnowNothing, call.name) == kKnowNothing.end();
}

// What a program of files reads is nobody's message.
bool IsOfOthers(const record::Object* object) {
  return object == nullptr || object->kind != record::ObjectKind::kFile;
}

bool Has(const record::Call& call, std::string_view word) {
  return std::ranges::any_of(call.args,
                             [&](const auto& argument) { return argument.second.contains(word); });
}

// Without SOCK_NONBLOCK or O_NONBLOCK a write ends short only if a signal's handler cuts it.
bool IsNonBlocking(const trace::Task& task, int fd) {
  if ((FlagsOf(task.call) & MSG_DONTWAIT) != 0) return true;
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
    case SYS_epoll_create:
    case SYS_epoll_create1:
    case SYS_eventfd:
    case SYS_eventfd2:
    case SYS_inotify_init:
    case SYS_inotify_init1:
    case SYS_memfd_create:
    case SYS_signalfd:
    case SYS_signalfd4:
    case SYS_timerfd_create:
      return "EMFILE";
    case SYS_fcntl: {
      const auto command = static_cast<int>(task.call.args[1]);
      return command == F_DUPFD || command == F_DUPFD_CLOEXEC ? "EMFILE" : "";
    }
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
    case SYS_link:
    case SYS_linkat:
    case SYS_symlink:
    case SYS_symlinkat:
      return "ENOSPC";
    case SYS_mmap:
    case SYS_shmat:
      return "ENOMEM";
    case SYS_timer_create:
      return "EAGAIN";
    default:
      return "";
  }
}

// --- Transfers.

std::optional<uint64_t> Faults::CutOf(const trace::Task& task) const {
  if (!Reads(task.call.number) && !Writes(task.call.number)) return std::nullopt;
  const auto fd = static_cast<int>(task.call.args[0]);
  const record::Object* object = recording_.object(tracer_.ObjectAt(*task.process, fd));
  const auto asked = trace::BytesAsked(task.host, task.call);
  if (object == nullptr || !asked || *asked < 2) return std::nullopt;
  if (Writes(task.call.number)) return CutOfWrite(task, *object, *asked);
  // recv(2): all of it, but for an end, an error or a signal.
  if ((FlagsOf(task.call) & MSG_WAITALL) != 0) return std::nullopt;
  return CutOfRead(task, *object, *asked);
}

void Faults::Scan() const {
  for (; scanned_ < recording_.events.size(); ++scanned_) {
    const record::Event& event = recording_.events[scanned_];
    if (const auto* call = std::get_if<record::Call>(&event.what)) {
      if (call->error == 0) {
        NoteSocket(*call);
        NoteHandler(event.actor, *call);
      }
      if (call->name == "connect") connected_[call->object] = scanned_;
      if (Learns(*call)) Learn(event.actor, LearnedBy(*call));
    } else if (const auto* transfer = std::get_if<record::Transfer>(&event.what)) {
      if (transfer->way == record::Transfer::Way::kWritten)
        writes_[transfer->object].push_back({scanned_, event.actor, transfer->bytes});
      else if (IsOfOthers(recording_.object(transfer->object)))
        reads_[event.actor][transfer->object] = scanned_;
    } else if (std::holds_alternative<record::Reaped>(event.what) ||
               std::holds_alternative<record::SignalDelivered>(event.what)) {
      Learn(event.actor, scanned_);
    }
  }
}

void Faults::Learn(record::ProcessIndex process, size_t event) const {
  size_t& last = learned_[process];
  last = std::max(last, event);
}

// By accept(2) it knows no more than that somebody has connected.
size_t Faults::LearnedBy(const record::Call& call) const {
  const auto& written = tracer_.written();
  if (call.made_object == 0 || !written.HasOtherEnd(call.made_object)) return scanned_;
  const auto connected = connected_.find(written.SourceOf(call.made_object));
  return connected == connected_.end() ? scanned_ : connected->second;
}

// Made by socket(2) as a stream of the family, or accepted by one that was.
void Faults::NoteSocket(const record::Call& call) const {
  const bool made = call.name == "socket" && Has(call, "AF_INET") && Has(call, "SOCK_STREAM");
  if (made || (call.name.starts_with("accept") && tcp_.contains(call.object)))
    tcp_.insert(call.made_object);
}

// sigaction(2): whether SIGCHLD comes of a child that stops, too.
void Faults::NoteHandler(record::ProcessIndex process, const record::Call& call) const {
  if (!call.name.ends_with("sigaction") || !Has(call, "SIGCHLD")) return;
  if (Has(call, "SA_NOCLDSTOP"))
    silent_.insert(process);
  else
    silent_.erase(process);
}

bool Faults::IsTcp(int object) const {
  Scan();
  return tcp_.contains(object);
}

// A UNIX stream whose other end the grader has, or a peer (SO_PEERCRED, unix(7): who connected, or
// listened).
bool Faults::IsFromOutside(const trace::Task& task, int fd) const {
  const auto socket = trace::CopyOf(task.host, fd);
  if (!socket || trace::OptionOf(*socket, SO_DOMAIN) != AF_UNIX ||
      trace::OptionOf(*socket, SO_TYPE) != SOCK_STREAM)
    return false;
  const HostPid other = sandbox::SocketFiles::OtherEndOf(socket->get());
  if (other.value <= 0) return false;
  const auto& pids = recording_.machine.host_pids;
  for (size_t i = 0; i < pids.size(); ++i) {
    if (pids[i] == other && !recording_.processes[i].peer) return false;
  }
  return true;
}

// Whether a task of `reader` could have come to read before all that is there now had been written:
// others wrote it, and since they began it has not got to know anything of anybody.
bool Faults::MayHaveComeBefore(record::ProcessIndex reader, int object, uint64_t unread) const {
  Scan();
  const auto writes = writes_.find(tracer_.written().SourceOf(object));
  if (writes == writes_.end()) return false;
  size_t since = recording_.events.size();
  for (auto write = writes->second.rbegin(); write != writes->second.rend(); ++write) {
    if (write->actor == reader) return false;
    since = write->event;
    if (write->bytes >= unread) break;
    unread -= write->bytes;
  }
  const auto learned = learned_.find(reader);
  if (learned != learned_.end() && learned->second > since) return false;
  const auto reads = reads_.find(reader);
  return reads == reads_.end() || std::ranges::none_of(reads->second, [&](const auto& read) {
           return read.first != object && read.second > since;
         });
}

// Of what comes from outside and of TCP any piece may come first: who sends may have sent it so, or
// the network. What a program writes into a pipe is whole up to PIPE_BUF; beyond, it may be cut
// where the pipe's pages end, and between two writes: if who reads could have come that early. Into
// a UNIX stream of its own (unix(7)) it is put as it is written.
std::optional<uint64_t> Faults::CutOfRead(const trace::Task& task, const record::Object& object,
                                          uint64_t asked) const {
  using record::ObjectKind;
  const bool from_grader = !object.role.empty() && object.kind != ObjectKind::kTerminal;
  const auto fd = static_cast<int>(task.call.args[0]);
  const int id = tracer_.ObjectAt(*task.process, fd);
  if (from_grader || IsTcp(id) || IsFromOutside(task, fd)) return 1;
  const bool is_pipe = object.kind == ObjectKind::kPipe || object.kind == ObjectKind::kFifo;
  if (!is_pipe && !tracer_.written().HasOtherEnd(id)) return std::nullopt;
  const auto pieces = tracer_.written().Of(id);
  if (!pieces || pieces->empty()) return std::nullopt;
  uint64_t all = 0;
  for (const uint64_t piece : *pieces) all += piece;
  const uint64_t cut = is_pipe ? std::min<uint64_t>(pieces->front(), PIPE_BUF) : pieces->front();
  if (cut >= std::min(all, asked)) return std::nullopt;
  return MayHaveComeBefore(task.process->index, id, all) ? std::optional(cut) : std::nullopt;
}

std::optional<uint64_t> Faults::CutOfWrite(const trace::Task& task, const record::Object& object,
                                           uint64_t asked) const {
  using record::ObjectKind;
  const auto fd = static_cast<int>(task.call.args[0]);
  if (!IsNonBlocking(task, fd)) return std::nullopt;
  if (IsTcp(tracer_.ObjectAt(*task.process, fd))) return 1;
  const bool is_pipe = object.kind == ObjectKind::kPipe || object.kind == ObjectKind::kFifo;
  if (is_pipe && asked > PIPE_BUF) return PIPE_BUF;
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

// A full disk is told by whoever writes to a file, or makes it longer.
bool Faults::FillsDisk(const trace::Task& task) const {
  switch (task.call.number) {
    case SYS_write:
    case SYS_pwrite64:
    case SYS_writev:
    case SYS_pwritev:
    case SYS_ftruncate:
    case SYS_fallocate:
      break;
    default:
      return false;
  }
  const auto fd = static_cast<int>(task.call.args[0]);
  const record::Object* object = recording_.object(tracer_.ObjectAt(*task.process, fd));
  return object != nullptr && object->kind == record::ObjectKind::kFile;
}

void Faults::Survey(const trace::Task& task) {
  if (task.process->peer) return;
  if (const std::string error = FillsDisk(task) ? "ENOSPC" : FailureOf(task); !error.empty())
    AddSite(task, std::string(ToString(Kind::kFailures)) + "=" + error);
  if (const auto cut = CutOf(task))
    AddSite(task, std::string(ToString(Kind::kShortTransfers)) + "=" + std::to_string(*cut));
}

void Faults::SurveyWaits() {
  for (const auto& [host, task] : tracer_.tasks()) {
    if (task->process->peer || task->state != trace::Task::State::kInCall) continue;
    const std::pair wait(task->process->lineage, task->process->turns);
    if (waits_.contains(wait)) continue;
    if (!EndsByStop(task->call.number) && HarmlessOf(*task) == 0) continue;
    waits_.insert(wait);
    AddSite(*task, std::string(ToString(Kind::kInterruptions)));
  }
}

// Where a child lives and its stops are not told, SIGCHLD says that one has ended.
bool Faults::MayComeNow(const trace::Process& process, int signal) const {
  if (signal != SIGCHLD) return true;
  Scan();
  return !silent_.contains(process.index) ||
         std::ranges::none_of(tracer_.tasks(), [&](const auto& entry) {
           return entry.second->process->parent == process.index;
         });
}

// A harmless signal that the task handles, so that its handler runs now; 0: none.
int Faults::HarmlessOf(const trace::Task& task) const {
  for (const int signal : record::kHarmlessSignals) {
    const auto& action = task.process->actions[static_cast<size_t>(signal)];
    if (action.disposition != trace::Disposition::kHandled || !MayComeNow(*task.process, signal))
      continue;
    const auto status = trace::StatusOf(task.host);
    if (status && (status->blocked >> (signal - 1) & 1) == 0) return signal;
  }
  return 0;
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
  if (bytes == 0 || !trace::Tracer::MakeShorter(task, bytes)) return false;
  NoteFault(task);
  tracer_.GiveTurn(task, false);
  return true;
}

// An interruption is a real one: a signal that says nothing, or what a stop and a continuation do.
bool Faults::AtRest() {
  if (perturbation_.kind == Kind::kTurns) SurveyWaits();
  if (perturbation_.kind != Kind::kInterruptions || fired_) return false;
  for (const auto& [host, task] : tracer_.tasks()) {
    if (task->state != trace::Task::State::kInCall || !IsHere(*task)) continue;
    const int signal = HarmlessOf(*task);
    if (signal == 0 && !EndsByStop(task->call.number)) continue;
    const bool done = signal == 0 ? trace::Interrupt(task->host)
                                  : tracer_.Signal(*task->process, signal).has_value();
    if (done) NoteFault(*task);
    return done;
  }
  return false;
}

}  // namespace plumbline::scenario
