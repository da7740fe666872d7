// SPDX-License-Identifier: MIT
#include "trace/decode/names.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <span>

#include <fmt/core.h>

#include "base/signals.h"

namespace plumbline::trace::decode {
namespace {

struct Name {
  uint64_t value;
  const char* name;
};

constexpr Name kOpenNames[] = {{O_CREAT, "O_CREAT"},         {O_EXCL, "O_EXCL"},
                               {O_TRUNC, "O_TRUNC"},         {O_APPEND, "O_APPEND"},
                               {O_NONBLOCK, "O_NONBLOCK"},   {O_CLOEXEC, "O_CLOEXEC"},
                               {O_DIRECTORY, "O_DIRECTORY"}, {O_NOFOLLOW, "O_NOFOLLOW"},
                               {O_NOCTTY, "O_NOCTTY"},       {O_SYNC, "O_SYNC"}};
constexpr Name kAccessNames[] = {
    {O_RDONLY, "O_RDONLY"}, {O_WRONLY, "O_WRONLY"}, {O_RDWR, "O_RDWR"}};
constexpr Name kPipeNames[] = {{O_CLOEXEC, "O_CLOEXEC"}, {O_NONBLOCK, "O_NONBLOCK"}};
constexpr Name kCloneNames[] = {{CLONE_VM, "CLONE_VM"},         {CLONE_FS, "CLONE_FS"},
                                {CLONE_FILES, "CLONE_FILES"},   {CLONE_SIGHAND, "CLONE_SIGHAND"},
                                {CLONE_VFORK, "CLONE_VFORK"},   {CLONE_PARENT, "CLONE_PARENT"},
                                {CLONE_THREAD, "CLONE_THREAD"}, {CLONE_PIDFD, "CLONE_PIDFD"}};
constexpr Name kFcntlNames[] = {{F_DUPFD, "F_DUPFD"}, {F_DUPFD_CLOEXEC, "F_DUPFD_CLOEXEC"},
                                {F_GETFD, "F_GETFD"}, {F_SETFD, "F_SETFD"},
                                {F_GETFL, "F_GETFL"}, {F_SETFL, "F_SETFL"},
                                {F_SETLK, "F_SETLK"}, {F_SETLKW, "F_SETLKW"}};
constexpr Name kWaitNames[] = {{WNOHANG, "WNOHANG"},
                               {WUNTRACED, "WUNTRACED"},
                               {WCONTINUED, "WCONTINUED"},
                               {WEXITED, "WEXITED"},
                               {WNOWAIT, "WNOWAIT"}};
constexpr Name kFamilyNames[] = {
    {AF_UNIX, "AF_UNIX"}, {AF_INET, "AF_INET"}, {AF_INET6, "AF_INET6"}, {AF_NETLINK, "AF_NETLINK"}};
constexpr Name kTypeNames[] = {{SOCK_STREAM, "SOCK_STREAM"},
                               {SOCK_DGRAM, "SOCK_DGRAM"},
                               {SOCK_RAW, "SOCK_RAW"},
                               {SOCK_SEQPACKET, "SOCK_SEQPACKET"}};
constexpr Name kTypeFlags[] = {{SOCK_CLOEXEC, "SOCK_CLOEXEC"}, {SOCK_NONBLOCK, "SOCK_NONBLOCK"}};
constexpr Name kShutdownNames[] = {
    {SHUT_RD, "SHUT_RD"}, {SHUT_WR, "SHUT_WR"}, {SHUT_RDWR, "SHUT_RDWR"}};
constexpr Name kLevelNames[] = {{SOL_SOCKET, "SOL_SOCKET"}, {6, "IPPROTO_TCP"}};
constexpr Name kOptionNames[] = {{SO_REUSEADDR, "SO_REUSEADDR"}, {SO_REUSEPORT, "SO_REUSEPORT"},
                                 {SO_LINGER, "SO_LINGER"},       {SO_RCVBUF, "SO_RCVBUF"},
                                 {SO_SNDBUF, "SO_SNDBUF"},       {SO_RCVTIMEO, "SO_RCVTIMEO"},
                                 {SO_SNDTIMEO, "SO_SNDTIMEO"},   {SO_KEEPALIVE, "SO_KEEPALIVE"}};
constexpr Name kProtectionNames[] = {
    {PROT_READ, "PROT_READ"}, {PROT_WRITE, "PROT_WRITE"}, {PROT_EXEC, "PROT_EXEC"}};
constexpr Name kMapNames[] = {{MAP_SHARED, "MAP_SHARED"},
                              {MAP_PRIVATE, "MAP_PRIVATE"},
                              {MAP_ANONYMOUS, "MAP_ANONYMOUS"},
                              {MAP_FIXED, "MAP_FIXED"}};
constexpr Name kHowNames[] = {
    {SIG_BLOCK, "SIG_BLOCK"}, {SIG_UNBLOCK, "SIG_UNBLOCK"}, {SIG_SETMASK, "SIG_SETMASK"}};
constexpr Name kEpollNames[] = {{EPOLL_CTL_ADD, "EPOLL_CTL_ADD"},
                                {EPOLL_CTL_DEL, "EPOLL_CTL_DEL"},
                                {EPOLL_CTL_MOD, "EPOLL_CTL_MOD"}};
constexpr Name kIpcNames[] = {{IPC_CREAT, "IPC_CREAT"}, {IPC_EXCL, "IPC_EXCL"}};
constexpr Name kCommandNames[] = {
    {IPC_RMID, "IPC_RMID"}, {IPC_SET, "IPC_SET"}, {IPC_STAT, "IPC_STAT"}, {GETPID, "GETPID"},
    {GETVAL, "GETVAL"},     {GETALL, "GETALL"},   {GETNCNT, "GETNCNT"},   {GETZCNT, "GETZCNT"},
    {SETVAL, "SETVAL"},     {SETALL, "SETALL"}};
constexpr Name kPollNames[] = {
    {POLLIN, "POLLIN"},   {POLLPRI, "POLLPRI"},   {POLLOUT, "POLLOUT"},    {POLLERR, "POLLERR"},
    {POLLHUP, "POLLHUP"}, {POLLNVAL, "POLLNVAL"}, {POLLRDHUP, "POLLRDHUP"}};
constexpr Name kActionNames[] = {{SA_RESTART, "SA_RESTART"},     {SA_NOCLDSTOP, "SA_NOCLDSTOP"},
                                 {SA_NOCLDWAIT, "SA_NOCLDWAIT"}, {SA_SIGINFO, "SA_SIGINFO"},
                                 {SA_NODEFER, "SA_NODEFER"},     {SA_RESETHAND, "SA_RESETHAND"},
                                 {SA_ONSTACK, "SA_ONSTACK"}};

std::string Flags(uint64_t value, std::span<const Name> names, std::string text = {}) {
  for (const Name& flag : names) {
    if (flag.value == 0 || (value & flag.value) != flag.value) continue;
    if (!text.empty()) text += '|';
    text += flag.name;
    value &= ~flag.value;
  }
  if (value != 0 || text.empty()) {
    if (!text.empty()) text += '|';
    text += value == 0 ? "0" : fmt::format("{:#x}", value);
  }
  return text;
}

std::string OneOf(uint64_t value, std::span<const Name> names) {
  const auto known = std::ranges::find(names, value, &Name::value);
  return known != names.end() ? known->name : std::to_string(static_cast<int64_t>(value));
}

std::string OpenFlags(uint64_t value) {
  constexpr uint64_t kLargeFile = 0100000;  // of the C library, on every call
  const std::string access = OneOf(value & O_ACCMODE, kAccessNames);
  value &= ~(O_ACCMODE | kLargeFile);
  return value == 0 ? access : Flags(value, kOpenNames, access);
}

std::string SocketType(uint64_t value) {
  constexpr uint64_t kFlags = SOCK_CLOEXEC | SOCK_NONBLOCK;
  const std::string type = OneOf(value & 0xf, kTypeNames);
  return (value & kFlags) == 0 ? type : Flags(value & kFlags, kTypeFlags, type);
}

// The low byte is the signal that the parent gets at the child's end.
std::string CloneFlags(uint64_t value) {
  const auto signal = static_cast<int>(value & CSIGNAL);
  const uint64_t flags = value & ~static_cast<uint64_t>(CSIGNAL);
  const std::string text = signal == 0 ? "" : SignalName(signal);
  return flags == 0 && signal != 0 ? text : Flags(flags, kCloneNames, text);
}

std::string IpcFlags(uint64_t value) {
  const std::string mode = fmt::format("{:04o}", value & 0777);
  const uint64_t flags = value & (IPC_CREAT | IPC_EXCL);
  return flags == 0 ? mode : Flags(flags, kIpcNames) + "|" + mode;
}

}  // namespace

std::optional<std::string> Named(As as, uint64_t value) {
  const uint64_t low = value & 0xffffffff;
  switch (as) {
    case As::kOpenFlags:
      return OpenFlags(low);
    case As::kPipeFlags:
      return Flags(low, kPipeNames);
    case As::kCloneFlags:
      return CloneFlags(low);
    case As::kFcntl:
      return OneOf(low, kFcntlNames);
    case As::kSignal:
      return low == 0 ? "0" : SignalName(static_cast<int>(low));
    case As::kWaitOptions:
      return Flags(low, kWaitNames);
    case As::kFamily:
      return OneOf(low, kFamilyNames);
    case As::kSocketType:
      return SocketType(low);
    case As::kShutdown:
      return OneOf(low, kShutdownNames);
    case As::kSocketLevel:
      return OneOf(low, kLevelNames);
    case As::kSocketOption:
      return OneOf(low, kOptionNames);
    case As::kEpollHow:
      return OneOf(low, kEpollNames);
    case As::kProtection:
      return value == PROT_NONE ? "PROT_NONE" : Flags(value, kProtectionNames);
    case As::kMapFlags:
      return Flags(low, kMapNames);
    case As::kIpcFlags:
      return IpcFlags(low);
    case As::kIpcCommand:
      return OneOf(low, kCommandNames);
    case As::kHow:
      return OneOf(low, kHowNames);
    default:
      return std::nullopt;
  }
}

std::string PollEvents(uint64_t events) { return Flags(events, kPollNames); }

std::string ActionFlags(uint64_t flags) {
  constexpr uint64_t kRestorer = 0x04000000;  // SA_RESTORER
  return Flags(flags & ~kRestorer, kActionNames);
}

}  // namespace plumbline::trace::decode
