// SPDX-License-Identifier: MIT
// Limits bind, and only these: what is just below passes.
#include <csignal>

#include "tests/sandbox/harness.h"
#include "tests/support/sanitized.h"

namespace plumbline::sandbox::testing {
namespace {

using ::testing::AnyOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using Limit = SandboxTest;
FOR_EACH_ACCOUNT(Limit);

Options With(void (*change)(Limits&), Rung rung = Rung::kB) {
  Options options;
  options.rung = rung;
  change(options.limits);
  return options;
}

TEST_P(Limit, Processes) {
  InSandbox(
      [](Sandbox& box) {
        // The program itself and its children.
        EXPECT_EQ(RunTracee(box, "fork_until_refused").out, "19 EAGAIN\n");
      },
      With([](Limits& limits) { limits.processes = 20; }));
}

TEST_P(Limit, ProcessesOnATerminal) {
  InSandbox(
      [](Sandbox& box) {
        const std::string bytes = TraceeBytes("fork_until_refused");
        const FileToMake file{.path = "/program/f", .content = bytes, .mode = 0755};
        ASSERT_OK(box.PutFiles({&file, 1}));
        const auto terminal = box.OpenTerminal();
        ASSERT_OK(terminal);
        Program program{.argv = {"/bin/sh", "-c", "exec /program/f > /lab/out"}};
        program.terminal = terminal->slave.get();
        RunProgram(box, program);
        const auto tree = box.ReadTree("/lab", true);
        ASSERT_OK(tree);
        // A terminal has a keeper, and that a thread of the sanitizer's.
        EXPECT_EQ(tree->entries[0].content,
                  plumbline::testing::kThreadSanitized ? "18 EAGAIN\n" : "19 EAGAIN\n");
      },
      With([](Limits& limits) { limits.processes = 20; }));
}

TEST_P(Limit, FileSize) {
  InSandbox(
      [](Sandbox& box) {
        EXPECT_EQ(RunTracee(box, "write_for_ever", {"/lab/f"}).killed_by, SIGXFSZ);
        const auto tree = box.ReadTree("/lab", false);
        ASSERT_OK(tree);
        EXPECT_EQ(tree->entries[0].size, MiB(3).count);
      },
      With([](Limits& limits) { limits.file = MiB(3); }));
}

TEST_P(Limit, DiskOfAllFoldersTogether) {
  InSandbox(
      [](Sandbox& box) {
        const std::string out = RunTracee(box, "fill_disk", {"/lab", "/tmp", "/dev/shm"}).out;
        EXPECT_THAT(out, AnyOf("9 ENOSPC\n", "10 ENOSPC\n"));
      },
      With([](Limits& limits) { limits.disk = MiB(10); }));
}

TEST_P(Limit, NumberOfFiles) {
  InSandbox([](Sandbox& box) {
    EXPECT_THAT(
        RunProgram(box, {.argv = {"python3", "-c",
                                  "import os\n"
                                  "for i in range(20000): os.close(os.open(str(i), os.O_CREAT))"}})
            .err,
        HasSubstr("No space left on device"));
  });
}

TEST_P(Limit, Descriptors) {
  InSandbox([](Sandbox& box) { EXPECT_EQ(RunShell(box, "ulimit -n; ulimit -Hn").out, "40\n40\n"); },
            With([](Limits& limits) { limits.descriptors = 40; }));
}

TEST_P(Limit, ProcessorTime) {
  InSandbox([](Sandbox& box) { EXPECT_EQ(RunTracee(box, "spin").killed_by, SIGXCPU); },
            With([](Limits& limits) { limits.cpu = std::chrono::milliseconds(300); }));
}

TEST_P(Limit, AddressSpaceWhereAsked) {
  InSandbox(
      [](Sandbox& box) {
        EXPECT_EQ(RunTracee(box, "touch_memory", {"300"}).out, "refused\n");
        EXPECT_EQ(RunTracee(box, "touch_memory", {"100"}).out, "touched 1\n");
      },
      With([](Limits& limits) { limits.address_space = MiB(256); }));
}

// What the kernel counts for the account that made the sandbox.
TEST_P(Limit, WhatOthersOfTheAccountNeed) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunShell(box, "ulimit -q; ulimit -l; ulimit -i").out, "409600\n64\n2048\n");
    const std::string watch =
        "import ctypes; c = ctypes.CDLL(None)\n"
        "print(sum(c.inotify_init() >= 0 for i in range(40)))";
    EXPECT_EQ(RunProgram(box, {.argv = {"python3", "-c", watch}}).out, "16\n");
  });
}

// 1 of them, and not 0, keeps a crash from starting a program outside.
TEST_P(Limit, CoreIsNeitherWrittenNorPiped) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunProgram(box, {.argv = {"python3", "-c",
                                        "import resource as r\n"
                                        "r.setrlimit(r.RLIMIT_CORE, (0, 0))\n"
                                        "print(r.getrlimit(r.RLIMIT_CORE))"}})
                  .out,
              "(1, 1)\n");
  });
}

TEST_P(Limit, CannotBeRaised) {
  InSandbox([](Sandbox& box) {
    EXPECT_NE(RunShell(box, "ulimit -n 1000").status, 0);
    EXPECT_NE(RunShell(box, "ulimit -Hu 1000").status, 0);
  });
}

// Rung A, as the account that runs the tests.
class GroupLimit : public ::testing::Test {
 protected:
  void InGroup(const std::function<void(Sandbox&)>& body, void (*change)(Limits&)) {
    auto box = Sandbox::Create(With(change, Rung::kA));
    if (!box) GTEST_SKIP() << "needs: a cgroup to divide (" << box.error().ToString() << ")";
    body(*box);
  }
};

TEST_F(GroupLimit, MemoryOfAllTogether) {
  InGroup(
      [](Sandbox& box) {
        EXPECT_EQ(RunTracee(box, "touch_memory", {"10"}).out, "touched 1\n");
        EXPECT_FALSE(box.MemoryLimitHit());
        ASSERT_TRUE(box.PeakMemory().has_value());
        EXPECT_GT(*box.PeakMemory(), MiB(10));
        EXPECT_EQ(RunTracee(box, "touch_memory", {"100"}).killed_by, SIGKILL);
        EXPECT_TRUE(box.MemoryLimitHit());
        EXPECT_LE(*box.PeakMemory(), MiB(40));
        // init has survived.
        EXPECT_EQ(RunShell(box, "echo still here").out, "still here\n");
      },
      [](Limits& limits) { limits.memory = MiB(40); });
}

TEST_F(GroupLimit, ProcessesOfAllTogether) {
  InGroup(
      [](Sandbox& box) {
        EXPECT_THAT(RunTracee(box, "fork_until_refused").out, EndsWith("EAGAIN\n"));
      },
      [](Limits& limits) { limits.processes = 20; });
}

TEST(MemoryOnRungB, IsNotKnown) {
  auto box = Sandbox::Create({});
  if (!box) GTEST_SKIP() << "needs: user namespaces (" << box.error().ToString() << ")";
  EXPECT_FALSE(box->PeakMemory().has_value());
  EXPECT_FALSE(box->MemoryLimitHit());
}

}  // namespace
}  // namespace plumbline::sandbox::testing
