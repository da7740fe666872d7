// SPDX-License-Identifier: MIT
#include "trace/tracer.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <ctime>
#include <utility>

#include "base/io.h"
#include "base/syscalls.h"
#include "trace/decode/arguments.h"
#include "trace/proc.h"

namespace plumbline::trace {
namespace {

using decode::Group;
using decode::Role;
using record::kGrader;
using record::ProcessIndex;

// In-kernel results that no program sees (include/linux/errno.h): the call was cut by a signal and is
// made again, or ends in EINTR if a handler ran.
constexpr int64_t kRestartSys = -512;
constexpr int64_t kRestartNoInterrupt = -513;
constexpr int64_t kRestartNoHandler = -514;
constexpr int64_t kRestartBlock = -516;
constexpr size_t kFirstBytes = 64;

bool IsInterrupted(int64_t result) {
  return result == kRestartSys || result == kRestartNoInterrupt || result == kRestartNoHandler ||
         result == kRestartBlock;
}

bool IsError(int64_t result) { return result < 0 && result >= -4095; }

std::string FileName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool StopsByDefault(int signal) {
  return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

bool IgnoredByDefault(int signal) {
  return signal == SIGCHLD || signal == SIGURG || signal == SIGWINCH || signal == SIGCONT;
}

}  // namespace

// --- Taking tasks under trace.

Result<ProcessIndex> Tracer::Adopt(HostPid host, Pid pid, const std::string& started_as,
                                   const std::string& program, bool peer) {
  TRY(Seize(host));
  Process& process = AddProcess(host, pid, kGrader);
  process.peer = peer;
  auto& recorded = journal_.recording().processes.back();
  recorded.started_as = started_as;
  recorded.program = program;
  recorded.peer = peer;
  recorded.parent_pid = Pid{1};
  recorded.born = journal_.Add(
      kGrader, Pid{}, record::Born{.child = process.index, .how = record::Born::How::kStarted});
  Task& task = AddTask(host, pid, process);
  task.state = Task::State::kRunning;
  return process.index;
}

Process& Tracer::AddProcess(HostPid host, Pid pid, ProcessIndex parent) {
  Process& process = processes_.emplace_back();
  process.index = static_cast<ProcessIndex>(processes_.size()) - 1;
  process.host = host;
  process.pid = pid;
  process.parent = parent;
  ++alive_;
  ++effects_;
  record::Recording& recording = journal_.recording();
  recording.processes.push_back({.pid = pid, .parent = parent});
  recording.machine.host_pids.push_back(host);
  return process;
}

Task& Tracer::AddTask(HostPid host, Pid tid, Process& process) {
  auto task = std::make_unique<Task>();
  task->host = host;
  task->tid = tid;
  task->process = &process;
  return *(tasks_[host.value] = std::move(task));
}

Task* Tracer::Find(HostPid host) {
  const auto found = tasks_.find(host.value);
  return found == tasks_.end() ? nullptr : found->second.get();
}

Process* Tracer::ByPid(Pid pid) {
  // The newest first: numbers may come again.
  for (auto process = processes_.rbegin(); process != processes_.rend(); ++process) {
    if (process->pid == pid) return &*process;
  }
  return nullptr;
}

Process* Tracer::ByTid(Pid tid) {
  if (Process* process = ByPid(tid)) return process;
  for (const auto& [host, task] : tasks_) {
    if (task->tid == tid) return task->process;
  }
  return nullptr;
}

std::vector<Task*> Tracer::TasksOf(const Process& process) {
  std::vector<Task*> found;
  for (const auto& [host, task] : tasks_) {
    if (task->process == &process) found.push_back(task.get());
  }
  std::ranges::sort(found, {}, [](const Task* task) { return task->tid; });
  return found;
}

bool Tracer::IsHeld(const Process& process) const {
  return std::ranges::any_of(tasks_, [&](const auto& entry) {
    return entry.second->process == &process && entry.second->state == Task::State::kHeld;
  });
}

// --- Stops.

bool Tracer::HandleStops() {
  bool any = false;
  while (true) {
    int status = 0;
    const pid_t host = ::waitpid(-1, &status, __WALL | WNOHANG);
    if (host <= 0) return any;
    any = true;
    director_.BeforeStop();
    Handle(HostPid{host}, status);
  }
}

void Tracer::WaitForStop() {
  siginfo_t info{};
  ::waitid(P_ALL, 0, &info, WEXITED | WSTOPPED | WNOWAIT | __WALL);
}

void Tracer::Handle(HostPid host, int status) {
  Task* task = Find(host);
  if (task == nullptr) {
    if (WIFSTOPPED(status))
      early_[host.value] = status;
    else if (early_.erase(host.value) == 0)
      strangers_.push_back(host);
    return;
  }
  std::visit([&](const auto& stop) { On(*task, stop, status); }, Classify(status));
}

void Tracer::GoOn(Task& task, int signal) {
  task.state = Task::State::kRunning;
  Resume(task.host, Until::kNextStop, signal);
}

void Tracer::On(Task& task, const Trapped&, int) {
  if (task.state == Task::State::kGroupStop) Continued(*task.process);
  if (task.state == Task::State::kHeld) return;
  GoOn(task);
}

void Tracer::On(Task& task, const ChildMade& stop, int) {
  const auto message = EventMessage(task.host);
  if (!message) return GoOn(task);
  const HostPid child_host{static_cast<pid_t>(*message)};
  const bool thread = stop.how == ChildMade::How::kClone && (task.call.args[0] & CLONE_THREAD) != 0;
  const Pid child_pid = InnerPid(child_host);
  if (thread) {
    ++task.process->threads;
    ++effects_;
    AddTask(child_host, child_pid, *task.process);
    journal_.Add(task.process->index, task.tid, record::ThreadBorn{child_pid});
  } else {
    const Process& parent = *task.process;
    Process& child = AddProcess(child_host, child_pid, parent.index);
    child.actions = parent.actions;
    child.objects = parent.objects;
    child.program = parent.program;
    child.executable = parent.executable;
    child.loader = parent.loader;
    child.peer = parent.peer;
    auto& recorded = journal_.recording().processes.back();
    recorded.parent_pid = parent.pid;
    recorded.peer = parent.peer;
    const auto how = stop.how == ChildMade::How::kVfork  ? record::Born::How::kVfork
                     : stop.how == ChildMade::How::kFork ? record::Born::How::kFork
                                                         : record::Born::How::kClone;
    recorded.born =
        journal_.Add(parent.index, task.tid, record::Born{.child = child.index, .how = how});
    AddTask(child_host, child_pid, child);
  }
  if (early_.erase(child_host.value) > 0) GoOn(*Find(child_host));
  // Still inside the call: its end is not needed, the event told all.
  GoOn(task);
}

void Tracer::On(Task& stopped, const ProgramReplaced&, int) {
  Task* task = &stopped;
  const auto former = EventMessage(task->host);
  // Another thread than the first called exec: it has become the first, all others are gone.
  if (former && *former != static_cast<uint64_t>(task->host.value)) {
    if (Task* caller = Find(HostPid{static_cast<pid_t>(*former)})) {
      task->executing = std::move(caller->executing);
      tasks_.erase(caller->host.value);
    }
  }
  Process& process = *task->process;
  process.threads = 1;
  for (SignalAction& action : process.actions) {
    if (action.disposition == Disposition::kHandled) action = {};
  }
  process.objects.clear();  // close-on-exec took some
  process.executable = LinkOf(task->host, "exe");
  if (task->executing) {
    process.program = FileName(task->executing->path);
    journal_.Add(process.index, task->tid, *std::exchange(task->executing, std::nullopt));
  } else {
    process.program = FileName(process.executable);
  }
  process.loader = LoaderOf(task->host);
  ++effects_;
  if (director_.HoldsAtStart(process)) return HoldHere(*task, false);
  GoOn(*task);
}

void Tracer::HoldHere(Task& task, bool at_call) {
  task.state = Task::State::kHeld;
  task.held_at_call = at_call;
}

void Tracer::Release(Process& process) {
  for (Task* task : TasksOf(process)) {
    if (task->state != Task::State::kHeld) continue;
    if (task->held_at_call)
      EnterCall(*task);
    else
      GoOn(*task);
  }
}

void Tracer::HandleSignalsOfHeld() {
  for (const auto& [host, task] : tasks_) {
    if (task->state != Task::State::kHeld || !task->held_at_call) continue;
    if (!HasDeliverableSignal(task->host)) continue;
    RewindCall(task->host, task->call.number);
    GoOn(*task);
  }
}

// --- Signals.

record::SignalDelivered::Effect Tracer::EffectOf(const Process& process, int signal) const {
  using Effect = record::SignalDelivered::Effect;
  if (signal == SIGKILL) return Effect::kTerminated;
  if (signal == SIGSTOP) return Effect::kStopped;
  switch (process.actions[static_cast<size_t>(signal)].disposition) {
    case Disposition::kHandled:
      return Effect::kHandled;
    case Disposition::kIgnored:
      return signal == SIGCONT ? Effect::kContinued : Effect::kIgnored;
    case Disposition::kDefault:
      break;
  }
  if (signal == SIGCONT) return Effect::kContinued;
  if (IgnoredByDefault(signal)) return Effect::kIgnored;
  return StopsByDefault(signal) ? Effect::kStopped : Effect::kTerminated;
}

void Tracer::On(Task& task, const SignalArrives& stop, int) {
  Process& process = *task.process;
  const auto info = SignalInfo(task.host);
  record::SignalDelivered delivered{.signal = stop.signal};
  delivered.effect = EffectOf(process, stop.signal);
  if (info) {
    delivered.code = info->si_code;
    const bool from_process = info->si_code <= 0 || stop.signal == SIGCHLD;
    if (from_process && info->si_pid == 0) delivered.sender = kGrader;
    if (from_process && info->si_pid > 0) {
      if (const Process* sender = ByTid(Pid{info->si_pid})) delivered.sender = sender->index;
    }
  }
  const bool handled = delivered.effect == record::SignalDelivered::Effect::kHandled;
  if (task.interrupted_event >= 0) {
    // Only now it is known what the program sees of the call that was cut (signal(7)).
    auto& event = journal_.recording().events[static_cast<size_t>(task.interrupted_event)];
    auto& call = std::get<record::Call>(event.what);
    const bool restarts = process.actions[static_cast<size_t>(stop.signal)].restarts;
    call.restarted = !handled || task.interrupted_result == kRestartNoInterrupt ||
                     (task.interrupted_result == kRestartSys && restarts);
    task.interrupted_event = -1;
  }
  delivered.during = std::exchange(task.interrupted_call, {});
  if (!(stop.signal == SIGCHLD && !handled)) {
    journal_.Add(process.index, task.tid, delivered);
    ++effects_;
  }
  if (delivered.effect == record::SignalDelivered::Effect::kTerminated)
    process.processor = ProcessorTimeOf(process);
  GoOn(task, stop.signal);
}

void Tracer::On(Task& task, const GroupStop& stop, int) {
  Process& process = *task.process;
  if (!process.stopped) {
    process.stopped = true;
    ++effects_;
    journal_.Add(process.index, task.tid, record::Stopped{stop.signal});
  }
  task.state = Task::State::kGroupStop;
  Listen(task.host);
}

void Tracer::Continued(Process& process) {
  if (!std::exchange(process.stopped, false)) return;
  ++effects_;
  journal_.Add(process.index, process.pid, record::Continued{});
}

Status Tracer::Signal(Process& process, int signal) {
  journal_.Add(kGrader, Pid{},
               record::SignalSent{.signal = signal,
                                  .to = {process.index},
                                  .cause = record::SignalSent::Cause::kStep});
  ++effects_;
  if (::kill(process.host.value, signal) < 0) return ErrnoError("kill");
  HandleSignalsOfHeld();
  return {};
}

// --- Ends.

void Tracer::On(Task& task, const Ended& stop, int status) {
  Process& process = *task.process;
  const bool leader = task.host == process.host;
  --process.threads;
  tasks_.erase(task.host.value);
  ++effects_;
  if (leader) ProcessEnded(process, stop, status);
}

void Tracer::ProcessEnded(Process& process, const Ended& stop, int status) {
  // After an exec from another thread the others die without a word.
  std::erase_if(tasks_, [&](const auto& entry) { return entry.second->process == &process; });
  process.ended = true;
  process.end_status = status;
  process.stopped = false;
  --alive_;
  journal_.EndAllBursts();
  journal_.Add(process.index, process.pid,
               record::Exited{.status = stop.status, .killed_by = stop.killed_by, .core = stop.core});
  for (Process& child : processes_) {
    if (child.parent != process.index) continue;
    if (!child.ended) journal_.Add(child.index, child.pid, record::Adopted{.by = kGrader});
    child.parent = kGrader;
  }
  if (process.parent == kGrader) return;
  const Process& parent = processes_[static_cast<size_t>(process.parent)];
  const SignalAction& action = parent.actions[SIGCHLD];
  if (!parent.ended && (action.disposition == Disposition::kIgnored || action.no_zombies)) {
    process.reaped = true;
    journal_.Add(parent.index, parent.pid,
                 record::Reaped{.child = process.index, .wait_status = status, .automatic = true});
  }
}

// --- Calls.

void Tracer::On(Task& task, const CallBegin&, int) {
  const auto entry = EntryOf(task.host);
  if (!entry) return;
  task.call = *entry;
  Process& process = *task.process;
  const bool loaders = entry->instruction >= process.loader.first &&
                       entry->instruction < process.loader.second;
  if (!loaders && director_.HoldsBefore(process, *entry)) return HoldHere(task, true);
  EnterCall(task);
}

void Tracer::EnterCall(Task& task) {
  Process& process = *task.process;
  const bool loaders = task.call.instruction >= process.loader.first &&
                       task.call.instruction < process.loader.second;
  const decode::Row* row = decode::Find(task.call.number);
  const int path_argument = PathArgumentOf(task.call.number);
  int error = loaders ? 0 : director_.FailsWith(process, task.call);
  if (error == 0 && path_argument >= 0 && !loaders) {
    const std::string path =
        ReadString(task.host, task.call.args[static_cast<size_t>(path_argument)]);
    if (director_.Hides(path)) error = ENOENT;
  }
  if (row != nullptr && row->role == Role::kExec) AtExecEntry(task);
  if (row != nullptr && row->role == Role::kKill && error == 0) AtKillEntry(task);
  if (error != 0) {
    SkipCall(task.host, -error);
    TellCall(task, -error);
    return GoOn(task);
  }
  const bool exits = row != nullptr && row->role == Role::kExit;
  if (exits) process.processor = ProcessorTimeOf(process);
  if (row == nullptr || exits) return GoOn(task);
  task.state = Task::State::kInCall;
  Resume(task.host, Until::kCallEnd);
}

void Tracer::AtExecEntry(Task& task) {
  const bool at = task.call.number == SYS_execveat;
  const auto& args = task.call.args;
  task.executing = record::Executed{.path = ReadString(task.host, args[at ? 1 : 0]),
                                    .argv = ReadStrings(task.host, args[at ? 2 : 1]),
                                    .env = ReadStrings(task.host, args[at ? 3 : 2]),
                                    .error = 0};
}

std::vector<ProcessIndex> Tracer::Targets(const Process& sender, int64_t pid) {
  if (pid > 0) {
    const Process* target = ByTid(Pid{static_cast<pid_t>(pid)});
    return target == nullptr || target->reaped ? std::vector<ProcessIndex>{}
                                               : std::vector<ProcessIndex>{target->index};
  }
  // A group, or with -1 everybody (kill(2)).
  const int64_t group = pid == 0 ? InnerGroupOf(sender.host).value : -pid;
  std::vector<ProcessIndex> targets;
  for (const Process& process : processes_) {
    if (process.ended) continue;
    const bool everybody = pid == -1 && &process != &sender;
    if (everybody || (pid != -1 && InnerGroupOf(process.host).value == group))
      targets.push_back(process.index);
  }
  return targets;
}

// Told before the call is made: the receiver may run before the sender sees it end.
void Tracer::AtKillEntry(Task& task) {
  const auto& args = task.call.args;
  const auto as_int = [](uint64_t value) { return static_cast<int64_t>(static_cast<int32_t>(value)); };
  const int number = task.call.number;
  const bool thread_group = number == SYS_tgkill || number == SYS_rt_tgsigqueueinfo;
  const int signal = static_cast<int>(as_int(args[thread_group ? 2 : 1]));
  std::vector<ProcessIndex> to;
  if (number == SYS_pidfd_send_signal) {
    if (const auto pid = PidOfPidfd(task.host, static_cast<int>(as_int(args[0]))))
      to = Targets(*task.process, pid->value);
  } else {
    to = Targets(*task.process, as_int(args[0]));
  }
  task.sent_event =
      journal_.Add(task.process->index, task.tid,
                   record::SignalSent{.signal = signal,
                                      .to = std::move(to),
                                      .cause = record::SignalSent::Cause::kCall,
                                      .call = SyscallName(number),
                                      .error = 0});
}

void Tracer::On(Task& task, const CallEnd&, int) {
  const auto result = ResultOf(task.host);
  if (!result) return;
  if (task.state == Task::State::kInCall) {
    if (IsInterrupted(*result))
      TellInterrupted(task, *result);
    else
      TellCall(task, *result);
  }
  GoOn(task);
}

void Tracer::TellInterrupted(Task& task, int64_t result) {
  const decode::Row* row = decode::Find(task.call.number);
  task.interrupted_call = SyscallName(task.call.number);
  if (row == nullptr) return;
  record::Call call{.name = task.interrupted_call};
  call.family = SyscallFamily(task.call.number);
  call.error = EINTR;
  call.result = -1;
  if (row->descriptor >= 0) {
    call.fd = static_cast<int>(task.call.args[static_cast<size_t>(row->descriptor)]);
    call.object = ObjectOf(*task.process, task.host, call.fd);
  }
  task.interrupted_event = journal_.Add(task.process->index, task.tid, std::move(call));
  task.interrupted_result = result;
}

void Tracer::TellCall(Task& task, int64_t result) {
  const decode::Row* row = decode::Find(task.call.number);
  if (row == nullptr) return;
  if (!IsError(result) && row->role != Role::kRead && row->role != Role::kWrite &&
      row->role != Role::kWait)
    ++effects_;
  switch (row->role) {
    case Role::kExec:
      // A success was told when the program was replaced.
      if (task.executing && IsError(result)) {
        task.executing->error = static_cast<int>(-result);
        journal_.Add(task.process->index, task.tid,
                     *std::exchange(task.executing, std::nullopt));
      }
      return;
    case Role::kKill:
      if (task.sent_event >= 0) {
        auto& event = journal_.recording().events[static_cast<size_t>(task.sent_event)];
        auto& sent = std::get<record::SignalSent>(event.what);
        sent.error = IsError(result) ? static_cast<int>(-result) : 0;
        if (sent.error != 0) sent.to.clear();
        task.sent_event = -1;
        return;
      }
      break;
    case Role::kRead:
    case Role::kWrite:
      if (!IsError(result)) return TellTransfer(task, *row, result);
      break;
    case Role::kWait:
      if (!IsError(result)) TellWait(task, result);
      break;
    case Role::kSigaction:
      if (!IsError(result)) NoteAction(task);
      break;
    default:
      break;
  }
  record::Call call{.name = SyscallName(task.call.number)};
  call.family = SyscallFamily(task.call.number);
  call.args = decode::Arguments(*row, task.call, task.host);
  call.result = result;
  if (IsError(result)) {
    call.error = static_cast<int>(-result);
    call.result = -1;
  }
  NoteDescriptors(task, *row, call, result);
  journal_.Add(task.process->index, task.tid, std::move(call));
}

int Tracer::ObjectOf(const Process& process, HostPid task, int fd) {
  auto& known = processes_[static_cast<size_t>(process.index)].objects;
  const auto found = known.find(fd);
  if (found != known.end()) return found->second;
  const int object = journal_.ObjectAt(task, fd);
  if (object != 0) known[fd] = object;
  return object;
}

void Tracer::NoteDescriptors(Task& task, const decode::Row& row, record::Call& call,
                             int64_t result) {
  Process& process = *task.process;
  const auto argument = [&](int index) {
    return static_cast<int>(static_cast<int32_t>(task.call.args[static_cast<size_t>(index)]));
  };
  if (row.descriptor >= 0) {
    call.fd = argument(row.descriptor);
    const auto known = process.objects.find(call.fd);
    // What was closed is known from before, if at all.
    if (known != process.objects.end())
      call.object = known->second;
    else if (row.role != Role::kClose)
      call.object = ObjectOf(process, task.host, call.fd);
  }
  if (row.role == Role::kClose && !call.error) {
    journal_.EndBursts(process.index, call.fd);
    if (task.call.number == SYS_close)
      process.objects.erase(call.fd);
    else
      process.objects.clear();
  }
  if (call.error) return;
  if (task.call.number == SYS_fcntl &&
      (argument(1) == F_DUPFD || argument(1) == F_DUPFD_CLOEXEC)) {
    call.made_fd = static_cast<int>(result);
  }
  if (row.makes == decode::Makes::kDescriptor) call.made_fd = static_cast<int>(result);
  if (row.makes == decode::Makes::kPair) {
    const auto pair = ReadValue<std::array<int, 2>>(
        task.host, task.call.args[static_cast<size_t>(row.pair)]);
    if (pair) {
      call.made_fd = (*pair)[0];
      call.made_fd2 = (*pair)[1];
    }
  }
  for (auto [fd, object] : {std::pair(call.made_fd, &call.made_object),
                            std::pair(call.made_fd2, &call.made_object2)}) {
    if (fd < 0) continue;
    journal_.EndBursts(process.index, fd);
    process.objects.erase(fd);
    *object = ObjectOf(process, task.host, fd);
  }
  if (task.call.number == SYS_socket && (argument(0) == AF_INET || argument(0) == AF_INET6))
    used_internet_ = true;
}

void Tracer::TellTransfer(Task& task, const decode::Row& row, int64_t result) {
  Process& process = *task.process;
  const int fd = static_cast<int>(task.call.args[static_cast<size_t>(row.descriptor)]);
  record::Transfer transfer{.fd = fd};
  transfer.object = ObjectOf(process, task.host, fd);
  transfer.way = row.role == Role::kRead ? record::Transfer::Way::kRead
                                         : record::Transfer::Way::kWritten;
  transfer.call = SyscallName(task.call.number);
  transfer.calls = result > 0 ? 1 : 0;
  transfer.bytes = static_cast<uint64_t>(result);
  transfer.ends = row.role == Role::kRead && result == 0 ? 1 : 0;
  const bool plain = row.arguments[1].as == decode::As::kPointer &&
                     std::string_view(row.arguments[1].name) == "buf";
  if (plain && result > 0)
    transfer.first = ReadMemory(task.host, task.call.args[1],
                                std::min<size_t>(kFirstBytes, static_cast<size_t>(result)));
  if (result > 0) ++effects_;
  journal_.AddTransfer(process.index, task.tid, transfer);
}

void Tracer::NoteAction(Task& task) {
  // struct kernel_sigaction: handler, flags, restorer, mask (rt_sigaction(2)).
  const auto signal = static_cast<size_t>(task.call.args[0]);
  if (task.call.args[1] == 0 || signal >= kSignals) return;
  const auto action = ReadValue<std::array<uint64_t, 2>>(task.host, task.call.args[1]);
  if (!action) return;
  const auto [handler, flags] = *action;
  SignalAction& noted = task.process->actions[signal];
  noted.disposition = handler == 0   ? Disposition::kDefault
                      : handler == 1 ? Disposition::kIgnored
                                     : Disposition::kHandled;
  noted.restarts = (flags & SA_RESTART) != 0;
  noted.no_zombies = signal == SIGCHLD && (flags & SA_NOCLDWAIT) != 0;
}

// Reads the status that the kernel gave, changes it where the director wants that, and tells who was
// waited for.
void Tracer::TellWait(Task& task, int64_t result) {
  const bool wait4 = task.call.number == SYS_wait4;
  const uint64_t where = task.call.args[wait4 ? 1 : 2];
  const uint64_t options = task.call.args[wait4 ? 2 : 3];
  int status = 0;
  Pid pid{static_cast<pid_t>(result)};
  std::optional<siginfo_t> info;
  if (!wait4) {
    info = ReadValue<siginfo_t>(task.host, where);
    if (!info || info->si_pid == 0) return;
    pid = Pid{info->si_pid};
  }
  if (pid.value <= 0) return;
  Process* child = ByPid(pid);
  if (child == nullptr) return;
  ++effects_;
  const bool over = wait4 ? child->ended : info->si_code == CLD_EXITED ||
                                               info->si_code == CLD_KILLED ||
                                               info->si_code == CLD_DUMPED;
  if (wait4 && where != 0) {
    const auto told = ReadValue<int>(task.host, where);
    status = told.value_or(child->end_status);
    if (!WIFEXITED(status) && !WIFSIGNALED(status)) return;  // stopped or continued
  } else {
    status = child->end_status;
  }
  if (!over) return;
  if (const auto changed = director_.ToldStatus(*child)) {
    status = *changed;
    if (wait4 && where != 0) WriteMemory(task.host, where, &status, sizeof status);
    if (!wait4) {
      info->si_code = WIFEXITED(status) ? CLD_EXITED : CLD_KILLED;
      info->si_status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
      WriteMemory(task.host, where, &*info, sizeof *info);
    }
  }
  if ((options & WNOWAIT) != 0) return;
  child->reaped = true;
  journal_.Add(task.process->index, task.tid,
               record::Reaped{.child = child->index, .wait_status = status});
}

// --- Processor time.

Duration Tracer::ProcessorTimeOf(const Process& process) {
  if (process.ended) return process.processor;
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(process.host.value, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
    return {};
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

Duration Tracer::ProcessorTime() const {
  Duration sum{};
  for (const Process& process : processes_) sum += ProcessorTimeOf(process);
  return sum;
}

}  // namespace plumbline::trace
