// SPDX-License-Identifier: MIT
// Steps that act from outside: signals, files, other programs.
#include <csignal>

#include "record/instead.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

namespace instead = record::instead;
using record::SignalSent;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ActionTest : public PlayTest {};
FOR_EACH_ACCOUNT(ActionTest);

// --- signal

TEST_P(ActionTest, SignalReachesItsProcess) {
  const Recording seen = Play(Bash("trap 'echo got it' USR1; echo ready; read line; exit 3"), R"(
stdin: open
steps:
  - await: {output: ready}
  - signal: {USR1: submission}
  - await: {output: got it}
  - signal: {KILL: submission}
  - await: exit
)");
  EXPECT_THAT(seen, DiesOf(SIGKILL));
  const auto sent = All<SignalSent>(seen, record::kGrader);
  ASSERT_THAT(sent, SizeIs(2));
  EXPECT_EQ(sent[0]->signal, SIGUSR1);
  EXPECT_EQ(sent[0]->cause, SignalSent::Cause::kStep);
  EXPECT_THAT(sent[0]->to, ElementsAre(0));
}

TEST_P(ActionTest, SignalReachesAllThatAreMeant) {
  const Recording seen = Play(Bash("cat F & cat F & wait; echo $?"), R"(
files: {F: {kind: fifo}}
steps:
  - await: {alive: cat, count: 2}
  - await: blocked
  - signal: {TERM: cat}
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_THAT(All<SignalSent>(seen, record::kGrader), SizeIs(2));
  EXPECT_EQ(At(seen, "end", 1), nullptr);
}

TEST_P(ActionTest, SignalIsImpossibleWithoutAnybody) {
  EXPECT_THAT(Play(Bash("exit 0"), "steps: [await: exit, signal: {USR1: submission}]"),
              StuckAt(2, instead::kNobody));
  EXPECT_THAT(Play(Bash("read x"), "{stdin: open, steps: [await: blocked, signal: {USR1: cat}]}"),
              StuckAt(2, instead::kNobody));
}

TEST_P(ActionTest, SignalComesBeforeTheFirstInstructionOfWhoStands) {
  const Recording seen =
      Play(Bash("echo alive"), "steps: [signal: {TERM: submission}, await: exit]");
  EXPECT_THAT(seen, DiesOf(SIGTERM));
  EXPECT_EQ(Out(seen), "");
}

// --- file

// Says what is in F, again and again, for each line that it reads.
Source Shows() { return Bash("exec 3< F; while read x; do cat F; echo; cat <&3; echo; done"); }

Recording AfterChange(PlayTest*, const std::function<Recording(const std::string&)>& play,
                      const std::string& change) {
  return play(R"(
files: {F: {text: "old", mode: "0600"}}
stdin: open
steps:
  - send: {to: stdin, text: "\n"}
  - await: {output: "old\nold\n"}
  - file: )" + change +
              R"(
  - send: {to: stdin, text: "\n"}
  - close: stdin
  - await: exit
)");
}

TEST_P(ActionTest, FileIsAppendedTo) {
  const auto play = [&](const std::string& scenario) { return Play(Shows(), scenario); };
  const Recording seen = AfterChange(this, play, "{path: F, do: append, text: \"+{cwd}\"}");
  EXPECT_EQ(Out(seen), "old\nold\nold+/lab\n+/lab\n");
}

TEST_P(ActionTest, FileIsRewrittenInPlace) {
  const auto play = [&](const std::string& scenario) { return Play(Shows(), scenario); };
  const Recording seen = AfterChange(this, play, "{path: /lab/F, do: rewrite, text: newer}");
  // Who has it open goes on where it was.
  EXPECT_EQ(Out(seen), "old\nold\nnewer\ner\n");
}

TEST_P(ActionTest, FileIsReplacedByANewOne) {
  const auto play = [&](const std::string& scenario) { return Play(Shows(), scenario); };
  const Recording seen = AfterChange(this, play, "{path: F, do: replace, text: newer}");
  EXPECT_EQ(Out(seen), "old\nold\nnewer\n\n");
  EXPECT_EQ(seen.snapshot("end")->files.at("F").mode, 0600u);
  EXPECT_THAT(seen.snapshot("end")->files, SizeIs(1));
}

TEST_P(ActionTest, FileIsRemoved) {
  const auto play = [&](const std::string& scenario) { return Play(Shows(), scenario); };
  const Recording seen = AfterChange(this, play, "{path: F, do: remove}");
  EXPECT_EQ(Out(seen), "old\nold\n\n\n");
  EXPECT_THAT(Errors(seen), HasSubstr("No such file"));
  EXPECT_THAT(seen.snapshot("end")->files, IsEmpty());
}

TEST_P(ActionTest, FileIsImpossibleWithoutOne) {
  for (const char* how : {"append, text: x", "rewrite, text: x", "replace, text: x", "remove"}) {
    EXPECT_THAT(Play(Bash("exit 0"), std::string("steps: [file: {path: F, do: ") + how + "}]"),
                StuckAt(1, instead::kNoFile));
  }
}

