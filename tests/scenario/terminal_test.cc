// SPDX-License-Identifier: MIT
// A program on a terminal, and the keys that steps press.
#include <csignal>

#include "record/instead.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

namespace instead = record::instead;
using record::ProcessState;
using record::Stopped;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::SizeIs;

class TerminalTest : public PlayTest {};
FOR_EACH_ACCOUNT(TerminalTest);

TEST_P(TerminalTest, IsTheProgramsStandardStreams) {
  const Recording seen = Play(Bash("[ -t 0 -a -t 1 -a -t 2 ] && tty; echo $TERM; echo err >&2"), R"(
terminal: true
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen, "terminal"), "/dev/pts/0\r\nlinux\r\nerr\r\n");
  EXPECT_THAT(seen.streams, Not(::testing::Contains(Key("submission.stdout"))));
  for (const int fd : {0, 1, 2}) {
    const record::Object* object = seen.object(At(seen, "start", 0)->descriptors.at(fd).object);
    EXPECT_EQ(object->kind, record::ObjectKind::kTerminal);
    EXPECT_EQ(object->role, "terminal");
  }
  EXPECT_TRUE(At(seen, "start", 0)->has_terminal);
  EXPECT_TRUE(At(seen, "start", 0)->in_foreground);
}

TEST_P(TerminalTest, TakesLines) {
  const Recording seen = Play(Bash("read x; echo got $x; read x || echo end"), R"(
terminal: true
steps:
  - await: blocked
  - press: [h, i, enter]
  - await: {output: "got hi\r\n", of: terminal}
  - press: ctrl-d
  - await: {output: "end", of: terminal}
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen, "terminal"), "hi\r\ngot hi\r\nend\r\n");
}

TEST_P(TerminalTest, TakesWhatIsSent) {
  const Recording seen = Play(Bash("read x; read y; echo got $x $y"), R"(
terminal: true
steps:
  - await: blocked
  - send: {to: terminal, text: "one\ntwo\n"}
  - await: {output: "got one two", of: terminal}
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
}

TEST_P(TerminalTest, IsReceivedFrom) {
  const Recording seen = Play(Bash("echo one; echo two; read x; echo three"), R"(
terminal: true
steps:
  - receive: {from: terminal, text: "one\r\n"}
  - receive: {from: terminal, contains: "wo"}
  - await: blocked
  - press: enter
  - receive: {from: terminal, contains: "three"}
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen, "terminal"), "one\r\ntwo\r\n\r\nthree\r\n");
  EXPECT_THAT(seen.streams, Not(::testing::Contains(Key("terminal.received"))));
}

TEST_P(TerminalTest, ReceivingOtherWordsIsImpossible) {
  EXPECT_THAT(Play(Bash("echo one; read x"), R"(
terminal: true
steps: [receive: {from: terminal, text: "two"}]
)"),
              StuckAt(1, "\"one\""));
}

