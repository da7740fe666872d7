// SPDX-License-Identifier: MIT
// Requests of ptrace(2) to a task that is stopped: this process's child.
#include "trace/ptrace.h"

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace plumbline::trace {
namespace {

class Stopped : public ::testing::Test {
 protected:
  void SetUp() override {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      while (true) ::pause();
    }
    child_ = HostPid{child};
    ASSERT_TRUE(Seize(child_).has_value());
    ASSERT_TRUE(Interrupt(child_));
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, __WALL), child);
    ASSERT_TRUE(WIFSTOPPED(status));
  }
  void TearDown() override {
    if (child_.value <= 0) return;
    ::kill(child_.value, SIGKILL);
    ::waitpid(child_.value, nullptr, __WALL);
  }

  HostPid child_{};
};

TEST_F(Stopped, HasNoSignalUntilOneIsSent) { EXPECT_TRUE(NoSignalPends(child_)); }

TEST_F(Stopped, HasASignalThatWasSentToItsProcess) {
  ::kill(child_.value, SIGUSR1);
  EXPECT_FALSE(NoSignalPends(child_));
}

TEST_F(Stopped, HasASignalThatWasSentToTheThread) {
  ::syscall(SYS_tgkill, child_.value, child_.value, SIGUSR1);
  EXPECT_FALSE(NoSignalPends(child_));
}

// That it has none would mean that it stays as it is.
TEST_F(Stopped, IsNotSaidToHaveNoneWhenItIsKilled) {
  ::kill(child_.value, SIGKILL);
  EXPECT_FALSE(NoSignalPends(child_));
}

}  // namespace
}  // namespace plumbline::trace
