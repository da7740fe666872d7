// SPDX-License-Identifier: MIT
// Rung C: what a program may do among the machine's other processes, and what is left of it.
#include "sandbox/shared.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "sandbox/landlock.h"
#include "tests/sandbox/harness.h"

namespace plumbline::sandbox::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const Options kShared{.rung = Rung::kC};

// From a file: words of a command are moved into the folder.
Outcome RunShared(Sandbox& box, const std::string& script) {
  const FileToMake file{.path = "/program/script", .content = script};
  if (const Status put = box.PutFiles({&file, 1}); !put)
    return {.out = {}, .err = {}, .problem = put.error().ToString()};
  return RunProgram(box, {.argv = {"bash", "/program/script"},
                          .env = {"PATH=/usr/bin:/bin", "HOME=/lab", "LANG=C.UTF-8"},
                          .filter = MakeFilter({}, Rung::kC).value()});
}

// As each account, in a process of its own: root's rights do not come back.
class SharedTest : public ::testing::TestWithParam<Account> {
 protected:
  void InShared(const std::function<void(Sandbox&)>& body, const Options& options = kShared) {
    if (LandlockLevel() < kLeastLandlockLevel)
      GTEST_SKIP() << "needs: Landlock of level " << kLeastLandlockLevel;
    InChild([&] {
      As(GetParam(), [&] {
        ASSERT_OK(EnterSharedWorld());
        auto box = Sandbox::Create(options);
        ASSERT_OK(box);
        body(*box);
      });
    });
  }
};
FOR_EACH_ACCOUNT(SharedTest);

TEST_P(SharedTest, HasFilesOfItsOwn) {
  InShared([](Sandbox& box) {
    const FileToMake file{.path = "/lab/words", .content = "pera\n"};
    ASSERT_OK(box.PutFiles({&file, 1}));
    const Outcome run = RunShared(box, "cat words; pwd; echo $HOME; echo x > made; mkfifo f");
    EXPECT_EQ(run.problem, "");
    EXPECT_EQ(run.err, "");
    EXPECT_EQ(WithoutBase(run.out, box.base()), "pera\n/lab\n/lab\n");
    const auto tree = box.ReadTree("/lab", true);
    ASSERT_OK(tree);
    std::vector<std::string> names;
    for (const FileEntry& entry : tree->entries) names.push_back(entry.path);
    EXPECT_EQ(names, (std::vector<std::string>{"f", "made", "words"}));
  });
}

// As on A and B, where init needs nobody's leave; and all is as it was afterwards.
TEST_P(SharedTest, ReadsWhatAProgramHasClosedToItself) {
  InShared([](Sandbox& box) {
    const Outcome run = RunShared(
        box, "mkdir folder; echo in >folder/file; echo pera >words; chmod 0 words folder");
    EXPECT_EQ(run.problem + run.err, "");
    for (int time = 0; time < 2; ++time) {
      const auto tree = box.ReadTree("/lab", true);
      ASSERT_OK(tree);
      std::map<std::string, std::pair<std::string, int>> seen;
      for (const FileEntry& entry : tree->entries) seen[entry.path] = {entry.content, entry.mode};
      EXPECT_EQ(seen["words"], std::pair(std::string("pera\n"), 0));
      EXPECT_EQ(seen["folder"].second, 0);
      EXPECT_EQ(seen["folder/file"].first, "in\n");
    }
  });
}

TEST_P(SharedTest, LetsNobodyOutsideBeReached) {
  InShared([](Sandbox& box) {
    const std::string us = std::to_string(::getpid());
    const std::vector<std::string> attacks{
        "echo x > /tmp/plumbline-escaped",
        "echo x > /dev/shm/plumbline-escaped",
        "cat /etc/shadow",
        "ls /root",
        "ls /home",
        "ls /tmp",
        "kill -CONT " + us,
        "kill -CONT $PPID",
        "cat /proc/" + us + "/environ",
        "ls -l /proc/" + us + "/fd/0",
        "cat < /dev/tcp/127.0.0.1/22",
        "echo x > /lab/x",
    };
    for (const std::string& attack : attacks) {
      SCOPED_TRACE(attack);
      const Outcome run = RunShared(box, attack);
      EXPECT_NE(run.status, 0);
      EXPECT_NE(run.err, "");
    }
    EXPECT_FALSE(std::filesystem::exists("/tmp/plumbline-escaped"));
  });
}

TEST_P(SharedTest, GoesNowhereUpwards) {
  InShared([](Sandbox& box) {
    const FileToMake file{.path = "/lab/../../plumbline-escaped", .content = "x"};
    EXPECT_FALSE(box.PutFiles({&file, 1}));
    ASSERT_EQ(RunShared(box, "ln -s /etc link").status, 0);
    EXPECT_FALSE(box.ReadTree("/lab/link", true));
    const FileToMake behind{.path = "/lab/link/x", .content = "x"};
    EXPECT_FALSE(box.PutFiles({&behind, 1}));
  });
}

