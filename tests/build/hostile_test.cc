// SPDX-License-Identifier: MIT
// Submissions that attack the build: each ends as a failure with words, and nothing stays.
#include <sched.h>

#include "base/busy_loops.h"
#include "base/io.h"
#include "base/text.h"
#include "tests/build/harness.h"

namespace plumbline::build {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;

using HostileBuildTest = BuildTest;

Request MakeRequest(const std::string& commands) {
  return RequestOf("c", {{"Makefile", "all:\n" + commands}, {"main.c", kEmptyMain}});
}

::testing::Matcher<Diagnostic> Says(const std::string& words) {
  return IsDiagnostic("error", "", 0, words);
}

TEST_F(HostileBuildTest, AnEndlessIncludeRunsOutOfMemory) {
  Limits limits;
  limits.sandbox.memory = limits.sandbox.address_space = MiB(256);
  const auto report = Build(RequestOf("c", {{"main.c", "#include \"/dev/zero\"\n"}}), limits);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, Contains(Says("needed more than 256 MiB of memory")))
      << Words(*report);
}

TEST_F(HostileBuildTest, IncludesOfWhatHasNoEndOrNoBeginning) {
  Limits limits;
  // Its own output may be a file to read from, which never ends.
  limits.real = std::chrono::seconds(1);
  for (const char* file : {"/dev/stdin", "/dev/tty", "/proc/self/fd/0", "/proc/self/mem", "/lab",
                           "/dev/fd/1", "main.c"}) {
    const auto report = Build(
        RequestOf("c", {{"main.c", std::string("#include \"") + file + "\"\nint main( { }\n"}}),
        limits);
    ASSERT_OK(report);
    EXPECT_FALSE(report->ok) << file;
  }
}

TEST_F(HostileBuildTest, ATemplateBombRunsOutOfSomething) {
  Limits limits;
  limits.sandbox.cpu = std::chrono::seconds(1);
  const auto report = Build(
      RequestOf("cpp",
                {{"main.cc",
                  "template <int N, long K> struct Bomb {\n"
                  "  static constexpr long v = Bomb<N - 1, 2 * K>::v + Bomb<N - 1, 2 * K + 1>::v;\n"
                  "};\n"
                  "template <long K> struct Bomb<0, K> { static constexpr long v = K; };\n"
                  "int main() { return Bomb<40, 1>::v; }\n"}}),
      limits);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, Contains(AnyOf(Says("used up its 1 s of processor time"),
                                                  Says("needed more than 1 GiB of memory"))))
      << Words(*report);
}

TEST_F(HostileBuildTest, AFloodOfWarningsIsCut) {
  std::string source = kEmptyMain;
  for (int i = 0; i < 60000; ++i) source += "#warning flood\n";
  const auto report = Build(RequestOf("c", {{"main.c", source}}));
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok);
  EXPECT_EQ(report->diagnostics.size(), 200);
  EXPECT_THAT(report->log, HasSubstr("the rest was cut: more than 1 MiB"));
}

TEST_F(HostileBuildTest, AnEndlessLogIsStopped) {
  const auto report = Build(MakeRequest("\tyes\n"));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics,
              Contains(Says("make was stopped: it wrote more than 64 MiB of messages")));
  EXPECT_LT(report->log.size(), KiB(128).count);
}

TEST_F(HostileBuildTest, BytesThatAreNoTextAreShownAsSuch) {
  const auto report = Build(MakeRequest("\thead -c 100000 /dev/urandom; exit 1\n"));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_TRUE(IsUtf8(report->log));
}

TEST_F(HostileBuildTest, WhatNeverEndsMeetsTheDeadline) {
  Limits limits;
  limits.real = std::chrono::milliseconds(300);
  const auto report = Build(MakeRequest("\tmkfifo f\n\tcat f\n"), limits);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics,
              Contains(Says("make was stopped: it did not end within 300 ms")));
}

// Until the end of a test it and all that it starts have one processor.
class OneProcessor {
 public:
  OneProcessor() {
    ::sched_getaffinity(0, sizeof(before_), &before_);
    cpu_set_t one;
    CPU_ZERO(&one);
    int first = 0;
    while (!CPU_ISSET(first, &before_)) ++first;
    CPU_SET(first, &one);
    ::sched_setaffinity(0, sizeof(one), &one);
  }
  OneProcessor(const OneProcessor&) = delete;
  OneProcessor& operator=(const OneProcessor&) = delete;
  ~OneProcessor() { ::sched_setaffinity(0, sizeof(before_), &before_); }

 private:
  cpu_set_t before_;
};