TEST_P(ActionTest, FileIsImpossibleForAnotherKind) {
  for (const char* how : {"append, text: x", "rewrite, text: x", "replace, text: x", "remove"}) {
    EXPECT_THAT(Play(Bash("exit 0"), std::string("files: {d: {kind: directory}}\nsteps: [file: "
                                                 "{path: d, do: ") +
                                         how + "}]"),
                StuckAt(1, instead::kOtherKind));
  }
}

TEST_P(ActionTest, FileNeverGoesThroughALink) {
  const Recording seen = Play(Bash("ln -s /etc/passwd F; ln -s / d"), R"(
steps: [await: exit, file: {path: F, do: append, text: x}]
)");
  EXPECT_THAT(seen, StuckAt(2, instead::kOtherKind));
  EXPECT_THAT(Play(Bash("ln -s /tmp d; echo > /tmp/F"), R"(
steps: [await: exit, file: {path: d/F, do: remove}]
)"),
              StuckAt(2, instead::kOtherKind));
}

// --- start

TEST_P(ActionTest, StartsTheSubmissionAgain) {
  const Recording seen = Play(Bash("echo \"run $# $A $(cat)\""), R"(
args: [one]
env: {A: a}
steps:
  - await: exit
  - start: {as: again, args: [one, two], env: {A: b}, stdin: {text: in}}
  - await: {exit: again}
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "run 1 a \n");
  EXPECT_EQ(Out(seen, "again.stdout"), "run 2 b in\n");
  const auto again = static_cast<size_t>(Named(seen, "again"));
  EXPECT_EQ(seen.processes[again].program, "played");
  EXPECT_FALSE(seen.processes[again].peer);
  EXPECT_EQ(seen.processes[again].parent, record::kGrader);
}

TEST_P(ActionTest, FeedsWhatItStarted) {
  const Recording seen = Play(Bash("echo \"$1:$(cat)\""), R"(
stdin: open
args: [first]
steps:
  - start: {as: again, args: [second], stdin: open}
  - send: {to: again.stdin, text: "b\n"}
  - send: {to: stdin, text: "a\n"}
  - close: again.stdin
  - await: {exit: again}
  - close: stdin
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "first:a\n");
  EXPECT_EQ(Out(seen, "again.stdout"), "second:b\n");
}

TEST_P(ActionTest, StartsAnotherProgramOfTheSubmission) {
  const Recording seen = Play(Bash("exit 0"), R"(
steps:
  - await: exit
  - start: {as: other, program: second}
  - await: {exit: other}
)",
                              {.programs = {{"second", Bash("echo second", "second")}}});
  EXPECT_EQ(Out(seen, "other.stdout"), "second\n");
  EXPECT_EQ(seen.processes[static_cast<size_t>(Named(seen, "other"))].program, "second");
}

TEST_P(ActionTest, StartsACommand) {
  const Recording seen = Play(Bash("read line"), R"(
stdin: open
files: {words: {text: "b\na\n"}}
steps:
  - start: {as: sorter, command: [sort, "-r"], args: [words], stdout: {file: sorted}}
  - await: {exit: sorter}
)");
  const auto sorter = static_cast<size_t>(Named(seen, "sorter"));
  EXPECT_TRUE(seen.processes[sorter].peer);
  EXPECT_EQ(seen.snapshot("end")->files.at("sorted").content, "b\na\n");
}

TEST_P(ActionTest, StartsASolution) {
  const Recording seen = Play(Bash("echo mine"), R"(
steps: [await: exit, start: {as: theirs, solution: sh, args: [x]}, await: {exit: theirs}]
)",
                              {.solutions = {{"sh", Bash("echo reference $1")}}});
  EXPECT_EQ(Out(seen), "mine\n");
  EXPECT_EQ(Out(seen, "theirs.stdout"), "reference x\n");
  EXPECT_TRUE(seen.processes[static_cast<size_t>(Named(seen, "theirs"))].peer);
}

TEST_P(ActionTest, StartedOnesStandUntilAStepWaits) {
  const Recording seen = Play(Bash("read line"), R"(
stdin: open
steps:
  - await: blocked
  - start: {as: other, command: [touch, made]}
  - file: {path: made, do: remove}
)");
  EXPECT_THAT(seen, StuckAt(3, instead::kNoFile));
}

TEST_P(ActionTest, StartIsImpossibleForAFileThatTheProgramsDidNotMake) {
  EXPECT_THAT(Play(Bash("exit 0"), "steps: [await: exit, start: {as: x, command: [./made]}]"),
              StuckAt(2, instead::kNoFile));
  EXPECT_THAT(
      Play(Bash("echo > made"), "steps: [await: exit, start: {as: x, command: [/lab/made]}]"),
      StuckAt(2, "EACCES"));
}

TEST_P(ActionTest, StartOfACommandThatTheMachineLacksIsAnError) {
  const Recording seen =
      Play(Bash("exit 0"), "steps: [await: exit, start: {as: x, command: [no-such-command]}]");
  EXPECT_THAT(seen, Ends(Outcome::kError));
  EXPECT_THAT(seen.error->message, HasSubstr("no-such-command"));
}

}  // namespace
}  // namespace plumbline::scenario::testing