TEST_P(TerminalTest, InterruptsTheForeground) {
  const Recording seen = Play(Bash("trap 'echo interrupted' INT; cat; echo $?"), R"(
terminal: true
steps: [await: blocked, press: ctrl-c, await: exit]
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_THAT(Out(seen, "terminal"), HasSubstr("^Cinterrupted\r\n130\r\n"));
}

TEST_P(TerminalTest, KillsWhoDoesNotHandleTheInterrupt) {
  const Recording seen =
      Play(Tracee("blocks_in"),
           "{args: [pause], terminal: true, steps: [await: blocked, press: ctrl-c, await: exit]}");
  EXPECT_THAT(seen, DiesOf(SIGINT));
}

TEST_P(TerminalTest, StopsTheForeground) {
  const Recording seen = Play(Tracee("blocks_in"), R"(
args: [pause]
terminal: true
steps:
  - await: blocked
  - press: ctrl-z
  - await: {stopped: submission}
  - snapshot: there
  - signal: {CONT: submission}
  - await: asleep
  - snapshot: again
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
  EXPECT_EQ(At(seen, "there", 0)->state, ProcessState::kStopped);
  EXPECT_EQ(At(seen, "again", 0)->state, ProcessState::kAsleep);
  ASSERT_THAT(All<Stopped>(seen, 0), SizeIs(1));
  EXPECT_EQ(All<Stopped>(seen, 0)[0]->signal, SIGTSTP);
}

// An interactive shell with a job of its own, which ctrl-z stops and `fg` takes up again.
TEST_P(TerminalTest, IsSharedByTheJobsOfAShell) {
  const Recording seen =
      Play({.language = "sh", .runnable = {.files = {}, .command = {"bash", "--norc", "-i"}}},
           R"(
terminal: true
env: {PS1: "$ "}
steps:
  - await: {output: "$ ", of: terminal}
  - await: blocked
  - send: {to: terminal, text: "cat\n"}
  - await: {alive: cat, count: 1}
  - await: blocked
  - snapshot: running
  - press: ctrl-z
  - await: {stopped: cat}
  - await: blocked
  - snapshot: stopped
  - send: {to: terminal, text: "fg\n"}
  - await: blocked
  - snapshot: continued
  - press: ctrl-d
  - await: {exit: cat}
  - await: blocked
  - press: ctrl-d
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
  ASSERT_THAT(Ran(seen, "cat"), SizeIs(1));
  const int cat = Ran(seen, "cat")[0];
  EXPECT_TRUE(At(seen, "running", cat)->in_foreground);
  EXPECT_FALSE(At(seen, "running", 0)->in_foreground);
  EXPECT_EQ(At(seen, "stopped", cat)->state, ProcessState::kStopped);
  EXPECT_TRUE(At(seen, "stopped", 0)->in_foreground);
  EXPECT_EQ(At(seen, "continued", cat)->state, ProcessState::kAsleep);
  EXPECT_TRUE(At(seen, "continued", cat)->in_foreground);
}

TEST_P(TerminalTest, HasSettingsInSnapshots) {
  const Recording seen =
      Play(Bash("read x; stty -echo -icanon min 3; read x; stty sane; read x"), R"(
terminal: true
steps:
  - await: blocked
  - snapshot: before
  - press: enter
  - await: blocked
  - snapshot: changed
)");
  const std::string& before = seen.snapshot("before")->terminal;
  EXPECT_THAT(before,
              AllOf(HasSubstr("\necho on\n"), HasSubstr("\nicanon on\n"), HasSubstr("\nintr 3\n")));
  EXPECT_EQ(seen.snapshot("start")->terminal, before);
  EXPECT_THAT(
      seen.snapshot("changed")->terminal,
      AllOf(HasSubstr("\necho off\n"), HasSubstr("\nicanon off\n"), HasSubstr("\nmin 3\n")));
}

// --- Of started programs.

TEST_P(TerminalTest, MayBeThatOfAStartedProgram) {
  const Recording seen = Play(Bash("exit 0"), R"(
steps:
  - await: exit
  - start: {as: again, command: [bash, -c, "tty; read x; echo got $x"], terminal: true}
  - await: {output: "/dev/pts/0\r\n", of: terminal}
  - await: blocked
  - press: [y, enter]
  - await: {output: "got y", of: terminal}
  - await: {exit: again}
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(seen.snapshot("start")->terminal, "");
  EXPECT_NE(seen.snapshot("end")->terminal, "");
}

TEST_P(TerminalTest, EachProgramHasItsOwn) {
  const Recording seen = Play(Bash("tty; read x; echo first $x"), R"(
terminal: true
steps:
  - await: blocked
  - start: {as: other, command: [bash, -c, "tty; read x; echo second $x"], terminal: true}
  - await: blocked
  - press: [y, enter]
  - await: {exit: other}
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
  EXPECT_THAT(Out(seen, "terminal"), AllOf(HasSubstr("/dev/pts/0"), HasSubstr("/dev/pts/1"),
                                           HasSubstr("second y"), Not(HasSubstr("first"))));
}

TEST_P(TerminalTest, KeysAreImpossibleBeforeThereIsOne) {
  EXPECT_THAT(Play(Bash("exit 0"), R"(
steps:
  - press: x
  - start: {as: again, terminal: true}
)"),
              StuckAt(1, instead::kNoTerminal));
}

// --- Its end.

TEST_P(TerminalTest, IsHungUp) {
  const Recording seen = Play(Bash("read x; echo $?; exit 5"), R"(
terminal: true
steps: [await: blocked, close: terminal, await: exit]
)");
  EXPECT_THAT(seen, DiesOf(SIGHUP));
}

}  // namespace
}  // namespace plumbline::scenario::testing
