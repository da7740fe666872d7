// SPDX-License-Identifier: MIT
#include "scenario/mutated_calls.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <string_view>
#include <vector>

#include "trace/proc.h"
#include "trace/sockets.h"

namespace plumbline::scenario {
namespace {

// --- Conditions.

bool Always(const Site&) { return true; }

// perror(3) writes to a copy of standard error, and closes it.
bool IsCopyOfStandardError(const Site& site, const record::Object& object) {
  return site.fd() > STDERR_FILENO && object.role.ends_with(".stderr");
}

// What ties processes together: nobody else notices a plain file that stays open. A library's own
// is none: getaddrinfo(3) closes each socket that it has made.
bool IsJoint(const Site& site) {
  using enum record::ObjectKind;
  constexpr record::ObjectKind kJoints[] = {kPipe, kFifo, kSocket, kTerminal};
  const record::Object* object = site.First();
  return object != nullptr && std::ranges::find(kJoints, object->kind) != std::end(kJoints) &&
         !IsCopyOfStandardError(site, *object) &&
         !site.tracer.IsOfThisCall(site.task, site.tracer.ObjectAt(*site.task.process, site.fd()));
}

// One that changes what somebody may see, and not only when bytes go (tcp(7)).
bool MattersToOthers(const Site& site) {
  const auto level = static_cast<int>(site.arg(1));
  const auto option = static_cast<int>(site.arg(2));
  return level != IPPROTO_TCP ||
         (option != TCP_NODELAY && option != TCP_CORK && option != TCP_QUICKACK);
}

// struct sigaction as the kernel has it: handler, flags, restorer, mask.
struct KernelAction {
  uint64_t handler = 0;
  uint64_t flags = 0;
};
std::optional<KernelAction> ActionOf(const Site& site) {
  if (site.arg(1) == 0) return std::nullopt;
  return trace::ReadValue<KernelAction>(site.task.host, site.arg(1));
}

// A child of vfork(2) that has yet to execute does what its library wants (posix_spawn(3)).
bool IsSpawned(const Site& site) { return !site.task.process->on_own_stack; }

// The two that the C library keeps for threads: nptl(7).
bool IsOfThreads(const Site& site) { return site.arg(0) == 32 || site.arg(0) == 33; }

bool SetsAction(const Site& site) {
  const auto action = ActionOf(site);
  return action && !IsSpawned(site) && !IsOfThreads(site) &&
         action->handler != reinterpret_cast<uint64_t>(SIG_DFL);
}
bool Restarts(const Site& site) {
  const auto action = ActionOf(site);
  return action && !IsOfThreads(site) && action->handler > 1 && (action->flags & SA_RESTART) != 0;
}
// The C library blocks all signals while it makes a process, and restores the mask.
bool IsOfLibrary(const Site& site) {
  const auto set = trace::ReadValue<uint64_t>(site.task.host, site.arg(1));
  constexpr int kMostByName = 32;
  return !set || std::popcount(*set) > kMostByName;
}
bool BlocksSignals(const Site& site) {
  const bool blocks = static_cast<int>(site.arg(0)) == SIG_BLOCK;
  return site.arg(1) != 0 && blocks && !IsOfLibrary(site);
}
bool UnblocksSignals(const Site& site) {
  if (site.arg(1) == 0 || static_cast<int>(site.arg(0)) != SIG_UNBLOCK) return false;
  constexpr uint64_t kOfThreads = (uint64_t{1} << 31U) | (uint64_t{1} << 32U);
  const auto set = trace::ReadValue<uint64_t>(site.task.host, site.arg(1));
  return set && (*set & ~kOfThreads) != 0;
}

int FlagsAt(int call) { return call == SYS_open ? 1 : 2; }
// Of a file that is kept: a device takes no notice.
bool HasOpenFlag(const Site& site, int flag) {
  const int index = FlagsAt(site.call());
  const bool has = (static_cast<int>(site.arg(index)) & flag) == flag;
  return has && !trace::ReadString(site.task.host, site.arg(index - 1)).starts_with("/dev/");
}
bool Truncates(const Site& site) { return HasOpenFlag(site, O_TRUNC); }
bool Appends(const Site& site) { return HasOpenFlag(site, O_APPEND); }
// A mode of the program's own: a shell and fopen(3) leave it to the umask.
bool Creates(const Site& site) {
  constexpr uint64_t kPermissions = 07777;
  const uint64_t mode = site.arg(FlagsAt(site.call()) + 1) & kPermissions;
  return HasOpenFlag(site, O_CREAT) && mode != 0666;
}
bool Excludes(const Site& site) { return HasOpenFlag(site, O_EXCL | O_CREAT); }

bool Removes(const Site& site) {
  const int command = site.call() == SYS_semctl ? 2 : 1;
  return static_cast<int>(site.arg(command)) == IPC_RMID;
}

bool SetsTerminal(const Site& site) {
  const auto request = static_cast<unsigned>(site.arg(1));
  return request == TIOCSPGRP || request == TCSETS || request == TCSETSW || request == TCSETSF;
}

bool Sets(const Site& site) {
  const auto command = static_cast<int>(site.arg(1));
  return command == F_SETFL || command == F_SETFD || command == F_SETLK || command == F_SETLKW ||
         command == F_OFD_SETLK || command == F_OFD_SETLKW;
}

bool SharesForWriting(const Site& site) {
  return (site.arg(2) & PROT_WRITE) != 0 && (site.arg(3) & MAP_TYPE) == MAP_SHARED;
}

std::optional<sockaddr_in> InternetAddressOf(const Site& site) {
  if (site.arg(2) < sizeof(sockaddr_in)) return std::nullopt;
  const auto address = trace::ReadValue<sockaddr_in>(site.task.host, site.arg(1));
  return address && address->sin_family == AF_INET ? address : std::nullopt;
}
bool IsLoopback(const Site& site) {
  const auto address = InternetAddressOf(site);
  return address && address->sin_addr.s_addr == ::htonl(INADDR_LOOPBACK);
}

bool HasBacklog(const Site& site) { return static_cast<int>(site.arg(1)) > 0; }
// What sem_open(3) writes there is for itself, as the file is (sem_overview(7)).
bool IsSemaphore(const Site& site) {
  const HostPid host = site.tracer.AnyTaskOf(*site.task.process);
  const std::string link = trace::LinkOf(host, ("fd/" + std::to_string(site.fd())).c_str());
  return link.starts_with("/dev/shm/sem.");
}
bool HasBytes(const Site& site) {
  return site.arg(2) > 0 && !IsSpawned(site) && !IsSemaphore(site);
}
// A message may be said in as many words as one likes.
bool IsNoMessage(const Site& site) {
  const record::Object* object = site.First();
  return HasBytes(site) && site.fd() != STDERR_FILENO &&
         (object == nullptr || !object->role.ends_with(".stderr"));
}
bool EndsByItself(const Site& site) { return !IsSpawned(site); }
bool ChangesDescriptor(const Site& site) { return site.arg(0) != site.arg(1); }
// Of a child that failed to execute, the library's own wait.
bool WaitsForItself(const Site& site) {
  const auto pid = static_cast<int32_t>(site.arg(0));
  return std::ranges::none_of(site.tracer.processes(), [&](const trace::Process& process) {
    return process.pid.value == pid && !process.on_own_stack;
  });
}
bool SendsSignal(const Site& site) { return site.arg(1) != 0; }

// argv of execve(2) in the caller's memory, its end not counted.
std::vector<uint64_t> ArgumentsOf(const Site& site) {
  constexpr size_t kMost = 64;
  std::vector<uint64_t> arguments;
  for (uint64_t at = site.arg(1); arguments.size() < kMost; at += sizeof(uint64_t)) {
    const auto pointer = trace::ReadValue<uint64_t>(site.task.host, at);
    if (!pointer || *pointer == 0) break;
    arguments.push_back(*pointer);
  }
  return arguments;
}
bool HasArguments(const Site& site) { return ArgumentsOf(site).size() > 1; }

// --- Changes.

template <int64_t Result>
Changed Skip(const Site&) {
  return Result;
}
Changed SkipDup(const Site& site) { return static_cast<int32_t>(site.arg(1)); }
// As if it had been waited for, or as if there were nobody.
Changed SkipWait(const Site& site) {
  const auto pid = static_cast<int32_t>(site.arg(0));
  return pid > 0 ? pid : -ECHILD;
}
Changed SkipWrite(const Site& site) { return static_cast<int64_t>(site.arg(2)); }
Changed SkipSession(const Site& site) { return site.task.process->pid.value; }

Changed Swap(const Site& site) {
  const uint64_t old_fd = site.arg(0);
  site.Put(0, site.arg(1));
  site.Put(1, old_fd);
  return std::nullopt;
}

Changed NoRestart(const Site& site) {
  auto action = *ActionOf(site);
  action.flags &= ~static_cast<uint64_t>(SA_RESTART);
  trace::WriteProtected(site.task.host, site.arg(1), &action, sizeof action);
  return std::nullopt;
}

template <int Flag>
Changed WithoutOpenFlag(const Site& site) {
  const int index = FlagsAt(site.call());
  site.Put(index, site.arg(index) & ~static_cast<uint64_t>(Flag));
  return std::nullopt;
}

Changed OtherMode(int index, const Site& site) {
  constexpr uint64_t kPermissions = 07777;
  const uint64_t mode = site.arg(index);
  const uint64_t other = (mode & 0077) != 0 ? 0600 : 0666;
  site.Put(index, (mode & ~kPermissions) | other);
  return std::nullopt;
}
Changed OtherModeOfOpen(const Site& site) { return OtherMode(FlagsAt(site.call()) + 1, site); }
Changed OtherModeOfNode(const Site& site) {
  return OtherMode(site.call() == SYS_mknod ? 1 : 2, site);
}

Changed NoBacklog(const Site& site) {
  site.Put(1, 0);
  return std::nullopt;
}

Changed AnyAddress(const Site& site) {
  auto address = *InternetAddressOf(site);
  address.sin_addr.s_addr = ::htonl(INADDR_ANY);
  trace::WriteProtected(site.task.host, site.arg(1), &address, sizeof address);
  return std::nullopt;
}

// Their memory is about to be another program's; the array may be a constant.
Changed DropArgument(const Site& site) {
  const uint64_t end = 0;
  const uint64_t last = site.arg(1) + sizeof end * (ArgumentsOf(site).size() - 1);
  trace::WriteProtected(site.task.host, last, &end, sizeof end);
  return std::nullopt;
}

Changed Twice(const Site& site) {
  site.tracer.MakeAgain(site.task);
  return std::nullopt;
}

Changed OtherStatus(const Site& site) {
  site.Put(0, (site.arg(0) & 0xff) == 0 ? 1 : 0);
  return std::nullopt;
}

Changed Private(const Site& site) {
  site.Put(3, (site.arg(3) & ~static_cast<uint64_t>(MAP_TYPE)) | MAP_PRIVATE);
  return std::nullopt;
}

// --- The table.

constexpr const char* kLeftOut = "is left out";

constexpr Operator kOperators[] = {
    {SYS_close, "skip", IsJoint, Skip<0>, kLeftOut},
    {SYS_dup2, "skip", ChangesDescriptor, SkipDup, kLeftOut},
    {SYS_dup2, "swap", ChangesDescriptor, Swap, "has its descriptors swapped"},
    {SYS_dup3, "skip", Always, SkipDup, kLeftOut},
    {SYS_dup3, "swap", Always, Swap, "has its descriptors swapped"},
    {SYS_wait4, "skip", WaitsForItself, SkipWait, kLeftOut},
    {SYS_waitid, "skip", Always, Skip<-ECHILD>, kLeftOut},
    {SYS_rt_sigaction, "skip", SetsAction, Skip<0>, kLeftOut},
    {SYS_rt_sigaction, "no-restart", Restarts, NoRestart, "lacks SA_RESTART"},
    {SYS_rt_sigprocmask, "skip", BlocksSignals, Skip<0>, kLeftOut},
    {SYS_rt_sigprocmask, "skip-unblock", UnblocksSignals, Skip<0>, kLeftOut},
    {SYS_unlink, "skip", Always, Skip<0>, kLeftOut},
    {SYS_unlinkat, "skip", Always, Skip<0>, kLeftOut},
    {SYS_semop, "skip", Always, Skip<0>, kLeftOut},
    {SYS_semtimedop, "skip", Always, Skip<0>, kLeftOut},
    {SYS_semctl, "skip", Removes, Skip<0>, kLeftOut},
    {SYS_shmctl, "skip", Removes, Skip<0>, kLeftOut},
    {SYS_msgctl, "skip", Removes, Skip<0>, kLeftOut},
    {SYS_listen, "no-backlog", HasBacklog, NoBacklog, "has a backlog of 0"},
    {SYS_shutdown, "skip", Always, Skip<0>, kLeftOut},
    {SYS_setsockopt, "skip", MattersToOthers, Skip<0>, kLeftOut},
    {SYS_bind, "any-address", IsLoopback, AnyAddress, "takes every address"},
    {SYS_open, "no-truncate", Truncates, WithoutOpenFlag<O_TRUNC>, "lacks O_TRUNC"},
    {SYS_openat, "no-truncate", Truncates, WithoutOpenFlag<O_TRUNC>, "lacks O_TRUNC"},
    {SYS_open, "no-append", Appends, WithoutOpenFlag<O_APPEND>, "lacks O_APPEND"},
    {SYS_openat, "no-append", Appends, WithoutOpenFlag<O_APPEND>, "lacks O_APPEND"},
    {SYS_open, "no-exclusion", Excludes, WithoutOpenFlag<O_EXCL>, "lacks O_EXCL"},
    {SYS_openat, "no-exclusion", Excludes, WithoutOpenFlag<O_EXCL>, "lacks O_EXCL"},
    {SYS_open, "mode", Creates, OtherModeOfOpen, "has another mode"},
    {SYS_openat, "mode", Creates, OtherModeOfOpen, "has another mode"},
    {SYS_mknod, "skip", Always, Skip<0>, kLeftOut},
    {SYS_mknodat, "skip", Always, Skip<0>, kLeftOut},
    {SYS_mknod, "mode", Always, OtherModeOfNode, "has another mode"},
    {SYS_mknodat, "mode", Always, OtherModeOfNode, "has another mode"},
    {SYS_kill, "skip", SendsSignal, Skip<0>, kLeftOut},
    {SYS_kill, "twice", SendsSignal, Twice, "is made twice"},
    {SYS_execve, "drop-argument", HasArguments, DropArgument, "lacks its last argument"},
    {SYS_alarm, "skip", Always, Skip<0>, kLeftOut},
    {SYS_setitimer, "skip", Always, Skip<0>, kLeftOut},
    {SYS_timer_settime, "skip", Always, Skip<0>, kLeftOut},
    {SYS_timerfd_settime, "skip", Always, Skip<0>, kLeftOut},
    {SYS_nanosleep, "skip", Always, Skip<0>, kLeftOut},
    {SYS_clock_nanosleep, "skip", Always, Skip<0>, kLeftOut},
    {SYS_setsid, "skip", Always, SkipSession, kLeftOut},
    {SYS_setpgid, "skip", Always, Skip<0>, kLeftOut},
    {SYS_ioctl, "skip", SetsTerminal, Skip<0>, kLeftOut},
    {SYS_fcntl, "skip", Sets, Skip<0>, kLeftOut},
    {SYS_flock, "skip", Always, Skip<0>, kLeftOut},
    {SYS_write, "skip", HasBytes, SkipWrite, kLeftOut},
    {SYS_write, "twice", IsNoMessage, Twice, "is made twice"},
    {SYS_sendto, "skip", HasBytes, SkipWrite, kLeftOut},
    {SYS_sendto, "twice", HasBytes, Twice, "is made twice"},
    {SYS_exit_group, "other-status", EndsByItself, OtherStatus, "gives another status"},
    {SYS_chmod, "skip", Always, Skip<0>, kLeftOut},
    {SYS_fchmod, "skip", Always, Skip<0>, kLeftOut},
    {SYS_mmap, "private", SharesForWriting, Private, "is private"},
};

// --- Which of a line.

// "socket:[123]".
uint64_t InodeAt(HostPid host, int fd) {
  const std::string link = trace::LinkOf(host, ("fd/" + std::to_string(fd)).c_str());
  uint64_t inode = 0;
  if (const size_t open = link.find('['); open != std::string::npos)
    std::from_chars(link.data() + open + 1, link.data() + link.size(), inode);
  return inode;
}

// An end of a pipe or a socket, by what it is for.
std::string EndOf(const Site& site) {
  using enum record::ObjectKind;
  const record::Object* object = site.First();
  if (object == nullptr) return "";
  const HostPid host = site.tracer.AnyTaskOf(*site.task.process);
  switch (object->kind) {
    case kTerminal:
      return "terminal";
    case kSocket: {
      const auto sockets = trace::SocketsOf(host, site.tracer.network());
      const auto found = sockets.find(InodeAt(host, site.fd()));
      return found != sockets.end() && found->second.listening ? "listener" : "socket";
    }
    default: {
      const int access = trace::FlagsOf(host, site.fd()).value_or(O_RDWR) & O_ACCMODE;
      return access == O_RDONLY ? "reader" : access == O_WRONLY ? "writer" : "both";
    }
  }
}

}  // namespace

std::span<const Operator> Operators() { return kOperators; }

std::string WhichOf(const Site& site) {
  switch (site.call()) {
    case SYS_close:
      return EndOf(site);
    case SYS_dup2:
    case SYS_dup3:
      return std::to_string(static_cast<int>(site.arg(1)));
    default:
      return std::to_string(site.fd());
  }
}

bool IsToldApart(int call) { return call == SYS_close || call == SYS_dup2 || call == SYS_dup3; }

}  // namespace plumbline::scenario
