// SPDX-License-Identifier: MIT
#include "trace/snapshot.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/io.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "base/words.h"
#include "trace/awaited.h"
#include "trace/blocked/look.h"
#include "trace/blocked/rest.h"
#include "trace/clock/virtual_time.h"
#include "trace/proc.h"
#include "trace/shared_memory.h"

namespace plumbline::trace {
namespace {

using record::Facet;
using record::ProcessState;
using record::ProcessStateAt;

std::string ProcPath(HostPid task, const std::string& name) {
  return "/proc/" + std::to_string(task.value) + "/" + name;
}

// Numbered entries of a folder of /proc (fd, task), ascending.
std::vector<int> NumbersIn(const std::string& path) {
  std::vector<int> numbers;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), ::closedir);
  if (!folder) return numbers;
  while (const dirent* entry = ::readdir(folder.get())) {
    if (entry->d_name[0] != '.') numbers.push_back(std::atoi(entry->d_name));
  }
  std::ranges::sort(numbers);
  return numbers;
}

// fdinfo: "pos:\t0\nflags:\t0100001\n..." (flags in octal).
record::Descriptor DescriptorOf(HostPid task, int fd) {
  record::Descriptor descriptor;
  const std::string text = ReadProc(ProcPath(task, "fdinfo/" + std::to_string(fd)).c_str());
  uint64_t flags = 0;
  for (const std::string_view line : Lines(text)) {
    const auto words = WordsOf(line);
    if (words.size() < 2) continue;
    if (words[0] == "pos:") descriptor.offset = LeadingNumber<int64_t>(words[1]);
    if (words[0] == "flags:") flags = LeadingNumber<uint64_t>(words[1], 8);
  }
  const uint64_t access = flags & O_ACCMODE;
  const bool only_named = (flags & O_PATH) != 0;
  descriptor.readable = access != O_WRONLY && !only_named;
  descriptor.writable = access != O_RDONLY && !only_named;
  descriptor.append = (flags & O_APPEND) != 0;
  descriptor.nonblocking = (flags & O_NONBLOCK) != 0;
  descriptor.close_on_exec = (flags & O_CLOEXEC) != 0;
  return descriptor;
}

// The call that a thread waits in. One that runs and stops for the tracer only now and then stands
// in a call too: that is no wait.
std::optional<Entry> WaitsIn(Task& task) {
  const auto entry = BlockedIn(task);
  const bool stops =
      task.state == Task::State::kAsking || (!IsStopped(task) && StateOf(task) == 't');
  if (!entry || stops) return std::nullopt;
  return entry;
}

ProcessState StateOf(Tracer& tracer, const Process& process) {
  if (process.ended) return ProcessState::kZombie;
  if (process.stopped) return ProcessState::kStopped;
  if (tracer.IsHeld(process)) return ProcessState::kHeld;
  for (Task* task : tracer.TasksOf(process)) {
    if (!task->leaves && !WaitsIn(*task)) return ProcessState::kRunning;
  }
  return ProcessState::kAsleep;
}

// Signals that a blocked call waits for: of sigwait its set, of sigsuspend what its mask lets
// through.
std::vector<int> AwaitedSignals(const Task& task, const Entry& entry) {
  const auto set = [&](int argument) {
    return ReadValue<uint64_t>(task.host, entry.args[argument]).value_or(0);
  };
  if (entry.number == SYS_rt_sigtimedwait) return SignalsIn(set(0));
  if (entry.number == SYS_rt_sigsuspend) return SignalsIn(~set(0));
  return {};
}

bool IsAboutDescriptor(const Entry& entry) {
  const decode::Row* row = decode::Find(entry.number);
  return row != nullptr && row->descriptor >= 0;
}

// What a snapshot is taken with.
struct Taking {
  const std::string& name;
  Tracer& tracer;
  Journal& journal;
};

record::Blocked BlockedState(const Task& task, const Entry& entry, Taking& taking) {
  Tracer& tracer = taking.tracer;
  tracer.NoteBlocked(taking.name, task, entry);
  record::Blocked blocked{.call = SyscallName(entry.number)};
  blocked.args.assign(std::begin(entry.args), std::end(entry.args));
  blocked.signals = AwaitedSignals(task, entry);
  if (IsAboutDescriptor(entry)) {
    const decode::Row* row = decode::Find(entry.number);
    blocked.fd = static_cast<int>(entry.args[static_cast<size_t>(row->descriptor)]);
    blocked.object = tracer.ObjectAt(*task.process, blocked.fd);
  }
  blocked.awaits = AwaitedBy(task, entry, tracer, taking.journal);
  return blocked;
}

record::Thread ThreadState(Task& task, Taking& taking) {
  record::Thread thread{.tid = task.tid};
  if (task.state == Task::State::kHeld) {
    if (task.held_at_call) thread.blocked = BlockedState(task, task.call, taking);
  } else if (const auto entry = WaitsIn(task)) {
    thread.blocked = BlockedState(task, *entry, taking);
    if (task.wait)
      thread.blocked->deadline = std::chrono::floor<std::chrono::milliseconds>(task.wait->due);
  }
  if (const auto status = StatusOf(task.host)) {
    thread.blocked_signals = SignalsIn(status->blocked);
    thread.pending_signals = SignalsIn(status->pending | status->shared_pending);
  }
  return thread;
}

