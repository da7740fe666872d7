// SPDX-License-Identifier: MIT
// Names of signals, errors and system calls, and back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>

#include <cerrno>
#include <csignal>

#include "base/errno_names.h"
#include "base/signals.h"
#include "base/syscalls.h"

namespace plumbline {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(SignalName, IsThatOfTheManual) {
  EXPECT_EQ(SignalName(SIGUSR1), "SIGUSR1");
  EXPECT_EQ(SignalName(SIGIO), "SIGIO");
  EXPECT_EQ(SignalName(34), "SIGRTMIN");
  EXPECT_EQ(SignalName(37), "SIGRTMIN+3");
  EXPECT_EQ(SignalName(64), "SIGRTMIN+30");
}

TEST(SignalName, NeverFails) {
  EXPECT_EQ(SignalName(0), "signal 0");
  EXPECT_EQ(SignalName(32), "signal 32");
  EXPECT_EQ(SignalName(99), "signal 99");
  EXPECT_EQ(SignalName(-1), "signal -1");
}

TEST(SignalNumber, TakesBothSpellings) {
  EXPECT_EQ(SignalNumber("USR1"), SIGUSR1);
  EXPECT_EQ(SignalNumber("SIGUSR1"), SIGUSR1);
  EXPECT_EQ(SignalNumber("SYS"), SIGSYS);
}

TEST(SignalNumber, TakesSecondNames) {
  EXPECT_EQ(SignalNumber("CLD"), SIGCHLD);
  EXPECT_EQ(SignalNumber("SIGIOT"), SIGABRT);
  EXPECT_EQ(SignalNumber("POLL"), SIGIO);
}

TEST(SignalNumber, CountsRealTimeSignalsFromBothEnds) {
  EXPECT_EQ(SignalNumber("RTMIN"), 34);
  EXPECT_EQ(SignalNumber("SIGRTMIN+30"), 64);
  EXPECT_EQ(SignalNumber("RTMAX"), 64);
  EXPECT_EQ(SignalNumber("SIGRTMAX-2"), 62);
  for (const char* wrong : {"RTMIN+31", "RTMAX+1", "RTMIN-1", "RTMIN+", "RTMIN+-1", "RTMIN+1x"})
    EXPECT_EQ(SignalNumber(wrong), std::nullopt) << wrong;
}

TEST(SignalNumber, KnowsNoOtherWord) {
  for (const char* wrong : {"", "SIG", "usr1", "10", "USR3", "signal 32"})
    EXPECT_EQ(SignalNumber(wrong), std::nullopt) << wrong;
}

TEST(SignalNumber, UndoesSignalName) {
  for (int signal = 1; signal <= 64; ++signal) {
    if (signal == 32 || signal == 33) continue;
    EXPECT_EQ(SignalNumber(SignalName(signal)), signal);
  }
}

TEST(ErrnoName, IsThatOfTheManual) {
  EXPECT_EQ(ErrnoName(EAGAIN), "EAGAIN");
  EXPECT_EQ(ErrnoName(0), "errno 0");
  EXPECT_EQ(ErrnoName(-1), "errno -1");
  EXPECT_EQ(ErrnoName(4095), "errno 4095");
}

TEST(ErrnoNumber, UndoesErrnoName) {
  for (int code = 1; code <= EHWPOISON; ++code) {
    if (ErrnoName(code).starts_with("errno")) continue;  // 41 and 58 are not used
    EXPECT_EQ(ErrnoNumber(ErrnoName(code)), code);
  }
}

TEST(ErrnoNumber, TakesSecondNamesAndNoOtherWord) {
  EXPECT_EQ(ErrnoNumber("EWOULDBLOCK"), EAGAIN);
  EXPECT_EQ(ErrnoNumber("ENOTSUP"), EOPNOTSUPP);
  EXPECT_EQ(ErrnoNumber("EDEADLOCK"), EDEADLK);
  EXPECT_EQ(ErrnoNumber("11"), std::nullopt);
  EXPECT_EQ(ErrnoNumber("errno 41"), std::nullopt);
  EXPECT_EQ(ErrnoNumber(""), std::nullopt);
}

TEST(SyscallName, NeverFails) {
  EXPECT_EQ(SyscallName(SYS_openat), "openat");
  EXPECT_EQ(SyscallName(9999), "syscall 9999");
}

TEST(SyscallNumber, KnowsThisArchitectureOnly) {
  EXPECT_EQ(SyscallNumber("openat"), SYS_openat);
  EXPECT_EQ(SyscallNumber("socketcall"), std::nullopt);  // 32-bit x86 has it
  EXPECT_EQ(SyscallNumber("no_such_call"), std::nullopt);
}

TEST(SyscallsNamed, TakesFamiliesAndSingleCalls) {
  EXPECT_THAT(SyscallsNamed("pipe"), ElementsAre(SYS_pipe, SYS_pipe2));
  EXPECT_THAT(SyscallsNamed("write"), Contains(SYS_copy_file_range));  // cat(1) between files
  EXPECT_THAT(SyscallsNamed("dup2"), ElementsAre(SYS_dup2));
  EXPECT_THAT(SyscallsNamed("no_such_call"), IsEmpty());
}

TEST(SyscallFamily, IsOneAtMost) {
  EXPECT_EQ(SyscallFamily(SYS_readv), "read");
  EXPECT_EQ(SyscallFamily(SYS_clone3), "fork");
  EXPECT_EQ(SyscallFamily(SYS_dup2), "");
  EXPECT_THAT(SyscallFamilies(), SizeIs(12));
  for (const std::string& family : SyscallFamilies()) {
    for (const int call : SyscallsNamed(family)) EXPECT_EQ(SyscallFamily(call), family);
  }
}

}  // namespace
}  // namespace plumbline
