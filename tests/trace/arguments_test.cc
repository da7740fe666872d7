// SPDX-License-Identifier: MIT
// Arguments as people read them. The task whose memory is read is this one.
#include "trace/decode/arguments.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstring>
#include <ctime>

namespace plumbline::trace::decode {
namespace {

template <typename T>
uint64_t At(const T& value) {
  return reinterpret_cast<uint64_t>(&value);
}
uint64_t At(const char* text) { return reinterpret_cast<uint64_t>(text); }

// The arguments of a call in one line, without their names.
std::string Told(int call, std::initializer_list<uint64_t> args, int64_t result = 0) {
  Entry entry{.number = call};
  std::copy(args.begin(), args.end(), std::begin(entry.args));
  std::string text;
  for (const auto& [name, value] : Arguments(*Find(call), entry, HostPid{::getpid()}, result))
    text += (text.empty() ? "" : ", ") + value;
  return text;
}

constexpr uint64_t kHere = static_cast<uint64_t>(AT_FDCWD);

TEST(Arguments, PathsFlagsModes) {
  EXPECT_EQ(Told(SYS_openat, {kHere, At("a b"), O_RDONLY | O_CLOEXEC, 0}),
            "AT_FDCWD, a b, O_RDONLY|O_CLOEXEC, 0000");
  EXPECT_EQ(Told(SYS_openat, {3, At("x"), O_WRONLY | O_CREAT | O_TRUNC | 0100000, 0644}),
            "3, x, O_WRONLY|O_CREAT|O_TRUNC, 0644");
  EXPECT_EQ(Told(SYS_open, {At("x"), O_RDWR | 0x40000000, 0}), "x, O_RDWR|0x40000000, 0000");
  EXPECT_EQ(Told(SYS_mkdir, {At("d"), 04755}), "d, 4755");
  EXPECT_EQ(Told(SYS_unlink, {0}), "NULL");
  EXPECT_EQ(Told(SYS_unlink, {1}), "");  // nothing to read there
  EXPECT_EQ(Told(SYS_pipe2, {1, O_NONBLOCK | O_CLOEXEC}, -EMFILE), "..., O_CLOEXEC|O_NONBLOCK");
}

TEST(Arguments, WhatTheKernelFillsIn) {
  const int pair[2] = {3, 4};
  EXPECT_EQ(Told(SYS_pipe2, {At(pair), 0}, 0), "[3, 4], 0");
  EXPECT_EQ(Told(SYS_pipe2, {At(pair), 0}, -EFAULT), "..., 0");
  const int statuses[] = {3 << 8, SIGTERM, SIGSEGV | 0x80, SIGTSTP << 8 | 0x7f, 0xffff};
  const char* words[] = {"exited 3", "killed SIGTERM", "killed SIGSEGV, core", "stopped SIGTSTP",
                         "continued"};
  for (size_t i = 0; i < std::size(statuses); ++i)
    EXPECT_EQ(Told(SYS_wait4, {5, At(statuses[i]), 0}, 5), std::string("5, ") + words[i] + ", 0");
  EXPECT_EQ(Told(SYS_wait4, {static_cast<uint64_t>(-1), At(statuses[0]), WNOHANG | WUNTRACED}, 0),
            "-1, ..., WNOHANG|WUNTRACED");
}

TEST(Arguments, ChildrenOfWaitid) {
  siginfo_t info{};
  const auto told = [&] { return Told(SYS_waitid, {P_ALL, 0, At(info), WEXITED | WNOWAIT}); };
  EXPECT_EQ(told(), "0, 0, nobody, WEXITED|WNOWAIT");
  info.si_pid = 7;
  info.si_status = 2;
  const std::pair<int, const char*> codes[] = {{CLD_EXITED, "7 exited 2"},
                                               {CLD_KILLED, "7 killed SIGINT"},
                                               {CLD_DUMPED, "7 killed SIGINT, core"},
                                               {CLD_STOPPED, "7 stopped SIGINT"},
                                               {CLD_CONTINUED, "7 continued"},
                                               {99, "7"}};
  for (const auto& [code, words] : codes) {
    info.si_code = code;
    EXPECT_EQ(told(), std::string("0, 0, ") + words + ", WEXITED|WNOWAIT");
  }
}

TEST(Arguments, Signals) {
  EXPECT_EQ(Told(SYS_kill, {5, SIGUSR1}), "5, SIGUSR1");
  EXPECT_EQ(Told(SYS_kill, {static_cast<uint64_t>(-1), 0}), "-1, 0");
  const uint64_t set = 1ULL << (SIGINT - 1) | 1ULL << (SIGTERM - 1);
  EXPECT_EQ(Told(SYS_rt_sigprocmask, {SIG_BLOCK, At(set)}), "SIG_BLOCK, [SIGINT SIGTERM]");
  EXPECT_EQ(Told(SYS_rt_sigprocmask, {SIG_SETMASK, 0}), "SIG_SETMASK, NULL");
  EXPECT_EQ(Told(SYS_rt_sigsuspend, {1}), "...");
  uint64_t action[4] = {0, 0, 0, 0};
  const auto told = [&] { return Told(SYS_rt_sigaction, {SIGCHLD, At(action)}); };
  EXPECT_EQ(told(), "SIGCHLD, SIG_DFL");
  action[0] = 1;
  EXPECT_EQ(told(), "SIGCHLD, SIG_IGN");
  action[0] = 4711;
  EXPECT_EQ(told(), "SIGCHLD, handler");
  action[1] = SA_RESTART | SA_NOCLDSTOP | 0x04000000;
  EXPECT_EQ(told(), "SIGCHLD, handler, SA_RESTART|SA_NOCLDSTOP");
  EXPECT_EQ(Told(SYS_rt_sigaction, {SIGCHLD, 1}), "SIGCHLD, ...");
}

TEST(Arguments, Clone) {
  EXPECT_EQ(Told(SYS_clone, {SIGCHLD}), "SIGCHLD");
  EXPECT_EQ(Told(SYS_clone, {CLONE_VM | CLONE_VFORK | SIGCHLD}), "SIGCHLD|CLONE_VM|CLONE_VFORK");
  EXPECT_EQ(Told(SYS_clone, {CLONE_VM | CLONE_THREAD}), "CLONE_VM|CLONE_THREAD");
  EXPECT_EQ(Told(SYS_clone, {0}), "0");
}

TEST(Arguments, Sockets) {
  EXPECT_EQ(Told(SYS_socket, {AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0}),
            "AF_INET, SOCK_STREAM|SOCK_CLOEXEC, 0");
  EXPECT_EQ(Told(SYS_socket, {AF_UNIX, SOCK_DGRAM, 0}), "AF_UNIX, SOCK_DGRAM, 0");
  EXPECT_EQ(Told(SYS_socket, {99, 7, 0}), "99, 7, 0");
  EXPECT_EQ(Told(SYS_shutdown, {3, SHUT_RDWR}), "3, SHUT_RDWR");
  EXPECT_EQ(Told(SYS_setsockopt, {3, SOL_SOCKET, SO_RCVTIMEO}), "3, SOL_SOCKET, SO_RCVTIMEO");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(8080);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(Told(SYS_bind, {3, At(address), sizeof address}), "3, 127.0.0.1:8080, 16");
  const socklen_t length = sizeof address;
  EXPECT_EQ(Told(SYS_accept, {3, At(address), At(length)}, 4), "3, 127.0.0.1:8080, ...");
  EXPECT_EQ(Told(SYS_accept, {3, 0, 0}, 4), "3, NULL, NULL");
  EXPECT_EQ(Told(SYS_accept, {3, At(address), 1}, 4), "3, ..., ...");
}

TEST(Arguments, Sets) {
  const pollfd polled[] = {{3, POLLIN, 0}, {5, POLLIN | POLLOUT, POLLHUP}};
  EXPECT_EQ(Told(SYS_poll, {At(polled), 2, static_cast<uint64_t>(-1)}),
            "[3 POLLIN, 5 POLLIN|POLLOUT: POLLHUP], 2, -1");
  EXPECT_EQ(Told(SYS_poll, {At(polled), 0, 5}), "[], 0, 5");
  fd_set set;
  FD_ZERO(&set);
  FD_SET(3, &set);
  FD_SET(17, &set);
  const timeval timeout{1, 500000};
  EXPECT_EQ(Told(SYS_select, {18, At(set), 0, 0, At(timeout)}),
            "18, [3, 17], NULL, NULL, 1.500000 s");
  EXPECT_EQ(Told(SYS_select, {4, At(set), 0, 0, 0}), "4, [3], NULL, NULL, NULL");
  EXPECT_EQ(Told(SYS_epoll_ctl, {4, 1, 5}), "4, EPOLL_CTL_ADD, 5");
  const pollfd many[100] = {};
  EXPECT_THAT(Told(SYS_poll, {At(many), 100, 0}), ::testing::HasSubstr(", ...], 100"));
}

TEST(Arguments, MemoryAndIpc) {
  EXPECT_EQ(Told(SYS_mmap, {0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                            static_cast<uint64_t>(-1), 0}),
            "NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED|MAP_ANONYMOUS, -1, 0");
  EXPECT_EQ(Told(SYS_mmap, {4096, 1, PROT_NONE, MAP_SHARED, 3, 8192}),
            "..., 1, PROT_NONE, MAP_SHARED, 3, 8192");
  EXPECT_EQ(Told(SYS_shmget, {0x11, 4096, IPC_CREAT | IPC_EXCL | 0600}),
            "0x11, 4096, IPC_CREAT|IPC_EXCL|0600");
  EXPECT_EQ(Told(SYS_shmget, {0x11, 4096, 0}), "0x11, 4096, 0000");
  EXPECT_EQ(Told(SYS_msgctl, {1, IPC_RMID}), "1, IPC_RMID");
  EXPECT_EQ(Told(SYS_semctl, {1, 0, 4711}), "1, 0, 4711");
  const sembuf operations[] = {{0, -1, SEM_UNDO}, {1, 2, IPC_NOWAIT}};
  EXPECT_EQ(Told(SYS_semop, {1, At(operations), 2}), "1, [0: -1 SEM_UNDO, 1: +2 IPC_NOWAIT], 2");
  EXPECT_EQ(Told(SYS_shmdt, {0x1000}), "...");
}

TEST(Arguments, Times) {
  const timespec time{1, 5};
  EXPECT_EQ(Told(SYS_nanosleep, {At(time)}), "1.000000005 s");
  EXPECT_EQ(Told(SYS_nanosleep, {1}), "...");
  EXPECT_EQ(Told(SYS_alarm, {60}), "60 s");
  const itimerval interval{{0, 250000}, {2, 0}};
  EXPECT_EQ(Told(SYS_setitimer, {ITIMER_REAL, At(interval)}), "0, 2.000000 s, every 0.250000 s");
  const itimerspec timer{{1, 0}, {0, 1}};
  EXPECT_EQ(Told(SYS_timer_settime, {0, TIMER_ABSTIME, At(timer)}),
            "0, 0x1, 0.000000001 s, every 1.000000000 s");
}

TEST(Arguments, DescriptorsAndTheirCommands) {
  EXPECT_EQ(Told(SYS_fcntl, {3, F_DUPFD_CLOEXEC, 10}), "3, F_DUPFD_CLOEXEC, 0xa");
  EXPECT_EQ(Told(SYS_fcntl, {3, 1234, 0}), "3, 1234, 0x0");
  EXPECT_EQ(Told(SYS_dup2, {3, 1}), "3, 1");
  EXPECT_EQ(Told(SYS_write, {1, At("text"), 4}, -EPIPE), "1, ..., 4");
  EXPECT_EQ(Told(SYS_close_range, {3, 0xffffffff, 0}), "3, -1, 0x0");
}

std::string AddressOf(const sockaddr_un& address, size_t path) {
  return Address({reinterpret_cast<const char*>(&address), offsetof(sockaddr_un, sun_path) + path});
}

TEST(Address, OfEachFamily) {
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  EXPECT_EQ(AddressOf(local, 0), "");
  std::strcpy(local.sun_path, "/lab/S");
  EXPECT_EQ(AddressOf(local, 7), "/lab/S");
  EXPECT_EQ(AddressOf(local, 6), "/lab/S");
  std::memcpy(local.sun_path, "\0name", 5);
  EXPECT_EQ(AddressOf(local, 5), "@name");
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(7);
  six.sin6_addr = in6addr_loopback;
  EXPECT_EQ(Address({reinterpret_cast<const char*>(&six), sizeof six}), "[::1]:7");
  EXPECT_EQ(Address(""), "");
  EXPECT_EQ(Address("x"), "");
  EXPECT_EQ(Address(std::string("\x63\0abc", 5)), "");
}

}  // namespace
}  // namespace plumbline::trace::decode