// /proc/PID/stat after the name: state ppid pgrp session tty_nr tpgid ...
void NoteTerminal(HostPid task, ProcessStateAt& state) {
  const std::string text = ReadProc(ProcPath(task, "stat").c_str());
  const size_t end_of_name = text.rfind(')');
  if (end_of_name == std::string::npos) return;
  const auto words = WordsOf(std::string_view(text).substr(end_of_name + 1));
  if (words.size() < 6) return;
  state.has_terminal = LeadingNumber<int>(words[4]) != 0;
  state.in_foreground = state.has_terminal && words[5] == words[2];
}

void NoteStatus(HostPid task, ProcessStateAt& state) {
  const auto status = StatusOf(task);
  if (!status) return;
  if (!status->inner_groups.empty()) state.group = status->inner_groups.back();
  if (!status->inner_sessions.empty()) state.session = status->inner_sessions.back();
  state.caught = SignalsIn(status->caught);
  state.ignored = SignalsIn(status->ignored);
}

ProcessStateAt StateAt(Taking& taking, const Process& process) {
  Tracer& tracer = taking.tracer;
  ProcessStateAt state{.process = process.index, .parent = process.parent};
  state.program = process.program;
  state.executable = process.executable;
  state.state = StateOf(tracer, process);
  NoteStatus(process.host, state);
  if (process.ended) return state;
  NoteTerminal(process.host, state);
  for (Task* task : tracer.TasksOf(process)) {
    if (!task->leaves) state.threads.push_back(ThreadState(*task, taking));
  }
  const HostPid reader = tracer.AnyTaskOf(process);
  for (const int fd : NumbersIn(ProcPath(reader, "fd"))) {
    state.descriptors[fd] = DescriptorOf(reader, fd);
    state.descriptors[fd].object = tracer.ObjectAt(process, fd);
  }
  return state;
}

// The inode in "socket:[123]".
std::optional<uint64_t> SocketInode(HostPid task, int fd) {
  const std::string link = LinkOf(task, ("fd/" + std::to_string(fd)).c_str());
  constexpr std::string_view kPrefix = "socket:[";
  if (!link.starts_with(kPrefix)) return std::nullopt;
  return LeadingNumber<uint64_t>(std::string_view(link).substr(kPrefix.size()));
}

// A path that was bound as a relative one, from where its process is.
void MakeAbsolute(record::SocketState& socket, HostPid task) {
  if (socket.family != "unix" || socket.local.empty()) return;
  if (socket.local[0] != '/' && socket.local[0] != '@')
    socket.local = LinkOf(task, "cwd") + "/" + socket.local;
}

void AddSockets(Tracer& tracer, const Journal& journal, HostPid init, record::Snapshot& snapshot) {
  std::optional<std::map<uint64_t, record::SocketState>> all;
  for (const ProcessStateAt& state : snapshot.processes) {
    const HostPid reader = tracer.AnyTaskOf(tracer.process(state.process));
    for (const auto& [fd, descriptor] : state.descriptors) {
      const record::Object* object = journal.recording().object(descriptor.object);
      if (object == nullptr || object->kind != record::ObjectKind::kSocket) continue;
      if (!all) all = SocketsOf(init, tracer.network());
      const auto inode = SocketInode(reader, fd);
      const auto found = inode ? all->find(*inode) : all->end();
      if (found == all->end()) continue;
      const auto [entry, fresh] = snapshot.sockets.try_emplace(descriptor.object, found->second);
      if (fresh) MakeAbsolute(entry->second, reader);
    }
  }
}

void AddMemory(Tracer& tracer, Journal& journal, const std::set<Facet>& observed,
               record::Snapshot& snapshot) {
  for (ProcessStateAt& state : snapshot.processes) {
    if (state.state == ProcessState::kZombie) continue;
    const HostPid reader = tracer.AnyTaskOf(tracer.process(state.process));
    if (observed.contains(Facet::kMemory)) state.shared = SharedOf(reader, journal);
    if (observed.contains(Facet::kMemoryContent))
      HashShared(reader, journal, snapshot.memory_hashes);
  }
}

}  // namespace

record::Snapshot TakeSnapshot(const std::string& name, Tracer& tracer, Journal& journal,
                              const std::set<Facet>& observed, HostPid init) {
  journal.EndAllBursts();
  record::Snapshot snapshot{.name = name};
  journal.set_time(tracer.time().Now());
  snapshot.time = journal.time();
  Taking taking{name, tracer, journal};
  for (const Process& process : tracer.processes()) {
    // A zombie whose parent is init is nobody's: init waits for it.
    if (process.ended && (process.reaped || process.parent == record::kGrader)) continue;
    snapshot.processes.push_back(StateAt(taking, process));
  }
  AddMemory(tracer, journal, observed, snapshot);
  AddSockets(tracer, journal, init, snapshot);
  journal.Add(record::kGrader, Pid{}, record::SnapshotTaken{name});
  snapshot.event = static_cast<int>(journal.recording().events.size()) - 1;
  return snapshot;
}

std::map<record::ProcessIndex, record::Usage> UsageNow(Tracer& tracer) {
  std::map<record::ProcessIndex, record::Usage> usage;
  for (const Process& process : tracer.processes()) {
    record::Usage& used = usage[process.index];
    used.processor = Tracer::ProcessorTimeOf(process);
    used.wakeups = process.wakeups;
    if (process.ended) continue;
    const HostPid reader = tracer.AnyTaskOf(process);
    if (const auto status = StatusOf(reader)) used.memory = status->resident;
    used.descriptors = NumbersIn(ProcPath(reader, "fd")).size();
  }
  return usage;
}

}  // namespace plumbline::trace
