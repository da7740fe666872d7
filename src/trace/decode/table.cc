// SPDX-License-Identifier: MIT
#include "trace/decode/table.h"

#include <sys/syscall.h>

#include <array>
#include <utility>

#include "base/syscalls.h"

namespace plumbline::trace::decode {
namespace {

using enum As;
using enum Group;
constexpr Role kTold = Role::kTold;
constexpr Role kAsks = Role::kAsks;
constexpr Makes kAnonymous = Makes::kAnonymous;
constexpr Makes kMapping = Makes::kMapping;
constexpr Makes kNone = Makes::kNothing;
constexpr Makes kFd = Makes::kDescriptor;

// clang-format off
std::vector<Row> MakeRows() {
  return {
    // Processes.
    {SYS_fork, kAlways, Role::kFork, {}},
    {SYS_vfork, kAlways, Role::kFork, {}},
    {SYS_clone, kAlways, Role::kFork, {{"flags", kCloneFlags}}},
    {SYS_execve, kAlways, Role::kExec, {{"path", kPath}, {"argv", kStrings}}},
    {SYS_execveat, kAlways, Role::kExec, {{"dirfd", kDirectory}, {"path", kPath}, {"argv", kStrings}}},
    {SYS_exit, kAlways, Role::kExit, {{"status", kNumber}}},
    {SYS_exit_group, kAlways, Role::kExit, {{"status", kNumber}}},
    {SYS_wait4, kAlways, Role::kWait, {{"pid", kProcess}, {"status", kWaitStatus}, {"options", kWaitOptions}}},
    {SYS_waitid, kAlways, Role::kWait, {{"idtype", kNumber}, {"id", kProcess}, {"info", kChildInfo}, {"options", kWaitOptions}}},
    {SYS_restart_syscall, kAlways, Role::kQuiet, {}},
    {SYS_setpgid, kAlways, kTold, {{"pid", kProcess}, {"pgid", kProcess}}},
    {SYS_setsid, kAlways, kTold, {}},
    // Descriptors.
    {SYS_open, kDescriptors, kTold, {{"path", kPath}, {"flags", kOpenFlags}, {"mode", kMode}}, -1, kFd},
    {SYS_openat, kDescriptors, kTold, {{"dirfd", kDirectory}, {"path", kPath}, {"flags", kOpenFlags}, {"mode", kMode}}, -1, kFd},
    {SYS_openat2, kDescriptors, kTold, {{"dirfd", kDirectory}, {"path", kPath}}, -1, kFd},
    {SYS_creat, kDescriptors, kTold, {{"path", kPath}, {"mode", kMode}}, -1, kFd},
    {SYS_close, kDescriptors, Role::kClose, {{"fd", kDescriptor}}, 0},
    {SYS_close_range, kDescriptors, Role::kClose, {{"first", kDescriptor}, {"last", kDescriptor}, {"flags", kHex}}},
    {SYS_dup, kDescriptors, Role::kDup, {{"fd", kDescriptor}}, 0, kFd},
    {SYS_dup2, kDescriptors, Role::kDup, {{"fd", kDescriptor}, {"newfd", kDescriptor}}, 0, kFd},
    {SYS_dup3, kDescriptors, Role::kDup, {{"fd", kDescriptor}, {"newfd", kDescriptor}, {"flags", kPipeFlags}}, 0, kFd},
    {SYS_fcntl, kDescriptors, Role::kFcntl, {{"fd", kDescriptor}, {"cmd", kFcntl}, {"arg", kHex}}, 0},
    {SYS_pipe, kAlways, kTold, {{"pipefd", kPair}}, -1, Makes::kPair, 0},
    {SYS_pipe2, kAlways, kTold, {{"pipefd", kPair}, {"flags", kPipeFlags}}, -1, Makes::kPair, 0},
    {SYS_memfd_create, kMemory, kTold, {{"name", kPath}, {"flags", kHex}}, -1, kFd},
    {SYS_epoll_create1, kDescriptors, kTold, {{"flags", kPipeFlags}}, -1, kAnonymous},
    {SYS_epoll_create, kDescriptors, kTold, {{"size", kNumber}}, -1, kAnonymous},
    {SYS_eventfd2, kDescriptors, kTold, {{"initval", kNumber}, {"flags", kHex}}, -1, kAnonymous},
    {SYS_signalfd4, kAlways, kTold, {{"fd", kDescriptor}, {"mask", kSignalSet}}, -1, kAnonymous},
    {SYS_timerfd_create, kAlways, kTold, {{"clock", kNumber}, {"flags", kHex}}, -1, kAnonymous},
    {SYS_pidfd_open, kAlways, kTold, {{"pid", kProcess}, {"flags", kHex}}, -1, kAnonymous},
    // Reads and writes.
    {SYS_read, kTransfers, Role::kRead, {{"fd", kDescriptor}, {"buf", kBuffer}, {"count", kSize}}, 0},
    {SYS_readv, kTransfers, Role::kRead, {{"fd", kDescriptor}, {"iov", kVector}, {"iovcnt", kNumber}}, 0},
    {SYS_pread64, kTransfers, Role::kRead, {{"fd", kDescriptor}, {"buf", kBuffer}, {"count", kSize}, {"offset", kSize}}, 0},
    {SYS_preadv, kTransfers, Role::kRead, {{"fd", kDescriptor}, {"iov", kVector}, {"iovcnt", kNumber}}, 0},
    {SYS_preadv2, kTransfers, Role::kRead, {{"fd", kDescriptor}, {"iov", kVector}, {"iovcnt", kNumber}}, 0},
    {SYS_recvfrom, kTransfers, Role::kRead, {{"fd", kDescriptor}, {"buf", kBuffer}, {"count", kSize}, {"flags", kHex}}, 0},
    {SYS_recvmsg, kTransfers, Role::kRead, {{"fd", kDescriptor}, {"msg", kMessage}, {"flags", kHex}}, 0},
    {SYS_recvmmsg, kTransfers, Role::kRead, {{"fd", kDescriptor}, {"msgs", kMessages}, {"count", kSize}}, 0},
    {SYS_write, kTransfers, Role::kWrite, {{"fd", kDescriptor}, {"buf", kBuffer}, {"count", kSize}}, 0},
    {SYS_writev, kTransfers, Role::kWrite, {{"fd", kDescriptor}, {"iov", kVector}, {"iovcnt", kNumber}}, 0},
    {SYS_pwrite64, kTransfers, Role::kWrite, {{"fd", kDescriptor}, {"buf", kBuffer}, {"count", kSize}, {"offset", kSize}}, 0},
    {SYS_pwritev, kTransfers, Role::kWrite, {{"fd", kDescriptor}, {"iov", kVector}, {"iovcnt", kNumber}}, 0},
    {SYS_pwritev2, kTransfers, Role::kWrite, {{"fd", kDescriptor}, {"iov", kVector}, {"iovcnt", kNumber}}, 0},
    {SYS_sendto, kTransfers, Role::kWrite, {{"fd", kDescriptor}, {"buf", kBuffer}, {"count", kSize}, {"flags", kHex}}, 0},
    {SYS_sendmsg, kTransfers, Role::kWrite, {{"fd", kDescriptor}, {"msg", kMessage}, {"flags", kHex}}, 0},
    {SYS_sendmmsg, kTransfers, Role::kWrite, {{"fd", kDescriptor}, {"msgs", kMessages}, {"count", kSize}}, 0},
    {SYS_sendfile, kTransfers, Role::kWrite, {{"fd", kDescriptor}, {"from", kDescriptor}, {"offset", kPointer}, {"count", kSize}}, 0, kNone, 0, 1},
    {SYS_splice, kTransfers, Role::kWrite, {{"from", kDescriptor}, {"offset", kPointer}, {"fd", kDescriptor}, {"offset", kPointer}, {"count", kSize}}, 2, kNone, 0, 0},
    {SYS_copy_file_range, kTransfers, Role::kWrite, {{"from", kDescriptor}, {"offset", kPointer}, {"fd", kDescriptor}, {"offset", kPointer}, {"count", kSize}}, 2, kNone, 0, 0},
    {SYS_tee, kTransfers, Role::kWrite, {{"from", kDescriptor}, {"fd", kDescriptor}, {"count", kSize}}, 1},
    {SYS_vmsplice, kTransfers, Role::kWrite, {{"fd", kDescriptor}, {"iov", kVector}, {"iovcnt", kNumber}}, 0},
    {SYS_poll, kTransfers, kAsks, {{"fds", kPollSet}, {"nfds", kNumber}, {"timeout", kNumber}}},
    {SYS_ppoll, kTransfers, kAsks, {{"fds", kPollSet}, {"nfds", kNumber}, {"timeout", kTime}}},
    {SYS_select, kTransfers, kAsks, {{"nfds", kNumber}, {"readfds", kFdSet}, {"writefds", kFdSet}, {"exceptfds", kFdSet}, {"timeout", kTimeval}}},
    {SYS_pselect6, kTransfers, kAsks, {{"nfds", kNumber}, {"readfds", kFdSet}, {"writefds", kFdSet}, {"exceptfds", kFdSet}, {"timeout", kTime}}},
    {SYS_epoll_ctl, kTransfers, kTold, {{"epfd", kDescriptor}, {"op", kEpollHow}, {"fd", kDescriptor}}, 2},
    {SYS_epoll_wait, kTransfers, kAsks, {{"epfd", kDescriptor}, {"events", kPointer}, {"maxevents", kNumber}, {"timeout", kNumber}}, 0},
    {SYS_epoll_pwait, kTransfers, kAsks, {{"epfd", kDescriptor}, {"events", kPointer}, {"maxevents", kNumber}, {"timeout", kNumber}}, 0},
    {SYS_epoll_pwait2, kTransfers, kAsks, {{"epfd", kDescriptor}, {"events", kPointer}, {"maxevents", kNumber}, {"timeout", kTime}}, 0},
    // Signals.
    {SYS_kill, kAlways, Role::kKill, {{"pid", kProcess}, {"signal", kSignal}}},
    {SYS_tkill, kAlways, Role::kKill, {{"tid", kProcess}, {"signal", kSignal}}},
    {SYS_tgkill, kAlways, Role::kKill, {{"pid", kProcess}, {"tid", kProcess}, {"signal", kSignal}}},
    {SYS_rt_sigqueueinfo, kAlways, Role::kKill, {{"pid", kProcess}, {"signal", kSignal}}},
    {SYS_rt_tgsigqueueinfo, kAlways, Role::kKill, {{"pid", kProcess}, {"tid", kProcess}, {"signal", kSignal}}},
    {SYS_pidfd_send_signal, kAlways, Role::kKill, {{"pidfd", kDescriptor}, {"signal", kSignal}}, 0},
    {SYS_rt_sigaction, kAlways, Role::kSigaction, {{"signal", kSignal}, {"action", kAction}}},
    {SYS_rt_sigprocmask, kSignals, kAsks, {{"how", kHow}, {"set", kSignalSet}}},
    {SYS_pause, kAlways, kAsks, {}},
    {SYS_rt_sigsuspend, kAlways, kAsks, {{"mask", kSignalSet}}},
    {SYS_rt_sigtimedwait, kAlways, Role::kSigwait, {{"set", kSignalSet}, {"info", kPointer}, {"timeout", kTime}}},
    {SYS_alarm, kAlways, kTold, {{"seconds", kSeconds}}},
    {SYS_setitimer, kAlways, kTold, {{"which", kNumber}, {"value", kInterval}}},
    {SYS_timer_create, kAlways, kTold, {{"clock", kNumber}, {"event", kPointer}}},
    {SYS_timer_settime, kAlways, kTold, {{"timer", kNumber}, {"flags", kHex}, {"value", kTimerValue}}},
    {SYS_timer_delete, kAlways, kTold, {{"timer", kNumber}}},
    {SYS_timerfd_settime, kAlways, kTold, {{"fd", kDescriptor}, {"flags", kHex}, {"value", kTimerValue}}, 0},
    {SYS_nanosleep, kAlways, kAsks, {{"time", kTime}}},
    {SYS_clock_nanosleep, kAlways, kAsks, {{"clock", kNumber}, {"flags", kHex}, {"time", kTime}}},
    // Sockets.
    {SYS_socket, kAlways, kTold, {{"family", kFamily}, {"type", kSocketType}, {"protocol", kNumber}}, -1, kFd},
    {SYS_socketpair, kAlways, kTold, {{"family", kFamily}, {"type", kSocketType}, {"protocol", kNumber}, {"fds", kPair}}, -1, Makes::kPair, 3},
    {SYS_bind, kAlways, kTold, {{"fd", kDescriptor}, {"address", kAddress}, {"length", kNumber}}, 0},
    {SYS_listen, kAlways, kTold, {{"fd", kDescriptor}, {"backlog", kNumber}}, 0},
    {SYS_connect, kAlways, kTold, {{"fd", kDescriptor}, {"address", kAddress}, {"length", kNumber}}, 0},
    {SYS_accept, kAlways, kTold, {{"fd", kDescriptor}, {"address", kAddressOut}, {"length", kPointer}}, 0, kFd},
    {SYS_accept4, kAlways, kTold, {{"fd", kDescriptor}, {"address", kAddressOut}, {"length", kPointer}, {"flags", kPipeFlags}}, 0, kFd},
    {SYS_shutdown, kAlways, kTold, {{"fd", kDescriptor}, {"how", kShutdown}}, 0},
    {SYS_setsockopt, kAlways, kTold, {{"fd", kDescriptor}, {"level", kSocketLevel}, {"option", kSocketOption}}, 0},
    // Files.
    {SYS_unlink, kFiles, kTold, {{"path", kPath}}},
    {SYS_unlinkat, kFiles, kTold, {{"dirfd", kDirectory}, {"path", kPath}, {"flags", kHex}}},
    {SYS_rename, kFiles, kTold, {{"from", kPath}, {"to", kPath}}},
    {SYS_renameat2, kFiles, kTold, {{"fromfd", kDirectory}, {"from", kPath}, {"tofd", kDirectory}, {"to", kPath}}},
    {SYS_mknod, kFiles, kTold, {{"path", kPath}, {"mode", kMode}}},
    {SYS_mknodat, kFiles, kTold, {{"dirfd", kDirectory}, {"path", kPath}, {"mode", kMode}}},
    {SYS_mkdir, kFiles, kTold, {{"path", kPath}, {"mode", kMode}}},
    {SYS_mkdirat, kFiles, kTold, {{"dirfd", kDirectory}, {"path", kPath}, {"mode", kMode}}},
    {SYS_chmod, kFiles, kTold, {{"path", kPath}, {"mode", kMode}}},
    {SYS_fchmodat, kFiles, kTold, {{"dirfd", kDirectory}, {"path", kPath}, {"mode", kMode}}},
    {SYS_ftruncate, kFiles, kTold, {{"fd", kDescriptor}, {"length", kSize}}, 0},
    {SYS_truncate, kFiles, kTold, {{"path", kPath}, {"length", kSize}}},
    {SYS_chdir, kFiles, kTold, {{"path", kPath}}},
    {SYS_flock, kFiles, kTold, {{"fd", kDescriptor}, {"operation", kNumber}}, 0},
    // Shared memory, semaphores, message queues.
    {SYS_mmap, kMemory, kTold, {{"address", kPointer}, {"length", kSize}, {"protection", kProtection}, {"flags", kMapFlags}, {"fd", kDescriptor}, {"offset", kSize}}, 4, kMapping},
    {SYS_shmget, kMemory, kTold, {{"key", kHex}, {"size", kSize}, {"flags", kIpcFlags}}},
    {SYS_shmat, kMemory, kTold, {{"id", kNumber}, {"address", kPointer}, {"flags", kHex}}, -1, kMapping},
    {SYS_shmdt, kMemory, kTold, {{"address", kPointer}}},
    {SYS_shmctl, kMemory, kTold, {{"id", kNumber}, {"command", kIpcCommand}}},
    {SYS_semget, kMemory, kTold, {{"key", kHex}, {"count", kNumber}, {"flags", kIpcFlags}}},
    {SYS_semop, kMemory, kTold, {{"id", kNumber}, {"operations", kSemaphoreOperations}, {"count", kNumber}}},
    {SYS_semtimedop, kMemory, kTold, {{"id", kNumber}, {"operations", kSemaphoreOperations}, {"count", kNumber}, {"timeout", kTime}}},
    {SYS_semctl, kMemory, kTold, {{"id", kNumber}, {"number", kNumber}, {"command", kIpcCommand}}},
    {SYS_msgget, kMemory, kTold, {{"key", kHex}, {"flags", kIpcFlags}}},
    {SYS_msgsnd, kMemory, kTold, {{"id", kNumber}, {"message", kBuffer}, {"size", kSize}}},
    {SYS_msgrcv, kMemory, kTold, {{"id", kNumber}, {"message", kBuffer}, {"size", kSize}}},
    {SYS_msgctl, kMemory, kTold, {{"id", kNumber}, {"command", kIpcCommand}}},
    {SYS_mq_open, kMemory, kTold, {{"name", kPath}, {"flags", kOpenFlags}, {"mode", kMode}}, -1, kFd},
    {SYS_mq_unlink, kMemory, kTold, {{"name", kPath}}},
    {SYS_mq_timedsend, kMemory, kTold, {{"fd", kDescriptor}, {"message", kBuffer}, {"size", kSize}}, 0},
    {SYS_mq_timedreceive, kMemory, kTold, {{"fd", kDescriptor}, {"message", kBuffer}, {"size", kSize}}, 0},
  };
}
// clang-format on

const std::vector<Row>& Rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> named = MakeRows();
    for (Row& row : named) {
      row.name = SyscallName(row.call);
      row.family = SyscallFamily(row.call);
    }
    return named;
  }();
  return rows;
}

constexpr size_t kMostCalls = 512;

std::array<const Row*, kMostCalls> MakeIndex() {
  std::array<const Row*, kMostCalls> index{};
  for (const Row& row : Rows()) index[static_cast<size_t>(row.call)] = &row;
  return index;
}

}  // namespace

const Row* Find(int call) {
  static const auto index = MakeIndex();
  return call >= 0 && static_cast<size_t>(call) < kMostCalls ? index[static_cast<size_t>(call)]
                                                             : nullptr;
}

std::span<const Row> All() { return Rows(); }

}  // namespace plumbline::trace::decode