TEST_P(SharedTest, HidesWhatIsToBeHidden) {
  std::string hidden = "/usr/share/doc";
  if (!std::filesystem::is_directory(hidden)) GTEST_SKIP() << "needs: " << hidden;
  InShared(
      [&](Sandbox& box) {
        EXPECT_NE(RunShared(box, "ls " + hidden).status, 0);
        EXPECT_EQ(RunShared(box, "ls /usr/bin /usr/lib > /dev/null").status, 0);
      },
      {.rung = Rung::kC, .hidden_paths = {hidden}});
}

TEST_P(SharedTest, LeavesNothing) {
  InShared([](Sandbox& box) {
    const std::string base = box.base();
    const HostPid init = box.init();
    EXPECT_EQ(RunShared(box,
                        "mkdir -p a/b; touch a/b/c; chmod 0 a/b a; (setsid sleep 1000 &) ; "
                        "(sleep 1000 & ) ; echo started")
                  .out,
              "started\n");
    {
      const Sandbox gone(std::move(box));
    }
    EXPECT_FALSE(std::filesystem::exists(base));
    EXPECT_EQ(::kill(init.value, 0), -1);
  });
}

// Init sees that nobody asks any more.
TEST(Shared, LeavesNothingWhenTheSupervisorIsKilled) {
  if (LandlockLevel() < kLeastLandlockLevel) GTEST_SKIP() << "needs: Landlock";
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  const pid_t supervisor = ::fork();
  if (supervisor == 0) {
    if (!EnterSharedWorld()) ::_exit(1);
    auto box = Sandbox::Create(kShared);
    if (!box) ::_exit(1);
    auto started = box->Start({.argv = {"sleep", "1000"}, .env = {"PATH=/usr/bin:/bin"}});
    if (!started || !started->Proceed()) ::_exit(1);
    (void)WriteAll(writer.get(), box->base() + "\n" + std::to_string(started->host_pid.value));
    ::raise(SIGKILL);
  }
  writer.Reset();
  const std::string said = ReadAll(reader.get()).value();
  int status = 0;
  ASSERT_EQ(::waitpid(supervisor, &status, 0), supervisor);
  ASSERT_TRUE(WIFSIGNALED(status));
  const size_t line = said.find('\n');
  ASSERT_NE(line, std::string::npos);
  const UniqueFd pidfd(
      static_cast<int>(::syscall(SYS_pidfd_open, std::stoi(said.substr(line + 1)), 0)));
  if (pidfd) {
    pollfd ended{pidfd.get(), POLLIN, 0};
    EXPECT_EQ(::poll(&ended, 1, 60'000), 1);
  }
  const std::string base = said.substr(0, line);
  const auto until = std::chrono::steady_clock::now() + kFar;
  while (std::filesystem::exists(base) && std::chrono::steady_clock::now() < until) ::sched_yield();
  EXPECT_FALSE(std::filesystem::exists(base));
}

// One of these tests at a time: while they end, the processes of one make room for the other's.
class Alone {
 public:
  Alone() : self_(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)) {
    EXPECT_EQ(::flock(self_.get(), LOCK_EX), 0);
  }

 private:
  UniqueFd self_;
};

TEST_P(SharedTest, BoundsProcesses) {
  const Alone alone;
  Options options = kShared;
  options.limits.processes = 20;
  InShared(
      [](Sandbox& box) {
        const Outcome run = RunTracee(box, "fork_until_refused");
        EXPECT_EQ(run.problem, "");
        // The kernel counts all threads of the account: those that others begin meanwhile take room
        // from these, those that end leave room. So there is room for those of many runs (init.cc);
        // of each run's own the tracer sees to it that they are no more.
        EXPECT_GE(std::stoi(run.out), 20) << run.err;
        EXPECT_LE(std::stoi(run.out), 2048 + 20 + 40) << run.err;
      },
      options);
}

TEST(WithBase, MovesPathsOfTheRunAndNoOthers) {
  const std::string base = "/tmp/plumbline-1-1";
  EXPECT_EQ(WithBase("/program/main", base), base + "/program/main");
  EXPECT_EQ(WithBase("/lab", base), base + "/lab");
  EXPECT_EQ(WithBase("HOME=/lab", base), "HOME=" + base + "/lab");
  EXPECT_EQ(WithBase("PATH=/program/x:/usr/bin:/lab/bin", base),
            "PATH=" + base + "/program/x:/usr/bin:" + base + "/lab/bin");
  EXPECT_EQ(WithBase("cat </tmp/a >/tmp/b", base), "cat <" + base + "/tmp/a >" + base + "/tmp/b");
  EXPECT_EQ(WithBase("/usr/program/x /laboratory /home/lab", base),
            "/usr/program/x /laboratory /home/lab");
  EXPECT_EQ(WithoutBase(WithBase("a /lab/x b /program", base), base), "a /lab/x b /program");
  EXPECT_EQ(WithoutBase("/lab", ""), "/lab");
}

TEST(Policy, HasARowForWhatLandlockLeavesOpen) {
  const auto plain = DescribePolicy(Rung::kB);
  const auto shared = DescribePolicy(Rung::kC);
  EXPECT_GT(shared.size(), plain.size());
}

}  // namespace
}  // namespace plumbline::sandbox::testing