TEST_F(HostileBuildTest, TheDeadlineIsNoNearerWhereOthersHaveTheProcessor) {
  const OneProcessor one;
  const BusyLoops others(4);
  Limits limits;
  limits.real = std::chrono::milliseconds(1500);
  const auto begin = std::chrono::steady_clock::now();
  const auto report = Build(MakeRequest("\tpython3 -c 'import time; any(time.process_time() > 1 "
                                        "for _ in iter(int, 1))'; cp /bin/true pipe-chain\n"),
                            limits);
  EXPECT_GT(std::chrono::steady_clock::now() - begin, limits.real);
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok) << Words(*report);
}

TEST_F(HostileBuildTest, TheDeadlineIsNoFartherForManyProcesses) {
  const OneProcessor one;
  Limits limits;
  limits.real = limits.sandbox.cpu = std::chrono::seconds(1);
  const auto report = Build(
      MakeRequest("\tfor i in 1 2 3 4 5 6 7 8 9 10 11 12; do while :; do :; done & done; wait\n"),
      limits);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, Contains(Says("make was stopped: it did not end within 1 s")));
}

// The name of a process anywhere on this machine.
bool Runs(const std::string& name) {
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    if (ReadProc((entry.path() / "comm").c_str()) == name + "\n") return true;
  }
  return false;
}

TEST_F(HostileBuildTest, WhatOutlivesTheCompilerDiesWithTheSandbox) {
  const std::string name = "stays" + std::to_string(::getpid());
  const auto report = Build(MakeRequest("\tgcc -o pipe-chain main.c\n\tmkfifo f\n\tcp /bin/cat " +
                                        name + "\n\t./" + name + " f &\n"));
  ASSERT_OK(report);
  // It holds the pipe of the messages open; nobody waits for it.
  EXPECT_TRUE(report->ok) << Words(*report);
  EXPECT_FALSE(Runs(name));
}

TEST_F(HostileBuildTest, AForkBombIsBounded) {
  Limits limits;
  limits.real = std::chrono::seconds(2);
  const auto report = Build(MakeRequest("\tb() { b | b & }; b; exit 1\n"), limits);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
}

TEST_F(HostileBuildTest, AFileIsBounded) {
  Limits limits;
  limits.sandbox.file = MiB(1);
  const auto report = Build(MakeRequest("\thead -c 2M /dev/zero > pipe-chain\n"), limits);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
}

TEST_F(HostileBuildTest, TheDiskIsBounded) {
  Limits limits;
  limits.sandbox.disk = MiB(4);
  const auto report = Build(MakeRequest("\thead -c 8M /dev/zero > pipe-chain\n"), limits);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, Contains(Says("its files became larger than 4 MiB together")))
      << Words(*report);
}

TEST_F(HostileBuildTest, AProgramIsBounded) {
  Limits limits;
  limits.program = MiB(1);
  const auto report = Build(
      RequestOf("c", {{"main.c", "char a[2 << 20] = {1};\nint main(void) { return a[0]; }\n"}}),
      limits);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, Contains(Says("program 'pipe-chain' is larger than 1 MiB")));
}

// Each of them is within the limit of one process.
TEST_F(HostileBuildTest, MemoryIsThatOfAllProcessesTogether) {
  Limits limits;
  limits.sandbox.memory = MiB(256);
  const auto report = Build(MakeRequest("\tmkfifo f\n"
                                        "\tfor i in 1 2 3; do cat f | python3 -c 'x = b\"x\" * "
                                        "(128 << 20); input()' & done; wait\n"),
                            limits);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, Contains(Says("needed more than 256 MiB of memory")))
      << Words(*report);
}

TEST_F(HostileBuildTest, TheMachinesFilesAreNotThere) {
  const Folder folder;
  const std::string secret = folder.Write("secret.h", "int secret;\n");
  const auto report = Build(RequestOf("c", {{"main.c", "#include \"" + secret + "\"\n"}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_THAT(report->diagnostics, Contains(IsDiagnostic("error", "main.c", 1, "No such file")));
}

TEST_F(HostileBuildTest, ASolutionThatIsInstalledCannotBeIncluded) {
  Request request =
      RequestOf("c", {{"main.c", "#include <linux/limits.h>\n" + std::string(kEmptyMain)}});
  const auto open = Build(request);
  ASSERT_OK(open);
  EXPECT_TRUE(open->ok) << Words(*open);
  request.hidden_paths = {"/usr/include/linux"};
  const auto hidden = Build(request);
  ASSERT_OK(hidden);
  EXPECT_THAT(hidden->diagnostics, Contains(IsDiagnostic("error", "main.c", 1, "No such file")));
}

TEST_F(HostileBuildTest, TheAssemblerCannotReadTheMachinesFilesEither) {
  const auto report = Build(RequestOf(
      "c", {{"main.c", "__asm__(\".incbin \\\"/etc/shadow\\\"\");\n" + std::string(kEmptyMain)}}));
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
}

}  // namespace
}  // namespace plumbline::build
