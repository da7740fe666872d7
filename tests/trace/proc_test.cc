// SPDX-License-Identifier: MIT
// What /proc tells, of this process and of one that is gone.
#include "trace/proc.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/words.h"
#include "trace/sockets.h"

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
  EXPECT_THAT(SocketsOf(kNobody, nullptr), IsEmpty());
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

// A process whose root is the folder, until the end.
class Confined {
 public:
  explicit Confined(const std::string& root) {
    int ready[2];
    if (::pipe(ready) != 0) return;
    pid_ = ::fork();
    if (pid_ == 0) {
      const bool done =
          (::geteuid() == 0 || ::unshare(CLONE_NEWUSER) == 0) && ::chroot(root.c_str()) == 0;
      (void)!::write(ready[1], done ? "y" : "n", 1);
      while (true) ::pause();
    }
    char answer = 'n';
    (void)!::read(ready[0], &answer, 1);
    confined_ = answer == 'y';
    ::close(ready[0]);
    ::close(ready[1]);
  }
  ~Confined() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  HostPid host() const { return HostPid{pid_}; }
  bool confined() const { return confined_; }

 private:
  pid_t pid_ = -1;
  bool confined_ = false;
};

TEST(Proc, NoLinkLeadsOutOfATasksRoot) {
  char root[] = "/tmp/plumbline-proc-XXXXXX";
  ASSERT_NE(::mkdtemp(root), nullptr);
  const std::string folder = root;
  std::ofstream(folder + "/file") << "inside";
  std::filesystem::create_symlink("/file", folder + "/absolute");
  std::filesystem::create_symlink("/proc/self/exe", folder + "/host");
  std::filesystem::create_symlink("../../../../proc/self/exe", folder + "/above");
  {
    const Confined confined(folder);
    ASSERT_TRUE(confined.confined());
    for (const char* name : {"/file", "/absolute", "/../file"}) {
      const UniqueFd file = OpenInside(confined.host(), name, O_RDONLY);
      ASSERT_TRUE(file) << name;
      char text[8] = {};
      EXPECT_EQ(::read(file.get(), text, sizeof text), 6) << name;
      EXPECT_STREQ(text, "inside");
    }
    for (const char* name : {"/host", "/above", "/proc/self/exe", "/no-such"})
      EXPECT_FALSE(OpenInside(confined.host(), name, O_RDONLY)) << name;
    EXPECT_TRUE(OpenExecutable(confined.host(), O_RDONLY));
  }
  EXPECT_FALSE(OpenInside(kNobody, "/file", O_RDONLY));
  std::filesystem::remove_all(folder);
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
  EXPECT_EQ(LeadingNumber<int>("12x"), 12);
  EXPECT_EQ(LeadingNumber<int>("ff", 16), 255);
  EXPECT_EQ(LeadingNumber<int>("x"), 0);
}

}  // namespace
}  // namespace plumbline::trace
