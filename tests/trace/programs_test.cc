// SPDX-License-Identifier: MIT
// Whole programs, from their start to their end.
#include "tests/trace/harness.h"

namespace plumbline::trace::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using Programs = TraceTest;
FOR_EACH_ACCOUNT(Programs);

TEST_P(Programs, AnEmptyOne) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("empty");
    run.RunToEnd();
    EXPECT_THAT(run.Story(), ElementsAre("-1 makes 0", "0 executes /program/empty", "0 exits 0"));
    const record::Process& process = run.recording().processes.at(0);
    EXPECT_EQ(process.pid.value, 2);
    EXPECT_EQ(process.parent_pid.value, 1);
    EXPECT_EQ(process.started_as, "submission");
  });
}

TEST_P(Programs, AStaticOne) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartTracee("empty_static");
    run.RunToEnd();
    EXPECT_EQ(run.EndOf(0)->status, 0);
    EXPECT_EQ(run.tracer().processes()[0].loader.second, 0u);
  });
}

TEST_P(Programs, APipelineOfTheShell) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartCommand({"bash", "-c", "ls / | sort | wc -l"});
    run.RunToEnd();
    EXPECT_EQ(run.recording().processes.size(), 4u);
    for (const char* program : {"ls", "sort", "wc"})
      EXPECT_THAT(run.Story(),
                  Contains(::testing::EndsWith(std::string("executes /usr/bin/") + program)));
    EXPECT_EQ(run.All<record::Reaped>(0).size(), 3u);
    EXPECT_NE(run.Output(), "");
  });
}

TEST_P(Programs, AScriptIsItsInterpreter) {
  Supervised([] {
    TracedRun run;
    const sandbox::FileToMake script{
        .path = "/program/script", .content = "#!/bin/sh\nexit 4\n", .mode = 0755};
    ASSERT_TRUE(run.box().PutFiles({&script, 1}).has_value());
    run.StartCommand({"/program/script", "argument"});
    run.RunToEnd();
    const auto executed = run.All<record::Executed>();
    ASSERT_EQ(executed.size(), 1u);
    EXPECT_EQ(executed[0]->path, "/program/script");
    EXPECT_THAT(executed[0]->argv, ElementsAre("/bin/sh", "/program/script", "argument"));
    EXPECT_EQ(run.tracer().processes()[0].executable, "/usr/bin/dash");
    EXPECT_EQ(run.EndOf(0)->status, 4);
  });
}

TEST_P(Programs, PythonWithAThreadAndAChild) {
  Supervised([] {
    TracedRun run({.observed = Everything()});
    run.StartCommand({"python3", "-c", R"(
import subprocess, threading
thread = threading.Thread(target=lambda: print('thread', flush=True))
thread.start()
thread.join()
print(subprocess.run(['echo', 'x'], capture_output=True).stdout.decode(), end=''))"});
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "thread\nx\n");
    EXPECT_EQ(run.All<record::ThreadBorn>().size(), 1u);
    EXPECT_EQ(run.recording().processes.size(), 2u);
  });
}

// 32-bit programs have other system calls, which nobody would understand: they are killed at the
// first.
TEST_P(Programs, A32BitDoorIsShut) {
  Supervised([] {
    TracedRun run;
    run.StartTracee("call_int80");
    run.RunToEnd();
    EXPECT_EQ(run.Output(), "before\n");
    EXPECT_EQ(run.EndOf(0)->killed_by, SIGSYS);
  });
}

// The smallest ELF file of i386 (elf(5)): a header, a segment, and `mov $1, %eax; int $0x80`.
std::string Elf32() {
  std::string file(
      "\x7f"
      "ELF\1\1\1\0\0\0\0\0\0\0\0\0",
      16);
  const auto half = [&](unsigned value) {
    file += static_cast<char>(value & 0xff);
    file += static_cast<char>(value >> 8 & 0xff);
  };
  const auto word = [&](unsigned value) {
    half(value & 0xffff);
    half(value >> 16);
  };
  constexpr unsigned kAddress = 0x08048000;
  constexpr unsigned kHeader = 52;
  constexpr unsigned kSegment = 32;
  constexpr unsigned kSize = kHeader + kSegment + 7;
  half(2), half(3), word(1);            // executable, i386
  word(kAddress + kHeader + kSegment);  // entry
  word(kHeader), word(0), word(0);      // segments, sections, flags
  half(kHeader), half(kSegment), half(1), half(40), half(0), half(0);
  word(1), word(0), word(kAddress), word(kAddress), word(kSize), word(kSize), word(5), word(4096);
  return file + std::string("\xb8\1\0\0\0\xcd\x80", 7);
}

TEST_P(Programs, A32BitProgramDoesNothing) {
  Supervised([] {
    TracedRun run;
    const std::string bytes = Elf32();
    const sandbox::FileToMake file{.path = "/program/elf32", .content = bytes, .mode = 0755};
    ASSERT_TRUE(run.box().PutFiles({&file, 1}).has_value());
    run.StartCommand({"sh", "-c", "/program/elf32"});
    run.RunToEnd();
    // Where the kernel runs such files at all (CONFIG_IA32_EMULATION), else it refuses this one.
    const auto executed = run.All<record::Executed>();
    ASSERT_EQ(executed.size(), 2u);
    if (executed[1]->error == 0)
      EXPECT_EQ(
          run.EndOf(static_cast<ProcessIndex>(run.recording().processes.size()) - 1)->killed_by,
          SIGSYS);
    else
      EXPECT_EQ(executed[1]->error, ENOEXEC);
  });
}

TEST_P(Programs, SeveralAtOnce) {
  Supervised([] {
    TracedRun run;
    run.StartCommand({"true"});
    run.StartCommand({"false"});
    run.RunToEnd();
    EXPECT_EQ(run.EndOf(0)->status, 0);
    EXPECT_EQ(run.EndOf(1)->status, 1);
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
