// SPDX-License-Identifier: MIT
#include "scenario/directions.h"

#include <netinet/in.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "base/file_name.h"
#include "base/syscalls.h"
#include "sandbox/etc.h"
#include "sandbox/shared.h"
#include "trace/proc.h"
#include "trace/where/maps.h"

namespace plumbline::scenario {
namespace {

// Calls that write, and which argument is the descriptor written to.
constexpr std::array<std::pair<int, int>, 9> kWrites{{{SYS_write, 0},
                                                      {SYS_writev, 0},
                                                      {SYS_pwrite64, 0},
                                                      {SYS_pwritev, 0},
                                                      {SYS_sendto, 0},
                                                      {SYS_sendmsg, 0},
                                                      {SYS_sendfile, 0},
                                                      {SYS_splice, 2},
                                                      {SYS_copy_file_range, 2}}};

std::set<int> AsSet(const std::vector<int>& calls) { return {calls.begin(), calls.end()}; }

}  // namespace

Directions::Directions(const spec::Scenario& scenario, const Cast& cast)
    : scenario_(scenario), cast_(cast) {
  for (const spec::Alteration& alteration : scenario.alter) {
    if (const auto* fail = std::get_if<spec::FailCall>(&alteration))
      failures_.push_back({*fail, CallingOf(fail->call)});
    else
      exits_.push_back(std::get<spec::ChangeExit>(alteration));
  }
}

// pthread_create(3) ends up in clone(2) as fork(3) does, and a fork is what makes a process.
Directions::Calling Directions::CallingOf(const std::string& word) {
  return {.numbers = AsSet(SyscallsNamed(word)), .of_threads = word != "fork"};
}

bool Directions::Calling::Includes(const trace::Entry& entry) const {
  if (!numbers.contains(entry.number)) return false;
  return of_threads || entry.number != SYS_clone || (entry.args[0] & CLONE_THREAD) == 0;
}

Directions::Point Directions::PointOf(const std::string& before) {
  Point point;
  if (before == "start")
    point.start = true;
  else if (before == "output")
    point.output = true;
  else if (before == "exit")
    point.calls.numbers = {SYS_exit_group, SYS_exit};
  else
    point.calls = CallingOf(before);
  return point;
}

std::set<int> Directions::Calls() const {
  std::set<int> calls;
  for (const spec::Step& step : scenario_.steps) {
    if (const auto* hold = std::get_if<spec::Hold>(&step.action))
      calls.merge(PointOf(hold->before).calls.numbers);
  }
  for (const Failure& failure : failures_) calls.merge(std::set(failure.calls.numbers));
  if (!scenario_.hide.empty()) calls.merge(AsSet(trace::CallsWithPaths()));
  if (mutants_) calls.merge(mutants_->Calls());
  if (!exits_.empty()) calls.merge(AsSet(SyscallsNamed("wait")));
  if (base_.empty()) return calls;
  calls.merge(AsSet(trace::CallsOfFiles()));
  calls.merge(AsSet(sandbox::CallsForNamespaces()));
  calls.merge(AsSet(trace::NetworkCalls()));
  return calls;
}

std::vector<sandbox::TraceRule> Directions::Rules() const {
  const bool output = std::ranges::any_of(scenario_.steps, [](const spec::Step& step) {
    const auto* hold = std::get_if<spec::Hold>(&step.action);
    return hold != nullptr && hold->before == "output";
  });
  std::vector<sandbox::TraceRule> rules;
  if (!output) return rules;
  for (const auto& [call, argument] : kWrites)
    rules.push_back(
        {.call = call, .argument = argument, .mask = 0xffffffff, .value = STDOUT_FILENO});
  return rules;
}

void Directions::Add(const spec::Hold& hold) {
  holds_.push_back({.who = hold.who, .point = PointOf(hold.before), .released = {}});
}

void Directions::Release(const spec::WhoList& who) {
  for (ActiveHold& hold : holds_) hold.released.push_back(who);
}

bool Directions::Keeps(const ActiveHold& hold, record::ProcessIndex process) const {
  if (!cast_.Includes(hold.who, process)) return false;
  return std::ranges::none_of(hold.released, [&](const spec::WhoList& released) {
    return cast_.Includes(released, process);
  });
}

std::vector<record::ProcessIndex> Directions::EndStanding() {
  std::vector<record::ProcessIndex> go;
  for (const record::ProcessIndex process : std::exchange(standing_, {})) {
    const bool kept = std::ranges::any_of(
        holds_, [&](const ActiveHold& hold) { return hold.point.start && Keeps(hold, process); });
    if (!kept) go.push_back(process);
  }
  return go;
}

std::optional<int64_t> Directions::Changes(trace::Task& task) {
  return mutants_ ? mutants_->At(task) : std::nullopt;
}

void Directions::BeforeStop() {
  if (before_stop_) before_stop_();
}

bool Directions::HoldsAtStart(const trace::Process& process) {
  if (standing_.contains(process.index)) return true;
  return std::ranges::any_of(holds_, [&](const ActiveHold& hold) {
    return hold.point.start && Keeps(hold, process.index);
  });
}

// On descriptor 1, unless that is standard error just now: a shell's `echo x >&2`.
bool Directions::WritesOnStandardOutput(const trace::Process& process,
                                        const trace::Entry& entry) const {
  const bool on_it = std::ranges::any_of(kWrites, [&](const auto& write) {
    return entry.number == write.first &&
           static_cast<int32_t>(entry.args[write.second]) == STDOUT_FILENO;
  });
  return on_it && !role_of_(process, STDOUT_FILENO).ends_with(".stderr");
}

bool Directions::HoldsBefore(const trace::Process& process, const trace::Entry& entry) {
  return std::ranges::any_of(holds_, [&](const ActiveHold& hold) {
    const bool here = hold.point.calls.Includes(entry) ||
                      (hold.point.output && WritesOnStandardOutput(process, entry));
    return here && Keeps(hold, process.index);
  });
}

namespace {

int TypeOf(uint64_t argument) {
  return static_cast<int>(argument) & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
}

// A pair of datagram sockets could send to anybody. socat(1) has one for what its own handlers have
// to say, both ends of it, and it is as good with one that cannot.
bool IsSocatsOwnPair(const trace::Process& process, const trace::Entry& entry) {
  return entry.number == SYS_socketpair && TypeOf(entry.args[1]) == SOCK_DGRAM &&
         process.executable.starts_with("/usr/bin/socat");
}

// Of those that trace/unix_calls.cc knows: connected ones.
bool IsConnectedUnix(const trace::Entry& entry) {
  const int type = TypeOf(entry.args[1]);
  return static_cast<int>(entry.args[0]) == AF_UNIX &&
         (type == SOCK_STREAM || type == SOCK_SEQPACKET);
}

// The kind that trace/network_calls.cc knows. Another protocol of that type makes connections that
// are no TCP to the kernel (mptcp).
bool IsTcp(const trace::Entry& entry) {
  const auto family = static_cast<int>(entry.args[0]);
  const auto protocol = static_cast<int>(entry.args[2]);
  return (family == AF_INET || family == AF_INET6) && TypeOf(entry.args[1]) == SOCK_STREAM &&
         (protocol == 0 || protocol == IPPROTO_TCP);
}

// Made by code of the C library itself, as getaddrinfo(3) makes sockets to see which addresses can
// be reached: the function that makes the call goes back to where it was called from at once.
bool IsOfLibrary(const trace::Process& process, const trace::Entry& entry) {
  const auto caller = trace::ReadValue<uint64_t>(process.host, entry.stack);
  const auto code = trace::where::CodeOf(process.host);
  const auto at = [&](uint64_t address) {
    return std::ranges::find_if(code, [&](const trace::where::Mapping& mapping) {
      return mapping.begin <= address && address < mapping.end;
    });
  };
  const auto library = at(entry.instruction);
  return caller && library != code.end() && library == at(*caller) &&
         FileName(library->path).starts_with("libc.");
}

std::string ThingOf(const trace::Entry& entry) {
  switch (entry.number) {
    case SYS_socket:
      return TypeOf(entry.args[1]) == SOCK_DGRAM || static_cast<int>(entry.args[0]) == AF_UNIX
                 ? "a datagram socket"
                 : "a socket of another kind than TCP";
    case SYS_socketpair:
      return "a datagram socket";
    case SYS_shmget:
      return "System V shared memory";
    case SYS_semget:
      return "System V semaphores";
    default:
      return "a message queue";
  }
}

int ErrorOf(int call) {
  return call == SYS_socket ? EAFNOSUPPORT : call == SYS_socketpair ? ESOCKTNOSUPPORT : EPERM;
}

}  // namespace

int Directions::Refuses(trace::Task& task) {
  if (base_.empty()) return 0;
  const trace::Process& process = *task.process;
  const trace::Entry& entry = task.call;
  static const std::vector<int> calls = sandbox::CallsForNamespaces();
  if (std::ranges::find(calls, entry.number) == calls.end()) return 0;
  if (entry.number == SYS_socket && (IsTcp(entry) || IsConnectedUnix(entry))) return 0;
  const int type = TypeOf(entry.args[1]);
  if (entry.number == SYS_socketpair && (type == SOCK_STREAM || type == SOCK_SEQPACKET)) return 0;
  if (IsSocatsOwnPair(process, entry)) {
    trace::Tracer::ChangeArgument(task, 1,
                                  entry.args[1] ^ uint64_t{SOCK_DGRAM} ^ uint64_t{SOCK_SEQPACKET});
    return 0;
  }
  const bool by_itself = entry.number == SYS_socket && IsOfLibrary(process, entry);
  if (!by_itself && missed_.empty()) missed_ = ThingOf(entry);
  return ErrorOf(entry.number);
}

int Directions::FailsWith(const trace::Process& process, const trace::Entry& entry) {
  for (Failure& failure : failures_) {
    if (!failure.calls.Includes(entry)) continue;
    if (!cast_.Includes(failure.what.who, process.index)) continue;
    if (failure.fall_back.erase(process.index) > 0 && entry.number != SYS_vfork)
      return failure.what.error;
    ++failure.seen;
    if (failure.what.nth != 0 && failure.seen != failure.what.nth) continue;
    if (entry.number == SYS_vfork) failure.fall_back.insert(process.index);
    return failure.what.error;
  }
  return 0;
}

namespace {

// "/proc/net/tcp", "/proc/self/net/unix", "/proc/12/task/13/net/dev"
bool IsOfNetwork(const std::string& path) {
  return path.starts_with("/proc/") && (path + "/").find("/net/") != std::string::npos;
}

}  // namespace

// A command is looked for by its whole path (execvp(3)); a file of that name that the student made
// is hers.
bool Directions::Hides(const std::string& named) {
  const std::string path = sandbox::WithoutBase(named, base_);
  if (!base_.empty() && path.starts_with("/dev/shm/")) {
    if (missed_.empty()) missed_ = "POSIX shared memory or semaphores";
    return true;
  }
  if (!base_.empty() && IsOfNetwork(path)) {
    if (missed_.empty()) missed_ = "the tables of its network";
    return true;
  }
  if (!path.starts_with('/') || path.starts_with("/lab/") || path.starts_with("/program/"))
    return false;
  const std::string name(FileName(path));
  return std::ranges::find(scenario_.hide, name) != scenario_.hide.end();
}

// What a file of the exercise's or a source has by its whole name.
std::string Directions::Instead(const std::string& path) {
  if (base_.empty() || path.starts_with(base_)) return {};
  const std::string moved = sandbox::WithBase(path, base_);
  return moved != path ? moved : sandbox::EtcBelow(base_, path);
}

std::optional<int> Directions::ToldStatus(const trace::Process& child) {
  for (const spec::ChangeExit& change : exits_) {
    if (!cast_.Includes(change.who, child.index)) continue;
    return change.killed_by != 0 ? change.killed_by : change.status << 8;
  }
  return std::nullopt;
}

}  // namespace plumbline::scenario
