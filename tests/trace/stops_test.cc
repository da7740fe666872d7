// SPDX-License-Identifier: MIT
// Wait statuses of traced tasks, told apart (ptrace(2)).
#include "trace/stops.h"

#include <gtest/gtest.h>
#include <linux/ptrace.h>

#include <csignal>

namespace plumbline::trace {
namespace {

int Stopped(int signal, int event = 0) { return event << 16 | signal << 8 | 0x7f; }

template <typename T>
const T& Is(const Stop& stop) {
  EXPECT_TRUE(std::holds_alternative<T>(stop));
  static const T nothing{};
  const T* found = std::get_if<T>(&stop);
  return found == nullptr ? nothing : *found;
}

TEST(Stops, Ends) {
  EXPECT_EQ(Is<Ended>(Classify(3 << 8)).status, 3);
  EXPECT_EQ(Is<Ended>(Classify(SIGTERM)).killed_by, SIGTERM);
  EXPECT_FALSE(Is<Ended>(Classify(SIGTERM)).core);
  EXPECT_TRUE(Is<Ended>(Classify(SIGSEGV | 0x80)).core);
}

TEST(Stops, Calls) {
  Is<CallEnd>(Classify(Stopped(SIGTRAP | 0x80)));
  Is<CallBegin>(Classify(Stopped(SIGTRAP, PTRACE_EVENT_SECCOMP)));
}

TEST(Stops, Signals) {
  EXPECT_EQ(Is<SignalArrives>(Classify(Stopped(SIGUSR1))).signal, SIGUSR1);
  // A breakpoint of the program's own is a signal too, and so is one that would stop it.
  EXPECT_EQ(Is<SignalArrives>(Classify(Stopped(SIGTRAP))).signal, SIGTRAP);
  EXPECT_EQ(Is<SignalArrives>(Classify(Stopped(SIGSTOP))).signal, SIGSTOP);
  EXPECT_EQ(Is<SignalArrives>(Classify(Stopped(64))).signal, 64);
}

TEST(Stops, GroupStops) {
  for (const int signal : {SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU})
    EXPECT_EQ(Is<GroupStop>(Classify(Stopped(signal, PTRACE_EVENT_STOP))).signal, signal);
  Is<Trapped>(Classify(Stopped(SIGTRAP, PTRACE_EVENT_STOP)));
}

TEST(Stops, Births) {
  EXPECT_EQ(Is<ChildMade>(Classify(Stopped(SIGTRAP, PTRACE_EVENT_FORK))).how,
            ChildMade::How::kFork);
  EXPECT_EQ(Is<ChildMade>(Classify(Stopped(SIGTRAP, PTRACE_EVENT_VFORK))).how,
            ChildMade::How::kVfork);
  EXPECT_EQ(Is<ChildMade>(Classify(Stopped(SIGTRAP, PTRACE_EVENT_CLONE))).how,
            ChildMade::How::kClone);
  Is<ProgramReplaced>(Classify(Stopped(SIGTRAP, PTRACE_EVENT_EXEC)));
}

}  // namespace
}  // namespace plumbline::trace
