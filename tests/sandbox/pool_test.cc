// SPDX-License-Identifier: MIT
// Sandboxes one after another, from a zygote.
#include "sandbox/pool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdlib>
#include <sstream>

#include "sandbox/cgroup.h"
#include "tests/sandbox/harness.h"

namespace plumbline::sandbox::testing {
namespace {

using Pool = SandboxTest;
FOR_EACH_ACCOUNT(Pool);

// The child of this process that has this name; 0: there is none.
pid_t ChildNamed(const std::string& name) {
  const std::string self = std::to_string(::getpid());
  std::istringstream children(ReadProc(("/proc/self/task/" + self + "/children").c_str()));
  for (pid_t child = 0; children >> child;) {
    if (ReadProc(("/proc/" + std::to_string(child) + "/comm").c_str()) == name + "\n") return child;
  }
  return 0;
}

// How many packets went over the loopback of a network; another one goes.
int PacketsSoFar(Sandbox& box) {
  const Outcome outcome = RunShell(
      box,
      "while read -r name bytes packets rest; do [[ $name == lo: ]] && echo $packets; done "
      "</proc/net/dev; echo > /dev/udp/127.0.0.1/9");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  return std::atoi(outcome.out.c_str());
}

TEST_P(Pool, GivesThePreparedOneWithTheLimitsOfNow) {
  As(GetParam(), [] {
    SandboxPool pool;
    pool.Prepare({});
    Options options;
    options.limits.disk = MiB(4);
    options.limits.descriptors = 33;
    auto box = pool.Take(options);
    if (!box) GTEST_SKIP() << "needs: user namespaces (" << box.error().ToString() << ")";
    EXPECT_EQ(RunShell(*box, "df --output=size -BM /lab | tail -1; ulimit -n").out,
              "       4M\n33\n");
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), 0) << "no child has ended";
  });
}

TEST_P(Pool, OffersTheBestThatCanBeMadeAndKeepsIt) {
  InSupervisor(GetParam(), [] {
    SandboxPool pool;
    const auto rung = pool.Offer({"/usr/share/doc"});
    ASSERT_OK(rung);
    const bool has_cgroup = FindCgroupPlace(ReadProc("/proc/self/cgroup")).has_value();
    EXPECT_EQ(*rung, has_cgroup ? Rung::kA : Rung::kB);
    const pid_t prepared = ChildNamed("init");
    EXPECT_GT(prepared, 0);
    auto box = pool.Take({.rung = *rung, .limits = {}, .hidden_paths = {"/usr/share/doc"}});
    ASSERT_OK(box);
    EXPECT_EQ(ChildNamed("init"), prepared);
    EXPECT_EQ(RunShell(*box, "ls -A /usr/share/doc; ulimit -n").out, "256\n");
  });
}

// In a user namespace that may have none below it: the setting is that namespace's own.
TEST(PoolWithoutNamespaces, SaysWhyItHasNothingToOffer) {
  InSupervisor(::geteuid() == 0 ? Account::kUnprivileged : Account::kOwn, [] {
    const UniqueFd setting(::open("/proc/sys/user/max_user_namespaces", O_WRONLY | O_CLOEXEC));
    ASSERT_OK(WriteAll(setting.get(), "0"));
    SandboxPool pool;
    const auto rung = pool.Offer({});
    ASSERT_FALSE(rung);
    EXPECT_THAT(rung.error().ToString(), ::testing::HasSubstr("new namespaces"));
    EXPECT_FALSE(pool.Take({})) << "nothing was kept";
  });
}

TEST_P(Pool, MakesAnotherIfThePreparedOneDoesNotSuit) {
  As(GetParam(), [] {
    SandboxPool pool;
    pool.Prepare({});
    Options options;
    options.hidden_paths = {"/usr/share/doc"};
    auto box = pool.Take(options);
    if (!box) GTEST_SKIP() << "needs: user namespaces (" << box.error().ToString() << ")";
    EXPECT_EQ(RunShell(*box, "ls -A /usr/share/doc").out, "");
    pool.Prepare(options);
    pool.Prepare(options);
    pool.Prepare({});
    ASSERT_OK(pool.Take({}));
  });
}

TEST_P(Pool, TakesThemFromAZygoteThatEndsWithIt) {
  InSupervisor(GetParam(), [] {
    struct stat before{};
    ASSERT_EQ(::stat("/tmp", &before), 0);
    {
      SandboxPool pool;
      ASSERT_OK(pool.Take({}));
      EXPECT_NE(ChildNamed("zygote"), 0);
    }
    EXPECT_EQ(::waitpid(-1, nullptr, 0), -1);
    EXPECT_EQ(errno, ECHILD);
    struct stat after{};
    ASSERT_EQ(::stat("/tmp", &after), 0);
    EXPECT_EQ(before.st_dev, after.st_dev) << "the mounts are the zygote's own";
  });
}

