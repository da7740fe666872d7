// SPDX-License-Identifier: MIT
#include "trace/snapshot.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

#include <fmt/core.h>

#include "base/hash.h"
#include "base/io.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "trace/blocked/rest.h"
#include "trace/proc.h"

namespace plumbline::trace {
namespace {

using record::Facet;
using record::ProcessState;
using record::ProcessStateAt;

std::string ProcPath(HostPid task, const std::string& name) {
  return "/proc/" + std::to_string(task.value) + "/" + name;
}

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return words;
    line.remove_prefix(begin);
    const size_t end = line.find_first_of(" \t");
    words.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return words;
    line.remove_prefix(end);
  }
}

template <typename T>
T Number(std::string_view text, int base = 10) {
  T value{};
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
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
    const auto words = Words(line);
    if (words.size() < 2) continue;
    if (words[0] == "pos:") descriptor.offset = Number<int64_t>(words[1]);
    if (words[0] == "flags:") flags = Number<uint64_t>(words[1], 8);
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

// Shared mappings, from maps: "address perms offset dev inode path", perms ending in 's'.
std::vector<record::SharedMapping> SharedOf(HostPid task, Journal& journal) {
  std::vector<record::SharedMapping> shared;
  const std::string text = ReadProc(ProcPath(task, "maps").c_str());
  for (const std::string_view line : Lines(text)) {
    const auto words = Words(line);
    if (words.size() < 5 || words[1].size() < 4 || words[1][3] != 's') continue;
    std::string name(words.size() > 5 ? words[5] : "");
    const std::string key = std::string(words[3]) + ":" + std::string(words[4]);
    const size_t dash = words[0].find('-');
    const auto begin = Number<uint64_t>(words[0].substr(0, dash), 16);
    const auto end = Number<uint64_t>(words[0].substr(dash + 1), 16);
    if (name == "/dev/zero") name.clear();  // anonymous shared memory shows like this
    shared.push_back({.memory = journal.memory(key),
                      .length = end - begin,
                      .offset = Number<uint64_t>(words[2], 16),
                      .writable = words[1][1] == 'w',
                      .name = std::move(name)});
  }
  return shared;
}

// A hash of what is in each shared memory that the process maps.
void HashShared(HostPid task, Journal& journal, std::map<int, std::string>& hashes) {
  constexpr uint64_t kMost = 16 << 20;
  const std::string text = ReadProc(ProcPath(task, "maps").c_str());
  for (const std::string_view line : Lines(text)) {
    const auto words = Words(line);
    if (words.size() < 5 || words[1].size() < 4 || words[1][3] != 's') continue;
    const int memory = journal.memory(std::string(words[3]) + ":" + std::string(words[4]));
    if (hashes.contains(memory)) continue;
    const size_t dash = words[0].find('-');
    const auto begin = Number<uint64_t>(words[0].substr(0, dash), 16);
    const auto end = Number<uint64_t>(words[0].substr(dash + 1), 16);
    hashes[memory] = Hasher().Add(ReadMemory(task, begin, std::min(end - begin, kMost))).Finish();
  }
}

ProcessState StateOf(Tracer& tracer, const Process& process) {
  if (process.ended) return ProcessState::kZombie;
  if (process.stopped) return ProcessState::kStopped;
  if (tracer.IsHeld(process)) return ProcessState::kHeld;
  for (const Task* task : tracer.TasksOf(process)) {
    if (!task->leaves && !BlockedIn(*task)) return ProcessState::kRunning;
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

record::Blocked BlockedState(const Task& task, const Entry& entry, Tracer& tracer) {
  record::Blocked blocked{.call = SyscallName(entry.number)};
  blocked.args.assign(std::begin(entry.args), std::end(entry.args));
  blocked.signals = AwaitedSignals(task, entry);
  if (IsAboutDescriptor(entry)) {
    const decode::Row* row = decode::Find(entry.number);
    blocked.fd = static_cast<int>(entry.args[static_cast<size_t>(row->descriptor)]);
    blocked.object = tracer.ObjectAt(*task.process, blocked.fd);
  }
  return blocked;
}

record::Thread ThreadState(const Task& task, Tracer& tracer) {
  record::Thread thread{.tid = task.tid};
  if (task.state == Task::State::kHeld) {
    if (task.held_at_call) thread.blocked = BlockedState(task, task.call, tracer);
  } else if (const auto entry = BlockedIn(task)) {
    thread.blocked = BlockedState(task, *entry, tracer);
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
  const auto words = Words(std::string_view(text).substr(end_of_name + 1));
  if (words.size() < 6) return;
  state.has_terminal = Number<int>(words[4]) != 0;
  state.in_foreground = state.has_terminal && words[5] == words[2];
}

ProcessStateAt StateAt(Tracer& tracer, const Process& process, Journal& journal,
                       const std::set<Facet>& observed) {
  ProcessStateAt state{.process = process.index, .parent = process.parent};
  state.program = process.program;
  state.executable = process.executable;
  state.state = StateOf(tracer, process);
  if (const auto status = StatusOf(process.host)) {
    if (!status->inner_groups.empty()) state.group = status->inner_groups.back();
    if (!status->inner_sessions.empty()) state.session = status->inner_sessions.back();
    state.caught = SignalsIn(status->caught);
    state.ignored = SignalsIn(status->ignored);
  }
  if (process.ended) return state;
  NoteTerminal(process.host, state);
  for (const Task* task : tracer.TasksOf(process)) {
    if (!task->leaves) state.threads.push_back(ThreadState(*task, tracer));
  }
  const HostPid reader = tracer.AnyTaskOf(process);
  for (const int fd : NumbersIn(ProcPath(reader, "fd"))) {
    state.descriptors[fd] = DescriptorOf(reader, fd);
    state.descriptors[fd].object = tracer.ObjectAt(process, fd);
  }
  if (observed.contains(Facet::kMemory)) state.shared = SharedOf(process.host, journal);
  return state;
}

std::string Ip4(std::string_view hex) {
  const auto raw = Number<uint32_t>(hex, 16);  // in network order as a host number
  std::array<char, INET_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET, &raw, text.data(), text.size());
  return text.data();
}

std::string Ip6(std::string_view hex) {
  std::array<uint32_t, 4> raw{};
  for (size_t i = 0; i < 4 && hex.size() >= 8 * (i + 1); ++i)
    raw[i] = Number<uint32_t>(hex.substr(8 * i, 8), 16);
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, raw.data(), text.data(), text.size());
  return fmt::format("[{}]", text.data());
}

std::string Endpoint(std::string_view text, bool six) {
  const size_t colon = text.find(':');
  const auto port = Number<int>(text.substr(colon + 1), 16);
  return (six ? Ip6(text.substr(0, colon)) : Ip4(text.substr(0, colon))) + ":" +
         std::to_string(port);
}

constexpr const char* kTcpStates[] = {"",           "ESTABLISHED", "SYN_SENT",  "SYN_RECV",
                                      "FIN_WAIT1",  "FIN_WAIT2",   "TIME_WAIT", "CLOSE",
                                      "CLOSE_WAIT", "LAST_ACK",    "LISTEN",    "CLOSING"};

void AddTcp(const std::string& path, bool six, std::map<uint64_t, record::SocketState>& sockets) {
  const std::string text = ReadProc(path.c_str());
  for (const std::string_view line : Lines(text)) {
    const auto words = Words(line);
    if (words.size() < 10 || words[0].back() != ':') continue;
    record::SocketState socket{.family = six ? "inet6" : "inet", .type = "stream"};
    socket.local = Endpoint(words[1], six);
    const auto state = Number<size_t>(words[3], 16);
    socket.state = state < std::size(kTcpStates) ? kTcpStates[state] : "";
    socket.listening = socket.state == "LISTEN";
    if (!socket.listening) socket.remote = Endpoint(words[2], six);
    const size_t colon = words[4].find(':');
    socket.unsent = Number<uint64_t>(words[4].substr(0, colon), 16);
    socket.unread = Number<uint64_t>(words[4].substr(colon + 1), 16);
    const auto inode = Number<uint64_t>(words[9]);
    if (inode != 0) sockets[inode] = std::move(socket);
  }
}

// "Num RefCount Protocol Flags Type St Inode Path"; flag 0x10000: listening.
void AddUnix(const std::string& path, std::map<uint64_t, record::SocketState>& sockets) {
  const std::string text = ReadProc(path.c_str());
  for (const std::string_view line : Lines(text)) {
    const auto words = Words(line);
    if (words.size() < 7 || words[0].back() != ':') continue;
    record::SocketState socket{.family = "unix"};
    socket.type = words[4] == "0002" ? "dgram" : words[4] == "0005" ? "seqpacket" : "stream";
    socket.listening = (Number<uint64_t>(words[3], 16) & 0x10000) != 0;
    if (words.size() > 7) socket.local = std::string(words[7]);
    sockets[Number<uint64_t>(words[6])] = std::move(socket);
  }
}

// The inode in "socket:[123]".
std::optional<uint64_t> SocketInode(HostPid task, int fd) {
  const std::string link = LinkOf(task, ("fd/" + std::to_string(fd)).c_str());
  constexpr std::string_view kPrefix = "socket:[";
  if (!link.starts_with(kPrefix)) return std::nullopt;
  return Number<uint64_t>(std::string_view(link).substr(kPrefix.size()));
}

}  // namespace

std::map<uint64_t, record::SocketState> SocketsOf(HostPid inside) {
  std::map<uint64_t, record::SocketState> sockets;
  AddTcp(ProcPath(inside, "net/tcp"), false, sockets);
  AddTcp(ProcPath(inside, "net/tcp6"), true, sockets);
  AddUnix(ProcPath(inside, "net/unix"), sockets);
  return sockets;
}

record::Snapshot TakeSnapshot(const std::string& name, Tracer& tracer, Journal& journal,
                              const std::set<Facet>& observed, HostPid init) {
  journal.EndAllBursts();
  record::Snapshot snapshot{.name = name};
  snapshot.time = journal.time();
  for (const Process& process : tracer.processes()) {
    // A zombie whose parent is init is nobody's: init waits for it.
    if (process.ended && (process.reaped || process.parent == record::kGrader)) continue;
    snapshot.processes.push_back(StateAt(tracer, process, journal, observed));
    if (observed.contains(Facet::kMemoryContent) && !process.ended)
      HashShared(process.host, journal, snapshot.memory_hashes);
  }
  std::map<uint64_t, record::SocketState> sockets;
  bool have_sockets = false;
  for (const ProcessStateAt& state : snapshot.processes) {
    for (const auto& [fd, descriptor] : state.descriptors) {
      const record::Object* object = journal.recording().object(descriptor.object);
      if (object == nullptr || object->kind != record::ObjectKind::kSocket) continue;
      if (!std::exchange(have_sockets, true)) sockets = SocketsOf(init);
      const auto inode = SocketInode(tracer.process(state.process).host, fd);
      const auto found = inode ? sockets.find(*inode) : sockets.end();
      if (found != sockets.end()) snapshot.sockets[descriptor.object] = found->second;
    }
  }
  journal.Add(record::kGrader, Pid{}, record::SnapshotTaken{name});
  snapshot.event = static_cast<int>(journal.recording().events.size()) - 1;
  return snapshot;
}

std::map<record::ProcessIndex, record::Usage> UsageNow(Tracer& tracer) {
  std::map<record::ProcessIndex, record::Usage> usage;
  for (const Process& process : tracer.processes()) {
    record::Usage& used = usage[process.index];
    used.processor = Tracer::ProcessorTimeOf(process);
    if (process.ended) continue;
    if (const auto status = StatusOf(process.host)) used.memory = status->resident;
    used.descriptors = NumbersIn(ProcPath(process.host, "fd")).size();
  }
  return usage;
}

}  // namespace plumbline::trace
