// SPDX-License-Identifier: MIT
// Limits of a run, on each rung of isolation.
// plumbline: subject is time
#include <csignal>

#include "tests/scenario/playing.h"
#include "tests/support/busy_loops.h"

namespace plumbline::scenario::testing {
namespace {

using plumbline::testing::BusyLoops;
using ::testing::AllOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;

class LimitsTest : public RungTest {};
ON_EACH_RUNG(LimitsTest);

TEST_P(LimitsTest, OfProcessorTime) {
  const Recording seen =
      Play(Bash("while :; do :; done"), "steps: [await: exit]", {.limits = "{cpu: 300ms}"});
  EXPECT_THAT(seen, Ends(Outcome::kProcessorLimit));
  EXPECT_GE(seen.machine.processor, std::chrono::milliseconds(300));
  EXPECT_NE(seen.snapshot("end"), nullptr);
}

TEST_P(LimitsTest, OfProcessorTimeForAllTogether) {
  const Recording seen = Play(Bash("for i in 1 2 3 4; do (while :; do :; done) & done; wait"),
                              "steps: [await: exit]", {.limits = "{cpu: 400ms}"});
  EXPECT_THAT(seen, Ends(Outcome::kProcessorLimit));
  EXPECT_LE(seen.machine.processor, std::chrono::seconds(3));
}

TEST_P(LimitsTest, OfProcessorTimeDoesNotCountSleep) {
  EXPECT_THAT(Play(Bash("sleep 0.5"), "steps: [await: exit]", {.limits = "{cpu: 400ms}"}),
              Exits(0));
}

constexpr char kAllocates[] = R"(
import os, sys
blocks = []
for n in range(int(sys.argv[1])):
    blocks.append(bytearray(os.urandom(1 << 20)))
print('allocated', flush=True)
sys.stdin.read()
)";

TEST_P(LimitsTest, OfMemory) {
  const Recording seen = Play(Python(kAllocates), "{args: [\"400\"], steps: [await: exit]}",
                              {.limits = "{memory: 64MiB}"});
  EXPECT_THAT(seen, Ends(Outcome::kMemoryLimit));
}

TEST_P(LimitsTest, OfMemoryForAllTogether) {
  // In the background, Bash would give them /dev/null to read, and none would stay.
  const Recording seen =
      Play(Bash("for i in 1 2 3 4; do python3 alloc.py 24 <&3 & done 3<&0; wait"),
           std::string(R"(
stdin: open
files:
  alloc.py:
    text: |
)") +
               [] {
                 std::string text;
                 for (const char c : std::string(kAllocates))
                   text += c == '\n' ? "\n      " : std::string(1, c);
                 return text;
               }() +
               "\nsteps: [await: exit]\n",
           {.limits = "{memory: 80MiB}"});
  EXPECT_THAT(seen, Ends(Outcome::kMemoryLimit));
}

TEST_P(LimitsTest, OfMemoryLeavesRoomForWhatIsAllowed) {
  const Recording seen = Play(Python(kAllocates), "{args: [\"40\"], steps: [await: exit]}",
                              {.limits = "{memory: 80MiB}"});
  EXPECT_THAT(seen, Exits(0));
}

TEST_P(LimitsTest, OfOutput) {
  const Recording seen = Play(Bash("yes"), "steps: [await: exit]", {.limits = "{output: 1MiB}"});
  EXPECT_THAT(seen, Ends(Outcome::kOutputLimit));
  const record::Stream& stream = seen.streams.at("submission.stdout");
  EXPECT_EQ(stream.bytes.size(), 1u << 20);
  EXPECT_TRUE(stream.cut);
  EXPECT_GT(stream.total, stream.bytes.size());
}

TEST_P(LimitsTest, OfOutputOnAConnection) {
  const Recording seen = Play(Bash("exec 3<>/dev/tcp/127.0.0.1/9; yes >&3"), R"(
peers: {p: {kind: sink, port: 9}}
steps: [await: exit]
)",
                              {.limits = "{output: 1MiB}"});
  EXPECT_THAT(seen, Ends(Outcome::kOutputLimit));
  EXPECT_TRUE(seen.streams.at("p.received").cut);
}

TEST_P(LimitsTest, OfOutputMayBeReached) {
  const Recording seen =
      Play(Bash("head -c 1048576 /dev/zero"), "steps: [await: exit]", {.limits = "{output: 1MiB}"});
  EXPECT_THAT(seen, Exits(0));
  EXPECT_FALSE(seen.streams.at("submission.stdout").cut);
}

