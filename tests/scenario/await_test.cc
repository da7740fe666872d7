// SPDX-License-Identifier: MIT
// Steps that wait: until it is so, or until it can be no more.
// plumbline: subject is time
#include "record/instead.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

namespace instead = record::instead;
using record::ProcessState;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AwaitTest : public PlayTest {};
FOR_EACH_ACCOUNT(AwaitTest);

// A program that reads a line, says so, and again.
Source Reader() { return Bash("while read line; do echo \"got $line\"; done"); }

// --- asleep, blocked

TEST_P(AwaitTest, AsleepDoesNotWaitForSleepers) {
  const Recording seen = Play(Bash("sleep 1000"), "steps: [await: asleep, snapshot: there]");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
  const auto sleep = Ran(seen, "sleep");
  ASSERT_EQ(sleep.size(), 1u) << ::testing::PrintToString(seen);
  ASSERT_NE(At(seen, "there", sleep[0]), nullptr);
  EXPECT_EQ(At(seen, "there", sleep[0])->state, ProcessState::kAsleep);
  EXPECT_EQ(At(seen, "there", sleep[0])->threads[0].blocked->call, "clock_nanosleep");
}

TEST_P(AwaitTest, BlockedWaitsForSleepers) {
  const Recording seen = Play(Bash("sleep 0.1; echo awake; read line"), R"(
stdin: open
steps: [await: blocked, snapshot: there]
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
  EXPECT_EQ(Out(seen), "awake\n");
  EXPECT_EQ(At(seen, "there", 0)->threads[0].blocked->call, "read");
  EXPECT_EQ(At(seen, "there", 0)->threads[0].blocked->fd, 0);
}

TEST_P(AwaitTest, BlockedIsSoWhenAllHaveEnded) {
  const Recording seen = Play(Bash("exit 4"), "steps: [await: blocked, await: asleep]");
  EXPECT_THAT(seen, Exits(4));
}

// --- exit

TEST_P(AwaitTest, ExitOfTheSubmission) {
  EXPECT_THAT(Play(Bash("exit 5"), "steps: [await: exit]"), Exits(5));
  EXPECT_THAT(Play(Bash("kill -KILL $$"), "steps: [await: exit]"), DiesOf(9));
}

TEST_P(AwaitTest, ExitOfSomebodyElse) {
  const Recording seen = Play(Bash("cat & wait; read line"), R"(
stdin: open
steps: [await: {exit: cat}, snapshot: there, await: blocked]
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
  EXPECT_NE(At(seen, "there", Named(seen, "submission")), nullptr);
}

TEST_P(AwaitTest, ExitIsImpossibleWhenNothingMoves) {
  const Recording seen = Play(Bash("read line"), "{stdin: open, steps: [await: exit]}");
  EXPECT_THAT(seen, Ends(Outcome::kDeadlocked));
  EXPECT_FALSE(seen.stuck);
  EXPECT_NE(At(seen, "end", 0), nullptr);
}

TEST_P(AwaitTest, ExitIsImpossibleForNobody) {
  const Recording seen = Play(Bash("exit 0"), "steps: [await: {exit: cat}]");
  EXPECT_THAT(seen, StuckAt(1, instead::kNobody));
  EXPECT_EQ(seen.stuck->awaited, "await: {exit: cat}");
}

// --- stopped, alive

TEST_P(AwaitTest, StoppedOnes) {
  const Recording seen = Play(Bash("sleep 1000 & kill -STOP $!; wait"), R"(
steps: [await: {stopped: submission/1}, snapshot: there]
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
  ASSERT_NE(At(seen, "there", 1), nullptr);
  EXPECT_EQ(At(seen, "there", 1)->state, ProcessState::kStopped);
}

TEST_P(AwaitTest, StoppedIsImpossibleForWhoOnlyWaits) {
  EXPECT_THAT(Play(Bash("read line"), "{stdin: open, steps: [await: {stopped: submission}]}"),
              StuckAt(1, instead::kAllWait));
  EXPECT_THAT(Play(Bash("exit 0"), "steps: [await: {stopped: submission}]"),
              StuckAt(1, instead::kAllEnded));
}

TEST_P(AwaitTest, SoManyAlive) {
  const Recording seen = Play(Bash("exec 3<&0; cat <&3 & cat <&3 & read line; wait"), R"(
stdin: open
steps:
  - await: {alive: submission/*, count: 2}
  - close: stdin
  - await: {alive: submission/*, count: 0}
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
}

TEST_P(AwaitTest, SoManyAliveIsImpossible) {
  EXPECT_THAT(Play(Bash("cat F & wait"), R"(
files: {F: {kind: fifo}}
steps: [await: {alive: submission/*, count: 2..}]
)"),
              StuckAt(1, instead::kAllWait));
}

// --- listening

constexpr char kListens[] =
    "import socket, sys\n"
    "s = socket.socket(socket.AF_UNIX if sys.argv[1] == 'S' else socket.AF_INET)\n"
    "s.bind('S' if sys.argv[1] == 'S' else ('127.0.0.1', int(sys.argv[1])))\n"
    "if len(sys.argv) == 2: s.listen()\n"
    "sys.stdin.read()\n";

TEST_P(AwaitTest, ListeningToAPort) {
  const Recording seen = Play(Python(kListens), R"(
args: ["7"]
stdin: open
steps: [await: {listening: 7}, snapshot: there]
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
  EXPECT_THAT(seen.snapshot("there")->sockets,
              ElementsAre(::testing::Pair(
                  ::testing::_, AllOf(::testing::Field(&record::SocketState::local, "127.0.0.1:7"),
                                      ::testing::Field(&record::SocketState::listening, true)))));
}

TEST_P(AwaitTest, ListeningAtAPath) {
  for (const char* path : {"S", "/lab/S"}) {
    const Recording seen = Play(Python(kListens), std::string("{args: [S], stdin: open, steps: ["
                                                              "await: {listening: ") +
                                                      path + "}]}");
    EXPECT_THAT(seen, Ends(Outcome::kExited));
  }
}

TEST_P(AwaitTest, ListeningIsImpossibleForWhoOnlyBinds) {
  EXPECT_THAT(Play(Python(kListens), R"(
args: ["7", only-binds]
stdin: open
steps: [await: {listening: 7}]
)"),
              StuckAt(1, instead::kAllWait));
  EXPECT_THAT(
      Play(Python(kListens), "{args: [\"13\"], stdin: open, steps: [await: {listening: 7}]}"),
      StuckAt(1, instead::kAllWait));
}

// --- output

TEST_P(AwaitTest, OutputAfterWhatWasAwaitedBefore) {
  const Recording seen = Play(Reader(), R"(
stdin: open
steps:
  - send: {to: stdin, text: "a\n"}
  - await: {output: "got"}
  - send: {to: stdin, text: "a\n"}
  - await: {output: "got a\n"}
  - close: stdin
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "got a\ngot a\n");
}

TEST_P(AwaitTest, OutputIsImpossibleASecondTime) {
  const Recording seen = Play(Reader(), R"(
stdin: open
steps:
  - send: {to: stdin, text: "a\n"}
  - await: {output: "got a\n"}
  - await: {output: "got a\n"}
)");
  EXPECT_THAT(seen, StuckAt(3, instead::kAllWait));
}

TEST_P(AwaitTest, OutputOfOtherStreams) {
  const Recording seen = Play(Bash("echo problem >&2; echo started; read line"), R"(
stdin: open
steps:
  - await: {output: "problem\n", of: submission.stderr}
  - start: {as: other, command: [bash, -c, "echo here; echo there >&2"]}
  - await: {output: "here", of: other.stdout}
  - await: {output: "there", of: other.stderr}
  - await: {output: "started"}
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

TEST_P(AwaitTest, OutputWithAPlaceholder) {
  const Recording seen = Play(Bash("echo ready $$"), R"(
steps: [await: {output: "ready {submission.pid}\n"}, await: exit]
)");
  EXPECT_THAT(seen, Exits(0));
}

TEST_P(AwaitTest, OutputIsImpossibleWhenOtherWordsCame) {
  EXPECT_THAT(Play(Bash("echo hello; read line"), R"(
stdin: open
steps: [await: {output: "hello\n"}, await: {output: ready}]
)"),
              StuckAt(2, instead::kAllWait));
  EXPECT_THAT(Play(Bash("echo hello; echo you"), R"(
steps: [await: {output: "hello"}, await: {output: ready}]
)"),
              StuckAt(2, "\"\nyou\n\""));
  EXPECT_THAT(Play(Bash("exit 0"), "steps: [await: {output: ready}]"),
              StuckAt(1, instead::kAllEnded));
}

// --- What a wait may take for rest.

TEST_P(AwaitTest, DoesNotTakeASleeperForOneThatWaitsForEver) {
  const Recording seen =
      Play(Bash("sleep 0.3; echo late"), "steps: [await: {output: late}, await: exit]");
  EXPECT_THAT(seen, Exits(0));
}

TEST_P(AwaitTest, DoesNotStandBeforeTheFirstInstructionWhileItWaits) {
  // Nothing but the wait lets the program begin.
  const Recording seen = Play(Bash("echo begun"), "steps: [await: {output: begun}]");
  EXPECT_THAT(seen, Exits(0));
}

}  // namespace
}  // namespace plumbline::scenario::testing
