// SPDX-License-Identifier: MIT
// What /proc tells, of this process and of one that is gone.
#include "trace/proc.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

#include "trace/sockets.h"
#include "trace/words.h"

namespace plumbline::trace {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const HostPid kSelf{::getpid()};
const HostPid kNobody{0x3fffffff};

TEST(Proc, StatusOfThis) {
  const auto status = StatusOf(kSelf);
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->leader, kSelf);
  EXPECT_EQ(status->parent.value, ::getppid());
  EXPECT_EQ(InnerPid(kSelf).value, ::getpid());
  EXPECT_EQ(InnerGroupOf(kSelf).value, ::getpgrp());
  EXPECT_EQ(status->state, 'R');
  EXPECT_GT(status->resident, 0u);
}

TEST(Proc, SignalsOfThis) {
  sigset_t set;
  sigset_t before;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGUSR1);
  ::sigprocmask(SIG_BLOCK, &set, &before);
  ::raise(SIGUSR1);
  const auto status = StatusOf(kSelf);
  ASSERT_TRUE(status.has_value());
  EXPECT_THAT(SignalsIn(status->blocked), Contains(SIGUSR1));
  EXPECT_THAT(SignalsIn(status->pending | status->shared_pending), ElementsAre(SIGUSR1));
  EXPECT_EQ(DeliverableSignals(kSelf), 0u);
  ::signal(SIGUSR1, SIG_IGN);
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  ::signal(SIGUSR1, SIG_DFL);
}

TEST(Proc, NobodyIsEmpty) {
  EXPECT_FALSE(StatusOf(kNobody).has_value());
  EXPECT_EQ(InnerPid(kNobody).value, 0);
  EXPECT_EQ(InnerGroupOf(kNobody).value, 0);
  EXPECT_EQ(LinkOf(kNobody, "exe"), "");
  EXPECT_EQ(LoaderOf(kNobody), (std::pair<uint64_t, uint64_t>(0, 0)));
  EXPECT_EQ(ExecutedPath(kNobody), "");
  EXPECT_THAT(StringsOf(kNobody, "cmdline"), IsEmpty());
  EXPECT_EQ(DeliverableSignals(kNobody), 0u);
  EXPECT_EQ(SwitchesOf(kNobody), 0u);
  EXPECT_FALSE(PidOfPidfd(kNobody, 3).has_value());
  EXPECT_THAT(SocketsOf(kNobody), IsEmpty());
}

TEST(Proc, TheLoaderIsWhereAuxvSays) {
  const auto [begin, end] = LoaderOf(kSelf);
  EXPECT_GT(begin, 0u);
  EXPECT_GT(end - begin, 100'000u);
  EXPECT_LT(end - begin, 10'000'000u);
  EXPECT_EQ(begin % 4096, 0u);
}

TEST(Proc, AProgramsOwnWords) {
  EXPECT_NE(ExecutedPath(kSelf), "");
  EXPECT_EQ(StringsOf(kSelf, "cmdline").at(0), ExecutedPath(kSelf));
  EXPECT_EQ(LinkOf(kSelf, "cwd").at(0), '/');
  const auto counted = [] {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<uint64_t>(usage.ru_nvcsw + usage.ru_nivcsw);
  };
  const uint64_t before = counted();
  const uint64_t switches = SwitchesOf(kSelf);
  EXPECT_LE(before, switches);
  EXPECT_LE(switches, counted());
}

TEST(Proc, PidOfAPidfd) {
  const int fd = static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0));
  ASSERT_GE(fd, 0);
  EXPECT_EQ(PidOfPidfd(kSelf, fd)->value, ::getpid());
  ::close(fd);
}

TEST(Proc, TheStateIsBehindTheName) {
  EXPECT_EQ(StateIn("12 (a) S 1"), 'S');
  EXPECT_EQ(StateIn("12 (a ) R (b) D 1"), 'D');
  EXPECT_EQ(StateIn(""), 'X');
  EXPECT_EQ(StateIn("12 (a)"), 'X');
}

TEST(Proc, SignalsOfASet) {
  EXPECT_THAT(SignalsIn(0), IsEmpty());
  EXPECT_THAT(SignalsIn(1ULL | 1ULL << 63), ElementsAre(1, 64));
}

TEST(Proc, CallsWithPathsKnowWhichArgument) {
  EXPECT_EQ(PathArgumentOf(SYS_execve), 0);
  EXPECT_EQ(PathArgumentOf(SYS_openat), 1);
  EXPECT_EQ(PathArgumentOf(SYS_read), -1);
  for (const int call : CallsWithPaths()) EXPECT_GE(PathArgumentOf(call), 0);
}

TEST(Words, OfALine) {
  EXPECT_THAT(WordsOf("  a\tbc  d "), ElementsAre("a", "bc", "d"));
  EXPECT_THAT(WordsOf(" a b  c d", 3), ElementsAre("a", "b", "c d"));
  EXPECT_THAT(WordsOf(""), IsEmpty());
  EXPECT_EQ(NumberIn<int>("12x"), 12);
  EXPECT_EQ(NumberIn<int>("ff", 16), 255);
  EXPECT_EQ(NumberIn<int>("x"), 0);
}

}  // namespace
}  // namespace plumbline::trace