TEST_P(LimitsTest, OfProcessesAreSeenByFork) {
  const Recording seen =
      Play(Tracee("fork_until_refused"), "steps: [await: exit]", {.limits = "{processes: 8}"});
  EXPECT_THAT(Out(seen), HasSubstr("EAGAIN")) << ::testing::PrintToString(seen);
  EXPECT_THAT(seen.processes.size(), AllOf(Ge(7u), Le(8u)));
}

// There the kernel counts those of all runs together.
class SharedLimitsTest : public Playing, public ::testing::WithParamInterface<Account> {
 protected:
  void SetUp() override { Begin(GetParam(), sandbox::Rung::kC); }
};
FOR_EACH_ACCOUNT(SharedLimitsTest);

TEST_P(SharedLimitsTest, OfProcessesAreTheRunsOwn) {
  const Recording seen = Play(Tracee("fork_until_refused"), "steps: [await: exit]",
                              {.limits = "{processes: 8}", .rung = sandbox::Rung::kC});
  EXPECT_EQ(Out(seen), "7 EAGAIN\n") << ::testing::PrintToString(seen);
  EXPECT_EQ(seen.processes.size(), 8u);
  // Who was waited for makes room, a zombie does not.
  const Recording waits =
      Play(Python("import os\n"
                  "made = 0\n"
                  "def make():\n"
                  "    global made\n"
                  "    child = os.fork()\n"
                  "    if child == 0: os._exit(0)\n"
                  "    made += 1\n"
                  "    return child\n"
                  "for _ in range(20): os.waitpid(make(), 0)\n"
                  "try:\n"
                  "    while True: make()\n"
                  "except OSError as error: print(made, error.strerror)\n"),
           "steps: [await: exit]", {.limits = "{processes: 8}", .rung = sandbox::Rung::kC});
  EXPECT_EQ(Out(waits), "27 Resource temporarily unavailable\n") << ::testing::PrintToString(waits);
}

// As elsewhere: programs that were started apart may signal each other.
TEST_P(SharedLimitsTest, LetProgramsOfARunSignalEachOther) {
  const std::string peers = "peers: {target: {command: [sleep, \"99999\"]}}\n";
  const std::string words = "args: [\"{target.pid}\"]\nsteps: [await: exit]\n";
  const Recording seen =
      Play(Bash("kill -USR1 $1 && echo sent"), peers + words, {.rung = sandbox::Rung::kC});
  EXPECT_EQ(Out(seen), "sent\n") << ::testing::PrintToString(seen);
  const auto sent = All<record::SignalSent>(seen);
  ASSERT_FALSE(sent.empty());
  EXPECT_EQ(sent.front()->signal, SIGUSR1);
  EXPECT_EQ(sent.front()->to.size(), 1U);
  const Recording child = Play(Bash("sleep 99999 & kill $!; wait $!; echo $?"),
                               "steps: [await: exit]", {.rung = sandbox::Rung::kC});
  EXPECT_EQ(Out(child), "143\n") << ::testing::PrintToString(child);
}

// Whoever kills all that it may does not keep others from being started.
TEST_P(SharedLimitsTest, AreNotLostWithWhoStartsPrograms) {
  const Recording seen =
      Play(Bash("if (($# == 0)); then kill -9 -1; echo alone; read; fi; echo $1"),
           R"(
stdin: open
steps:
  - await: {output: "alone\n"}
  - start: {as: later, args: [there]}
  - await: {exit: later}
)",
           {.rung = sandbox::Rung::kC});
  EXPECT_EQ(Out(seen, "later.stdout"), "there\n") << ::testing::PrintToString(seen);
  EXPECT_FALSE(seen.error);
}

// One with a terminal is in a domain of its own there: what would be given elsewhere is denied, and
// no verdict may come of that. What a program is denied because the scenario says so is another
// thing.
TEST_P(SharedLimitsTest, OfSignalsFromATerminalEndARun) {
  const Recording seen = Play(Bash("kill -USR1 $1 || echo denied"),
                              "terminal: true\npeers: {target: {command: [sleep, \"99999\"]}}\n"
                              "args: [\"{target.pid}\"]\nsteps: [await: exit]\n",
                              {.rung = sandbox::Rung::kC});
  ASSERT_THAT(seen, Ends(Outcome::kError)) << Out(seen, "terminal");
  EXPECT_THAT(seen.error->message, HasSubstr("a signal to another program of the run"));
  const Recording altered =
      Play(Bash("sleep 5 & kill $! || echo denied; kill -9 $!"),
           "alter: [{call: kill, error: EPERM, nth: 1}]\nsteps: [await: exit]\n",
           {.rung = sandbox::Rung::kC});
  EXPECT_FALSE(altered.error) << ::testing::PrintToString(altered);
}

