// SPDX-License-Identifier: MIT
// What is counted where no control group counts.
#include "sandbox/memory.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>

#include "tests/sandbox/harness.h"

namespace plumbline::sandbox::testing {
namespace {

constexpr Bytes kObject{256};

TEST(IpcMemory, OfSegmentsIsWhatIsResident) {
  EXPECT_EQ(
      MemoryOfIpc(
          Ipc::kSegments,
          "       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  "
          "cgid      atime      dtime      ctime                   rss                  swap\n"
          "         0          0   600               1048576     3     3      0  1000  1000  1000  "
          "1000 1764120000 1764120000 1764120000               1048576                     0\n"
          "         0          1   600               1048576     3     3      0  1000  1000  1000  "
          "1000          0          0 1764120000                     0                     0\n"),
      Bytes{MiB(1).count + 3 * kObject.count});
}

TEST(IpcMemory, OfSemaphoresIsTheirNumber) {
  EXPECT_EQ(MemoryOfIpc(Ipc::kSemaphores,
                        "       key      semid perms      nsems   uid   gid  cuid  cgid      otime "
                        "     ctime\n"
                        "         0          0   600        250  1000  1000  1000  1000          0 "
                        "1764120000\n"),
            Bytes{250 * 64 + 2 * kObject.count});
}

TEST(IpcMemory, OfQueuesIsWhatIsInThem) {
  EXPECT_EQ(
      MemoryOfIpc(Ipc::kQueues,
                  "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid "
                  " cuid  cgid      stime      rtime      ctime\n"
                  "         0          0   600       16000          2     3     0  1000  1000 "
                  " 1000  1000 1764120000          0 1764120000\n"),
      Bytes{16000 + 2 * kObject.count});
}

TEST(SharedMemory, IsCountedOnceAndThoughNobodyHasItInHand) {
  constexpr size_t kSize = MiB(8).count;
  const HostPid self{::getpid()};
  const std::array processes{self, self};
  const Bytes before = SharedMemoryOf(processes, true);
  void* const shared =
      ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(shared, MAP_FAILED);
  EXPECT_EQ(SharedMemoryOf(processes, false), Bytes{before.count + kSize});
  ::munmap(shared, kSize);
  const UniqueFd file = Memory();
  ASSERT_EQ(::ftruncate(file.get(), static_cast<off_t>(kSize)), 0);
  EXPECT_EQ(SharedMemoryOf(processes, true), before);
  ASSERT_EQ(::fallocate(file.get(), 0, 0, static_cast<off_t>(kSize)), 0);
  EXPECT_EQ(SharedMemoryOf(processes, false), before);
  EXPECT_EQ(SharedMemoryOf(processes, true), Bytes{before.count + kSize});
}

// Pages of several are counted once where that can matter, and what is private as often as it is
// there.
TEST(Memory, OfSeveralIsWhatTheyUseTogether) {
  constexpr size_t kSize = MiB(32).count;
  constexpr uint64_t kSlack = MiB(8).count;  // of a process that does nothing else
  const auto touched = [](int flags) {
    void* const memory =
        ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0);
    std::memset(memory, 1, kSize);
    return memory;
  };
  void* const shared = touched(MAP_SHARED);
  std::array<HostPid, 2> processes;
  std::array<UniqueFd, 2> ready;
  for (size_t i = 0; i < processes.size(); ++i) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ready[i] = UniqueFd(ends[0]);
    processes[i] = HostPid{::fork()};
    if (processes[i].value == 0) {
      std::memset(shared, 2, kSize);
      touched(MAP_PRIVATE);
      (void)!::write(ends[1], "x", 1);
      ::pause();
    }
    ::close(ends[1]);
    char byte = 0;
    ASSERT_EQ(::read(ends[0], &byte, 1), 1);
  }
  const uint64_t together = MemoryOf(processes, {}, false).count;
  EXPECT_GE(together, 3 * kSize);
  EXPECT_LT(together, 3 * kSize + 2 * kSlack);
  EXPECT_GE(MemoryOf(processes, Bytes{1ULL << 40}, false).count, 4 * kSize);
  for (const HostPid process : processes) {
    ::kill(process.value, SIGKILL);
    ::waitpid(process.value, nullptr, 0);
  }
  ::munmap(shared, kSize);
}

using IpcInside = SandboxTest;
FOR_EACH_ACCOUNT(IpcInside);

TEST_P(IpcInside, IsSeenFromOutside) {
  InSandbox([](Sandbox& box) {
    const Bytes before = box.IpcMemory();
    const Outcome made = RunProgram(box, {.argv = {"python3", "-c",
                                                   "import ctypes\n"
                                                   "c = ctypes.CDLL(None, use_errno=True)\n"
                                                   "for i in range(100):\n"
                                                   "  assert c.semget(0, 250, 0o1600) >= 0\n"
                                                   "assert c.semget(0, 251, 0o1600) < 0\n"}});
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(box.IpcMemory(), Bytes{before.count + 100 * (250 * 64 + kObject.count)});
  });
}

}  // namespace
}  // namespace plumbline::sandbox::testing