TEST_P(Pool, GoesOnIfItsZygoteIsKilled) {
  InSupervisor(GetParam(), [] {
    SandboxPool pool;
    ASSERT_OK(pool.Take({}));
    const pid_t zygote = ChildNamed("zygote");
    ASSERT_GT(zygote, 0);
    ::kill(zygote, SIGKILL);
    auto box = pool.Take({});
    ASSERT_OK(box);
    EXPECT_EQ(RunShell(*box, "echo here").out, "here\n");
  });
}

// What programs see does not depend on who grades them, and how.
TEST_P(Pool, CommonFilesBelongToTheStudentToo) {
  const auto owners = [](Sandbox& box) {
    return RunShell(box, "stat -c '%n %u:%g %a' / /etc /etc/passwd /dev/fd /lab /tmp /program").out;
  };
  InSupervisor(GetParam(), [&] {
    auto lone = Sandbox::Create({});
    ASSERT_OK(lone);
    SandboxPool pool;
    auto pooled = pool.Take({});
    ASSERT_OK(pooled);
    EXPECT_EQ(owners(*pooled), owners(*lone));
    EXPECT_THAT(owners(*pooled), ::testing::HasSubstr("/etc/passwd 1000:1000 644\n"));
  });
}

TEST_P(Pool, EachHasFilesOfItsOwn) {
  InSupervisor(GetParam(), [] {
    SandboxPool pool;
    for (int i = 0; i < 2; ++i) {
      auto box = pool.Take({});
      ASSERT_OK(box);
      const Outcome outcome =
          RunShell(*box, "ls -A /lab /tmp /dev/shm; touch /lab/a /tmp/b /dev/shm/c");
      EXPECT_EQ(outcome.out, "/dev/shm:\n\n/lab:\n\n/tmp:\n");
      EXPECT_EQ(outcome.err, "");
    }
  });
}

TEST_P(Pool, ProgramsSeeNoProcessBehindTheirProc) {
  InSupervisor(GetParam(), [] {
    SandboxPool pool;
    auto box = pool.Take({});
    ASSERT_OK(box);
    const Outcome outcome = RunShell(*box, "umount /proc 2>&1; cat /proc/[0-9]*/comm");
    EXPECT_THAT(outcome.out, ::testing::HasSubstr("init\n"));
    EXPECT_THAT(outcome.out, ::testing::Not(::testing::HasSubstr("zygote")));
    EXPECT_THAT(outcome.out, ::testing::Not(::testing::HasSubstr("sandbox_test")));
  });
}

TEST_P(Pool, EachHasANetworkOfItsOwn) {
  InSupervisor(GetParam(), [] {
    SandboxPool pool;
    for (int i = 0; i < 2; ++i) {
      auto box = pool.Take({});
      ASSERT_OK(box);
      EXPECT_EQ(PacketsSoFar(*box), 0);
      EXPECT_GT(PacketsSoFar(*box), 0);
      EXPECT_FALSE(box->made_sockets()) << "a program did, of which a sandbox knows nothing";
    }
  });
}

TEST_P(Pool, AKeptNetworkIsThatOfTheNextOneAlone) {
  InSupervisor(GetParam(), [] {
    SandboxPool pool;
    {
      auto box = pool.Take({});
      ASSERT_OK(box);
      EXPECT_EQ(PacketsSoFar(*box), 0);
    }
    pool.KeepNetwork();
    {
      auto box = pool.Take({});
      ASSERT_OK(box);
      EXPECT_GT(PacketsSoFar(*box), 0);
      ASSERT_OK(box->ListenTcp(7));
      EXPECT_TRUE(box->made_sockets());
    }
    auto box = pool.Take({});
    ASSERT_OK(box);
    EXPECT_EQ(PacketsSoFar(*box), 0);
  });
}

TEST_P(Pool, NobodyInsideMayChangeTheNetwork) {
  InSupervisor(GetParam(), [] {
    SandboxPool pool;
    auto box = pool.Take({});
    ASSERT_OK(box);
    const Outcome outcome = RunShell(*box,
                                     "echo 1024 > /proc/sys/net/ipv4/ip_unprivileged_port_start; "
                                     "cat /proc/sys/net/ipv4/ip_unprivileged_port_start");
    EXPECT_EQ(outcome.out, "0\n");
    EXPECT_THAT(outcome.err, ::testing::HasSubstr("Permission denied"));
  });
}

TEST_P(Pool, TheirNetworksHaveSmallTables) {
  if (::access("/proc/sys/net/ipv4/tcp_child_ehash_entries", F_OK) != 0)
    GTEST_SKIP() << "needs: Linux 6.1";
  InSupervisor(GetParam(), [] {
    auto lone = Sandbox::Create({});
    ASSERT_OK(lone);
    SandboxPool pool;
    auto pooled = pool.Take({});
    ASSERT_OK(pooled);
    for (Sandbox* box : {&*lone, &*pooled})
      EXPECT_EQ(RunShell(*box, "cat /proc/sys/net/ipv4/tcp_ehash_entries").out, "64\n");
  });
}

}  // namespace
}  // namespace plumbline::sandbox::testing