// There it has no file system of its own that would be full; five files of 50 MB are too much.
TEST_P(SharedLimitsTest, OfTheDiskEndARun) {
  const auto with = [](int files) {
    return Bash("for ((i = 0; i < " + std::to_string(files) +
                "; ++i)); do head -c 50000000 /dev/zero >f$i; done; echo done; read");
  };
  const std::string steps = "{stdin: open, steps: [{await: {output: \"done\\n\"}}]}";
  const Recording few = Play(with(2), steps, {.rung = sandbox::Rung::kC});
  EXPECT_EQ(Out(few), "done\n") << ::testing::PrintToString(few);
  const Recording many = Play(with(5), steps, {.rung = sandbox::Rung::kC});
  ASSERT_THAT(many, Ends(Outcome::kError));
  EXPECT_THAT(many.error->message, HasSubstr("the run's files took more than 128 MiB"));
}

TEST_P(LimitsTest, OfDescriptors) {
  const Recording seen = Play(Python("import os\n"
                                     "n = 3\n"
                                     "try:\n"
                                     "  while True: n = os.open('/dev/null', os.O_RDONLY)\n"
                                     "except OSError as error: print(n, error.strerror)\n"),
                              "steps: [await: exit]", {.limits = "{descriptors: 32}"});
  EXPECT_EQ(Out(seen), "31 Too many open files\n");
}

TEST_P(LimitsTest, OfAFile) {
  const Recording seen = Play(Bash("exec head -c 3000000 /dev/zero > F"), "steps: [await: exit]",
                              {.limits = "{file: 1MiB}"});
  EXPECT_THAT(seen, DiesOf(SIGXFSZ));
  EXPECT_EQ(seen.snapshot("end")->files.at("F").size, 1u << 20);
}

// While the machine has much else to do, the supervisor's waits for a processor and the program's
// are as long as all that passes, and more: then it takes until that is over.
TEST_P(LimitsTest, OfRealTimeAreErrorsOfTheRun) {
  const Recording seen =
      Play(Bash("while :; do :; done"), "steps: [await: exit]",
           {.limits = "{cpu: 60s}", .wall_limit = std::chrono::milliseconds(300)});
  EXPECT_THAT(seen, Ends(Outcome::kError));
  ASSERT_TRUE(seen.error);
  EXPECT_THAT(seen.error->message, HasSubstr("300 ms"));
}

// That others had the processors, for ten times as long, is not the run's.
TEST_P(LimitsTest, OfRealTimeAreNoneOfWhatOthersTook) {
  const BusyLoops others(8 * static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN)));
  const Recording seen =
      Play(Python("import os\nfor i in range(4000): os.close(os.dup(0))\n"), "steps: [await: exit]",
           {.limits = "{cpu: 20s}", .wall_limit = std::chrono::seconds(1)});
  EXPECT_THAT(seen, Exits(0));
}

// Nor that the grader was late on purpose: two thousand naps of a millisecond.
TEST_P(LimitsTest, OfRealTimeAreNoneOfWhatTheGraderNapped) {
  const Recording seen =
      Play(Python("import os\nfor i in range(4000): os.close(os.dup(0))\n"), "steps: [await: exit]",
           {.limits = "{cpu: 20s}", .wall_limit = std::chrono::seconds(1), .late = true});
  EXPECT_THAT(seen, Exits(0));
  EXPECT_GT(seen.machine.real_time, std::chrono::seconds(1));
}

TEST_P(LimitsTest, OfVirtualTime) {
  const Recording seen = Play(Bash("while sleep 100; do :; done"), "steps: [await: blocked]",
                              {.limits = "{virtual: 1h}"});
  EXPECT_THAT(seen, Ends(Outcome::kVirtualLimit));
  EXPECT_EQ(seen.virtual_time, std::chrono::hours(1));
}

TEST_P(LimitsTest, EndARunBetweenSteps) {
  const Recording seen = Play(Bash("echo begun; yes > /dev/null"), R"(
steps: [await: {output: begun}, await: {output: never}, snapshot: never]
)",
                              {.limits = "{cpu: 300ms}"});
  EXPECT_THAT(seen, Ends(Outcome::kProcessorLimit));
  EXPECT_EQ(seen.snapshot("never"), nullptr);
  EXPECT_EQ(Out(seen), "begun\n");
}

}  // namespace
}  // namespace plumbline::scenario::testing
