// SPDX-License-Identifier: MIT
// Nothing gets out and nothing stays.
#include <dirent.h>

#include <csignal>

#include "sandbox/cgroup.h"
#include "tests/sandbox/harness.h"

namespace plumbline::sandbox::testing {
namespace {

using ::testing::HasSubstr;
using End = SandboxTest;
FOR_EACH_ACCOUNT(End);

struct Pipe {
  UniqueFd reading;
  UniqueFd writing;
};
Pipe MakePipe() {
  int ends[2];
  EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

// Nobody holds the other end any more. What dies closes its descriptors before it is reaped, so
// this waits for the kernel and for nothing else.
bool EndOfFile(const UniqueFd& fd) {
  pollfd source{fd.get(), POLLIN, 0};
  char byte;
  return ::poll(&source, 1, 60000) == 1 && ::read(fd.get(), &byte, 1) == 0;
}

// Starts a daemon that holds `writing` open.
void LeaveDaemon(Sandbox& box, const UniqueFd& writing) {
  const std::string bytes = TraceeBytes("daemon_stays");
  const FileToMake file{.path = "/program/daemon_stays", .content = bytes, .mode = 0755};
  ASSERT_OK(box.PutFiles({&file, 1}));
  auto started =
      box.Start({.argv = {"/program/daemon_stays"}, .descriptors = {-1, writing.get(), -1}});
  ASSERT_OK(started);
  ASSERT_OK(started->Proceed());
  const auto end = box.WaitFor(*started, kFar);
  ASSERT_OK(end);
  ASSERT_TRUE(end->has_value());
  ASSERT_EQ((*end)->status, 0);
}

TEST_P(End, TakesDaemonsAlong) {
  As(GetParam(), [] {
    Pipe pipe = MakePipe();
    {
      auto box = Sandbox::Create({});
      if (!box) GTEST_SKIP() << "needs: user namespaces (" << box.error().ToString() << ")";
      LeaveDaemon(*box, pipe.writing);
      pipe.writing.Reset();
      pollfd source{pipe.reading.get(), POLLIN, 0};
      EXPECT_EQ(::poll(&source, 1, 0), 0) << "the daemon is not there";
    }
    // At once: the destructor has waited.
    pollfd source{pipe.reading.get(), POLLIN, 0};
    EXPECT_EQ(::poll(&source, 1, 0), 1);
    EXPECT_TRUE(EndOfFile(pipe.reading));
  });
}

TEST_P(End, OfTheSupervisorIsTheEndOfAll) {
  As(GetParam(), [] {
    Pipe pipe = MakePipe();
    Pipe ready = MakePipe();
    ::fflush(nullptr);
    const pid_t supervisor = ::fork();
    if (supervisor == 0) {
      auto box = Sandbox::Create({});
      if (!box) ::_exit(0);
      LeaveDaemon(*box, pipe.writing);
      (void)!::write(ready.writing.get(), "r", 1);
      while (true) ::pause();
    }
    pipe.writing.Reset();
    ready.writing.Reset();
    char byte = 0;
    if (::read(ready.reading.get(), &byte, 1) != 1) {
      ::waitpid(supervisor, nullptr, 0);
      GTEST_SKIP() << "needs: user namespaces";
    }
    ::kill(supervisor, SIGKILL);
    EXPECT_TRUE(EndOfFile(pipe.reading));
    ::waitpid(supervisor, nullptr, 0);
  });
}

TEST_P(End, LeavesNoMount) {
  As(GetParam(), [] {
    const std::string before = ReadProc("/proc/self/mountinfo");
    {
      auto box = Sandbox::Create({});
      if (!box) GTEST_SKIP() << "needs: user namespaces (" << box.error().ToString() << ")";
      EXPECT_EQ(ReadProc("/proc/self/mountinfo"), before);
    }
    EXPECT_EQ(ReadProc("/proc/self/mountinfo"), before);
  });
}

int CountDescriptors() {
  int count = 0;
  DIR* directory = ::opendir("/proc/self/fd");
  while (::readdir(directory) != nullptr) ++count;
  ::closedir(directory);
  return count;
}

TEST_P(End, LeavesNoDescriptorAndNoChild) {
  InSupervisor(GetParam(), [] {
    {
      const auto warm_up = Sandbox::Create({});
    }
    const int before = CountDescriptors();
    {
      auto box = Sandbox::Create({});
      if (!box) GTEST_SKIP() << "needs: user namespaces (" << box.error().ToString() << ")";
      EXPECT_EQ(RunShell(*box, "echo x").out, "x\n");
      ASSERT_OK(box->OpenTerminal());
      ASSERT_OK(box->ListenTcp(7));
    }
    EXPECT_EQ(CountDescriptors(), before);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  });
}

TEST_P(End, OfInitIsAnErrorOfEveryRequest) {
  InSandbox([](Sandbox& box) {
    ::kill(box.init().value, SIGKILL);
    EXPECT_THAT(box.ListIpc().error().message, HasSubstr("init has ended"));
    EXPECT_FALSE(box.Start({.argv = {"/bin/true"}}).has_value());
    EXPECT_FALSE(box.ReadTree("/lab", true).has_value());
  });
}

int CountGroups(pid_t maker = ::getpid()) {
  const auto place = FindCgroupPlace(ReadProc("/proc/self/cgroup"));
  if (!place) return 0;
  const std::string own = "plumbline-" + std::to_string(maker) + "-";
  int count = 0;
  for (const std::string& folder : {place->memory, place->pids}) {
    DIR* directory = ::opendir(folder.c_str());
    while (const dirent* entry = ::readdir(directory))
      if (std::string_view(entry->d_name).starts_with(own)) ++count;
    ::closedir(directory);
  }
  return count;
}

TEST(Groups, AreRemoved) {
  {
    auto box = Sandbox::Create({.rung = Rung::kA});
    if (!box) GTEST_SKIP() << "needs: a cgroup to divide (" << box.error().ToString() << ")";
    EXPECT_GT(CountGroups(), 0);
    const Pipe pipe = MakePipe();
    LeaveDaemon(*box, pipe.writing);
  }
  EXPECT_EQ(CountGroups(), 0);
}

TEST(Groups, OfADeadGraderAreRemovedByTheNext) {
  const auto place = FindCgroupPlace(ReadProc("/proc/self/cgroup"));
  if (!place) GTEST_SKIP() << "needs: a cgroup to divide (" << place.error().ToString() << ")";
  const pid_t dead = ::fork();
  if (dead == 0) ::_exit(0);
  ::waitpid(dead, nullptr, 0);
  const std::string folder = place->memory + "/plumbline-" + std::to_string(dead) + "-1";
  ASSERT_EQ(::mkdir(folder.c_str(), 0755), 0);
  ::fflush(nullptr);
  // A process that has made no group yet looks around first; this one may have.
  const pid_t next = ::fork();
  if (next == 0) {
    ::execl("/proc/self/exe", "sandbox_test", "--gtest_filter=Groups.AreRemoved", nullptr);
    ::_exit(1);
  }
  ::waitpid(next, nullptr, 0);
  EXPECT_NE(::access(folder.c_str(), F_OK), 0);
  ::rmdir(folder.c_str());
}

// Who was killed cannot remove them, and the next run may never come.
TEST(Groups, OfAKilledGraderAreRemovedAtOnce) {
  const auto place = FindCgroupPlace(ReadProc("/proc/self/cgroup"));
  if (!place) GTEST_SKIP() << "needs: a cgroup to divide (" << place.error().ToString() << ")";
  InChild([&] {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    Pipe ready = MakePipe();
    const pid_t grader = ::fork();
    if (grader == 0) {
      auto box = Sandbox::Create({.rung = Rung::kA});
      if (!box) ::_exit(1);
      LeaveDaemon(*box, ready.writing);
      (void)!::write(ready.writing.get(), "r", 1);
      while (true) ::pause();
    }
    ready.writing.Reset();
    char byte = 0;
    ASSERT_EQ(::read(ready.reading.get(), &byte, 1), 1);
    EXPECT_GT(CountGroups(grader), 0);
    ::kill(grader, SIGKILL);
    // It, its init, and who tidies up.
    while (::waitpid(-1, nullptr, __WALL) > 0 || errno == EINTR) {
    }
    EXPECT_EQ(CountGroups(grader), 0);
  });
}

TEST(Rungs, HaveNames) {
  EXPECT_EQ(ToString(Rung::kA), "A");
  EXPECT_EQ(ToString(Rung::kB), "B");
  EXPECT_EQ(ToString(Rung::kC), "C");
  EXPECT_EQ(ToString(Rung::kUnsafe), "unsafe");
}

TEST(Probe, PromisesWhatItHasDone) {
  const Probe probe = ProbeMachine();
  EXPECT_FALSE(probe.facts.empty());
  EXPECT_NE(probe.best, Rung::kC);
  if (probe.best == Rung::kUnsafe) {
    EXPECT_FALSE(Sandbox::Create({}).has_value());
  } else {
    EXPECT_TRUE(Sandbox::Create({.rung = probe.best}).has_value());
  }
}

}  // namespace
}  // namespace plumbline::sandbox::testing
