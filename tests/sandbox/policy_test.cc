// SPDX-License-Identifier: MIT
// The filter, interpreted here for any call and arguments, and in the kernel for some.
#include "sandbox/policy.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstring>
#include <set>

#include "base/syscalls.h"
#include "tests/sandbox/harness.h"

namespace plumbline::sandbox::testing {
namespace {

using Arguments = std::array<uint64_t, 6>;

// Classic BPF as seccomp uses it.
uint32_t Decide(const std::string& filter, const seccomp_data& call) {
  const auto* code = reinterpret_cast<const sock_filter*>(filter.data());
  const size_t size = filter.size() / sizeof(sock_filter);
  uint32_t a = 0;
  for (size_t at = 0; at < size; ++at) {
    const sock_filter& step = code[at];
    const auto branch = [&](bool taken) { at += taken ? step.jt : step.jf; };
    switch (step.code) {
      case BPF_LD | BPF_W | BPF_ABS:
        std::memcpy(&a, reinterpret_cast<const char*>(&call) + step.k, sizeof a);
        break;
      case BPF_ALU | BPF_AND | BPF_K:
        a &= step.k;
        break;
      case BPF_JMP | BPF_JEQ | BPF_K:
        branch(a == step.k);
        break;
      case BPF_JMP | BPF_JGT | BPF_K:
        branch(a > step.k);
        break;
      case BPF_JMP | BPF_JGE | BPF_K:
        branch(a >= step.k);
        break;
      case BPF_JMP | BPF_JSET | BPF_K:
        branch((a & step.k) != 0);
        break;
      case BPF_RET | BPF_K:
        return step.k;
      default:
        ADD_FAILURE() << "an instruction of an unknown kind: " << step.code;
        return 0;
    }
  }
  ADD_FAILURE() << "the filter has no end";
  return 0;
}

uint32_t Decide(const std::string& filter, int number, const Arguments& arguments = {},
                uint32_t arch = AUDIT_ARCH_X86_64) {
  seccomp_data call{number, arch, 0, {}};
  std::copy(arguments.begin(), arguments.end(), call.args);
  return Decide(filter, call);
}

constexpr uint32_t Errno(int code) { return SECCOMP_RET_ERRNO | static_cast<uint32_t>(code); }

TEST(Policy, EveryRowHasAReasonAndHoldsForItsCall) {
  const std::string filter = PolicyFilter();
  for (const PolicyRow& row : DescribePolicy()) {
    EXPECT_NE(row.reason, "") << row.call;
    EXPECT_NE(row.outcome, "") << row.call;
    if (row.when.empty()) {
      EXPECT_EQ(Decide(filter, row.call) & SECCOMP_RET_ACTION_FULL, SECCOMP_RET_ERRNO)
          << SyscallName(row.call);
    }
  }
}

TEST(Policy, AllowsEveryOtherCall) {
  std::set<int> named;
  for (const PolicyRow& row : DescribePolicy()) named.insert(row.call);
  const std::string filter = PolicyFilter();
  for (int call = 0; call <= SYS_set_mempolicy_home_node; ++call) {
    if (!named.contains(call)) {
      EXPECT_EQ(Decide(filter, call), SECCOMP_RET_ALLOW) << call;
    }
  }
}

TEST(Policy, RefusesTheKnownHoles) {
  const std::string filter = PolicyFilter();
  for (const int call :
       {SYS_keyctl, SYS_io_uring_setup, SYS_bpf, SYS_ptrace, SYS_unshare, SYS_setns, SYS_mount,
        SYS_open_by_handle_at, SYS_pidfd_getfd, SYS_userfaultfd})
    EXPECT_EQ(Decide(filter, call), Errno(EPERM)) << SyscallName(call);
}

TEST(Policy, YoungerCallsAreUnknown) {
  EXPECT_EQ(Decide(PolicyFilter(), SYS_set_mempolicy_home_node + 1), Errno(ENOSYS));
  EXPECT_EQ(Decide(PolicyFilter(), 9999), Errno(ENOSYS));
}

TEST(Policy, ForeignArchitecturesAreKilled) {
  const std::string filter = PolicyFilter();
  EXPECT_EQ(Decide(filter, SYS_read, {}, AUDIT_ARCH_I386), SECCOMP_RET_KILL_PROCESS);
  EXPECT_EQ(Decide(filter, SYS_read, {}, AUDIT_ARCH_AARCH64), SECCOMP_RET_KILL_PROCESS);
  EXPECT_EQ(Decide(filter, 0x40000000 | SYS_getpid), SECCOMP_RET_KILL_PROCESS);
}

TEST(Policy, ASuppressedCallPasses) { EXPECT_EQ(Decide(PolicyFilter(), -1), SECCOMP_RET_ALLOW); }

TEST(Policy, CloneMakesProcessesAndThreadsButNoNamespaces) {
  const std::string filter = PolicyFilter();
  EXPECT_EQ(Decide(filter, SYS_clone, {SIGCHLD}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_clone, {CLONE_VM | CLONE_THREAD | CLONE_SIGHAND}),
            SECCOMP_RET_ALLOW);
  for (const uint64_t flag : {CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWIPC,
                              CLONE_NEWUTS, CLONE_NEWCGROUP, CLONE_UNTRACED})
    EXPECT_EQ(Decide(filter, SYS_clone, {flag | SIGCHLD}), Errno(EPERM)) << flag;
  EXPECT_EQ(Decide(filter, SYS_clone3), Errno(ENOSYS));
}

TEST(Policy, SocketsOfTheLabOnly) {
  const std::string filter = PolicyFilter();
  for (const uint64_t family : {AF_UNIX, AF_INET, AF_INET6})
    EXPECT_EQ(Decide(filter, SYS_socket, {family, SOCK_STREAM}), SECCOMP_RET_ALLOW) << family;
  for (const uint64_t family : {AF_VSOCK, AF_PACKET, AF_ALG, AF_BLUETOOTH, AF_KEY, 0, 77})
    EXPECT_EQ(Decide(filter, SYS_socket, {family, SOCK_STREAM}), Errno(EAFNOSUPPORT)) << family;
  // The kernel takes the low half: a high half must not open a door, nor close one.
  constexpr uint64_t kHigh = 1ULL << 32;
  EXPECT_EQ(Decide(filter, SYS_socket, {kHigh | AF_VSOCK}), Errno(EAFNOSUPPORT));
  EXPECT_EQ(Decide(filter, SYS_socket, {kHigh | AF_INET}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_socket, {AF_NETLINK, SOCK_RAW, NETLINK_ROUTE}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_socket, {AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG}),
            SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_socket, {AF_NETLINK, SOCK_RAW, NETLINK_AUDIT}),
            Errno(EPROTONOSUPPORT));
}

TEST(Policy, PairsOfSocketsAreOfTheLabToo) {
  const std::string filter = PolicyFilter();
  for (const uint64_t family : {AF_UNIX, AF_INET, AF_INET6})
    EXPECT_EQ(Decide(filter, SYS_socketpair, {family, SOCK_STREAM}), SECCOMP_RET_ALLOW) << family;
  for (const uint64_t family : {AF_VSOCK, AF_TIPC, AF_NETLINK})
    EXPECT_EQ(Decide(filter, SYS_socketpair, {family, SOCK_STREAM}), Errno(EAFNOSUPPORT)) << family;
}

TEST(Policy, PipesAreNoLargerThanUsual) {
  const std::string filter = PolicyFilter();
  EXPECT_EQ(Decide(filter, SYS_fcntl, {0, F_SETPIPE_SZ, 4096}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_fcntl, {0, F_SETPIPE_SZ, 65536}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_fcntl, {0, F_SETPIPE_SZ, 65537}), Errno(EPERM));
  EXPECT_EQ(Decide(filter, SYS_fcntl, {0, F_SETFL, 1 << 20}), SECCOMP_RET_ALLOW);
}

TEST(Policy, ProgramsStayOpenToTheGrader) {
  const std::string filter = PolicyFilter();
  EXPECT_EQ(Decide(filter, SYS_prctl, {PR_SET_DUMPABLE, 0}), Errno(0));
  EXPECT_EQ(Decide(filter, SYS_prctl, {PR_SET_DUMPABLE, 1}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_prctl, {PR_SET_NAME, 0}), SECCOMP_RET_ALLOW);
}

TEST(Policy, TerminalsTypeForNobody) {
  const std::string filter = PolicyFilter();
  constexpr uint64_t kHigh = 1ULL << 32;
  for (const uint64_t request : {uint64_t{TIOCSTI}, uint64_t{TIOCLINUX}, kHigh | TIOCSTI})
    EXPECT_EQ(Decide(filter, SYS_ioctl, {0, request}), Errno(EPERM)) << request;
  EXPECT_EQ(Decide(filter, SYS_ioctl, {0, TIOCGWINSZ}), SECCOMP_RET_ALLOW);
}

TEST(Policy, PersonalityMayBeAsked) {
  const std::string filter = PolicyFilter();
  EXPECT_EQ(Decide(filter, SYS_personality, {0xffffffff}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_personality, {0x0040000}), Errno(EPERM));
}

TEST(Policy, LimitsAreOnesOwn) {
  const std::string filter = PolicyFilter();
  EXPECT_EQ(Decide(filter, SYS_prlimit64, {0, 7}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_prlimit64, {1, 7}), Errno(EPERM));
}

TEST(Policy, CrashesStartNoProgramOutside) {
  const std::string filter = PolicyFilter();
  constexpr uint64_t kLowHalfOnly = 0x1000;
  constexpr uint64_t kHighHalfOnly = 1ULL << 32;
  EXPECT_EQ(Decide(filter, SYS_setrlimit, {RLIMIT_CORE, 1}), Errno(0));
  EXPECT_EQ(Decide(filter, SYS_prlimit64, {0, RLIMIT_CORE, kLowHalfOnly}), Errno(0));
  EXPECT_EQ(Decide(filter, SYS_prlimit64, {0, RLIMIT_CORE, kHighHalfOnly}), Errno(0));
  EXPECT_EQ(Decide(filter, SYS_prlimit64, {0, RLIMIT_CORE, 0, 1}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_prlimit64, {0, RLIMIT_NOFILE, 1}), SECCOMP_RET_ALLOW);
}

TEST(Policy, FiltersMayBeAddedWithoutAListener) {
  const std::string filter = PolicyFilter();
  EXPECT_EQ(Decide(filter, SYS_seccomp, {SECCOMP_SET_MODE_FILTER, 0}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(
      Decide(filter, SYS_seccomp, {SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER}),
      Errno(EPERM));
}

TEST(TraceRules, StopTheTracerUnlessThePolicyDenies) {
  const std::vector<TraceRule> rules{{.call = SYS_read, .argument = {}},
                                     {.call = SYS_clone, .argument = {}},
                                     {.call = SYS_ptrace, .argument = {}}};
  const std::string filter = MakeFilter(rules).value();
  EXPECT_EQ(Decide(filter, SYS_read), SECCOMP_RET_TRACE);
  EXPECT_EQ(Decide(filter, SYS_write), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_clone, {SIGCHLD}), SECCOMP_RET_TRACE);
  EXPECT_EQ(Decide(filter, SYS_clone, {CLONE_NEWUSER}), Errno(EPERM));
  EXPECT_EQ(Decide(filter, SYS_ptrace), Errno(EPERM));
}

TEST(TraceRules, LookAtOneArgument) {
  const std::vector<TraceRule> rules{
      {.call = SYS_mmap, .argument = 3, .mask = 1, .value = 1},
      {.call = SYS_lseek, .argument = 1, .mask = ~0ULL, .value = (5ULL << 32) | 6}};
  const std::string filter = MakeFilter(rules).value();
  EXPECT_EQ(Decide(filter, SYS_mmap, {0, 0, 0, 0x21}), SECCOMP_RET_TRACE);
  EXPECT_EQ(Decide(filter, SYS_mmap, {0, 0, 0, 0x22}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_lseek, {0, (5ULL << 32) | 6}), SECCOMP_RET_TRACE);
  EXPECT_EQ(Decide(filter, SYS_lseek, {0, 6}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_lseek, {0, (5ULL << 32) | 7}), SECCOMP_RET_ALLOW);
}

TEST(TraceRules, LookWhetherAnArgumentDiffers) {
  const std::vector<TraceRule> rules{
      {.call = SYS_rt_sigaction, .argument = 1, .mask = ~0ULL, .value = 0, .unless = true},
      {.call = SYS_lseek, .argument = 2, .mask = 0xff, .value = 3, .unless = true},
      {.call = SYS_read, .argument = {}}};
  const std::string filter = MakeFilter(rules).value();
  EXPECT_EQ(Decide(filter, SYS_rt_sigaction, {2, 0, 7}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_rt_sigaction, {2, 1, 0}), SECCOMP_RET_TRACE);
  EXPECT_EQ(Decide(filter, SYS_rt_sigaction, {2, 1ULL << 32, 0}), SECCOMP_RET_TRACE);
  EXPECT_EQ(Decide(filter, SYS_lseek, {0, 0, 0x103}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(filter, SYS_lseek, {0, 0, 0x104}), SECCOMP_RET_TRACE);
  EXPECT_EQ(Decide(filter, SYS_read), SECCOMP_RET_TRACE);
}

TEST(TraceRules, RefuseAnArgumentThatNoCallHas) {
  const TraceRule rule{.call = SYS_read, .argument = 6};
  EXPECT_EQ(MakeFilter({&rule, 1}).error().message, "a system call has no argument 6");
}

using PolicyInside = SandboxTest;
FOR_EACH_ACCOUNT(PolicyInside);

TEST_P(PolicyInside, TheKernelTakesIt) {
  InSandbox([](Sandbox& box) {
    struct Case {
      long call;
      std::vector<std::string> arguments;
      const char* answer;
    };
    const Case cases[] = {
        {SYS_keyctl, {"0", "-3", "0"}, "EPERM"},  // the session keyring
        {SYS_io_uring_setup, {"4", "0"}, "EPERM"},
        {SYS_bpf, {"0", "0", "0"}, "EPERM"},
        {SYS_unshare, {"0x10000000"}, "EPERM"},
        {SYS_clone, {"0x10000011"}, "EPERM"},
        {SYS_clone3, {"0", "0"}, "ENOSYS"},
        {SYS_socket, {"40", "1", "0"}, "EAFNOSUPPORT"},
        {SYS_personality, {"0xffffffff"}, "ok 0"},
        {SYS_personality, {"0x0040000"}, "EPERM"},
        {SYS_sched_setaffinity, {"0", "0", "0"}, "ok 0"},
        {470, {}, "ENOSYS"},
    };
    for (const auto& [call, arguments, answer] : cases) {
      std::vector<std::string> all{std::to_string(call)};
      all.insert(all.end(), arguments.begin(), arguments.end());
      EXPECT_EQ(RunTracee(box, "one_call", all).out, std::string(answer) + "\n")
          << SyscallName(static_cast<int>(call));
    }
  });
}

TEST_P(PolicyInside, ForeignDoorsKill) {
  InSandbox([](Sandbox& box) {
    for (const char* tracee : {"call_int80", "call_x32"}) {
      const Outcome outcome = RunTracee(box, tracee);
      EXPECT_EQ(outcome.out, "before\n") << tracee;
      EXPECT_EQ(outcome.killed_by, SIGSYS) << tracee;
    }
  });
}

TEST_P(PolicyInside, LabToolsWork) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunShell(box,
                       "python3 -c 'import threading, subprocess\n"
                       "t = threading.Thread(target=print, args=(\"thread\",))\n"
                       "t.start(); t.join()\n"
                       "print(subprocess.run([\"echo\", \"child\"], capture_output=True, "
                       "text=True).stdout, end=\"\")' && seq 3 | sort -r | head -1")
                  .out,
              "thread\nchild\n3\n");
  });
}

}  // namespace
}  // namespace plumbline::sandbox::testing
