// SPDX-License-Identifier: MIT
// One at a time: each task stands before each call of its program's own until it is given its turn,
// then goes on alone to the next one. What is reported meanwhile of others, who were woken or born,
// is not looked at before that: a report keeps its task stopped.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/syscalls.h"
#include "sandbox/socket_files.h"
#include "trace/blocked/asking.h"
#include "trace/clock/virtual_time.h"
#include "trace/copied_sockets.h"
#include "trace/tracer.h"
#include "trace/transfer_size.h"

namespace plumbline::trace {

namespace {

// Of socket(2)'s second argument, the type without its flags.
constexpr uint64_t kTypeMask = 0xf;

// Of all tasks the same order in each run.
bool IsBefore(const Task* a, const Task* b) {
  return std::pair(a->process->index, a->tid.value) < std::pair(b->process->index, b->tid.value);
}

}  // namespace

bool Tracer::HasReportOf(pid_t host) const {
  return std::ranges::any_of(reports_,
                             [&](const Report& report) { return report.host.value == host; });
}

bool Tracer::StandsInLine(const Task& task) const {
  if (!in_turns_) return false;
  const bool before_call = task.state == Task::State::kHeld && task.awaits_turn;
  return before_call || (task.host.value != floor_ && HasReportOf(task.host.value));
}

bool Tracer::HandleStopsInTurn() {
  while (!HasReportOf(floor_) && Collect(WNOHANG)) {
  }
  // The grader's own, and children of whom their parents have not told yet.
  std::erase_if(reports_, [&](const Report& report) {
    const bool unknown = Find(report.host) == nullptr;
    if (unknown) HandleUnknown(report);
    return unknown;
  });
  const auto next = std::ranges::find_if(
      reports_, [&](const Report& report) { return report.host.value == floor_; });
  if (next == reports_.end()) return false;
  const Report report = *next;
  reports_.erase(next);
  told_before_ = false;
  ++stops_;
  Handle(report);
  return true;
}

bool Tracer::HasEndOf(pid_t host) const {
  return std::ranges::any_of(reports_, [&](const Report& report) {
    return report.host.value == host && !WIFSTOPPED(report.status);
  });
}

// Who was killed comes first: its parent's wait(2) may have taken it already.
bool Tracer::GoesOnBefore(const Task& a, const Task& b) const {
  const bool a_ended = HasEndOf(a.host.value);
  return a_ended != HasEndOf(b.host.value) ? a_ended : IsBefore(&a, &b);
}

bool Tracer::GiveFloor() {
  Task* first = nullptr;
  for (const auto& [host, task] : tasks_) {
    const bool goes_on = HasReportOf(host) || (!task->awaits_turn && MustHandleSignal(*task));
    if (goes_on && (first == nullptr || GoesOnBefore(*task, *first))) first = task.get();
  }
  if (first == nullptr) return false;
  floor_ = first->host.value;
  if (HasReportOf(floor_)) return true;
  // A held one handles its signal and comes back to where it was held.
  RewindCall(first->host, first->call.number);
  GoOn(*first);
  return true;
}

namespace {

// Files of the system and the program's own code: nobody writes there.
bool IsOfSystem(std::string_view path) {
  return path.starts_with("/usr/") || path.starts_with("/lib") || path.starts_with("/etc/") ||
         path.starts_with("/program/");
}

bool Opens(int call) { return call == SYS_open || call == SYS_openat; }

}  // namespace

// Nobody else can notice it: an interpreter that reads its library does thousands.
bool Tracer::IsPrivate(const Task& task, const decode::Row& row) {
  const auto& args = task.call.args;
  if (Opens(task.call.number))
    return IsOfSystem(ReadString(task.host, args[task.call.number == SYS_open ? 0 : 1]));
  const bool plain = row.role == decode::Role::kClose || row.role == decode::Role::kRead;
  if (!plain || row.descriptor < 0) return false;
  const auto fd = static_cast<int>(args[static_cast<size_t>(row.descriptor)]);
  const record::Object* object =
      journal_.recording().object(ObjectOf(*task.process, task.host, fd));
  return object != nullptr && object->kind == record::ObjectKind::kFile && IsOfSystem(object->name);
}

bool Tracer::TakesTurn(Task& task) {
  if (!in_turns_ || (tasks_.size() == 1 && !loners_wait_)) return false;
  // Who does nothing else lets others have their turn.
  if (ReadsClock(task)) return ReadsClockAgain(task);
  const decode::Row* row = decode::Find(task.call.number);
  return row != nullptr ? !IsPrivate(task, *row) : task.call.number == SYS_futex;
}

void Tracer::StandInLine(Task& task) {
  if (task.held_at_call || task.state != Task::State::kHeld) {
    if (!std::exchange(task.rewound, false)) ++task.process->turns;
    task.follows = 0;
    HoldHere(task, true);
  }
  task.awaits_turn = true;
}

// getrandom(2): the same numbers in each run, for what hangs on the order of a hash table.
bool Tracer::AnswerRandom(Task& task) {
  const auto& args = task.call.args;
  constexpr uint64_t kMost = 256;  // what it gives at once for sure
  std::string bytes(std::min(args[1], kMost), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random_());
  if (!WriteMemory(task.host, args[0], bytes.data(), bytes.size())) return false;
  AnswerCall(task, nullptr, static_cast<int64_t>(bytes.size()));
  return true;
}

record::Standing Tracer::StandingOf(const Task& task) {
  record::Standing standing{.process = task.process->index};
  if (!task.access) {
    standing.call = SyscallName(task.call.number);
    return standing;
  }
  const MemoryAccess& access = task.access->what;
  standing.writes = access.writes;
  standing.read = task.access->read || (access.writes && task.read_shared == access.address);
  return standing;
}

std::vector<Task*> Tracer::InLine() {
  std::vector<Task*> found;
  for (const auto& [host, task] : tasks_) {
    if (task->state == Task::State::kHeld && task->awaits_turn) found.push_back(task.get());
  }
  std::ranges::sort(found, IsBefore);
  return found;
}

void Tracer::GiveTurn(Task& task, bool signal_first) {
  CHECK(task.awaits_turn);
  task.awaits_turn = false;
  floor_ = task.host.value;
  told_before_ = false;
  ++turns_;
  if (task.access) return GoOnAtAccess(task);
  if (!task.held_at_call) return GoOn(task);
  if (!signal_first) return EnterCall(task);
  task.rewound = true;
  RewindCall(task.host, task.call.number);
  GoOn(task);
}

void Tracer::AnswerInstead(Task& task, int64_t result) {
  CHECK(task.awaits_turn);
  task.awaits_turn = false;
  floor_ = task.host.value;
  told_before_ = false;
  ++turns_;
  AnswerCall(task, decode::Find(task.call.number), result);
}

Duration Tracer::TurnTime() const {
  constexpr std::chrono::microseconds kCall(10);
  return static_cast<int64_t>(calls_) * kCall;
}

// --- Bytes.

bool Tracer::MakeShorter(Task& task, uint64_t bytes) {
  const auto shorter = ShorterCall(task.host, task.call, bytes);
  if (!shorter) return false;
  for (const auto& [address, value] : shorter->words) {
    const auto before = ReadValue<uint64_t>(task.host, address);
    if (!before || !WriteProtected(task.host, address, &value, sizeof value)) {
      PutBack(task);
      return false;
    }
    task.changed_words.emplace_back(address, *before);
  }
  for (const auto& [index, value] : shorter->arguments) {
    task.changed.emplace_back(index, task.call.args[static_cast<size_t>(index)]);
    SetArgument(task.host, index, value);
  }
  return true;
}

// The name that is listened at has the socket that was accepted, too; who has connected reads it as
// the other end's.
void Tracer::NoteStream(const Task& task, const record::Call& call) {
  if (call.name == "socketpair" && (task.call.args[1] & kTypeMask) == SOCK_STREAM)
    return written_.NotePair(call.made_object, call.made_object2);
  const bool accepts = call.name.starts_with("accept");
  const bool connects = call.name == "connect";
  if (!accepts && !connects && call.name != "listen") return;
  const auto fd = accepts ? static_cast<int>(call.result) : static_cast<int>(task.call.args[0]);
  const auto socket = CopyOf(task.host, fd);
  if (!socket || OptionOf(*socket, SO_DOMAIN) != AF_UNIX ||
      OptionOf(*socket, SO_TYPE) != SOCK_STREAM)
    return;
  sockaddr_un address{};
  socklen_t size = sizeof address;
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  if ((connects ? ::getpeername : ::getsockname)(socket->get(), plain, &size) < 0) return;
  const std::string name(reinterpret_cast<const char*>(&address), size);
  if (connects)
    written_.NoteConnected(call.object, task.process->host, name);
  else if (accepts)
    written_.NoteAccepted(call.made_object, sandbox::SocketFiles::OtherEndOf(socket->get()), name);
  else
    written_.NoteListening(name);
}

void Tracer::LimitPipe(const Task& task, int fd) const {
  const std::string path = "/proc/" + std::to_string(task.host.value) + "/fd/" + std::to_string(fd);
  const UniqueFd pipe(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  if (pipe) (void)::fcntl(pipe.get(), F_SETPIPE_SZ, pipe_room_);
}

}  // namespace plumbline::trace
