// SPDX-License-Identifier: MIT
// Processes that stay where a step wants them, and go on when another says so.
#include <csignal>

#include "record/instead.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

namespace instead = record::instead;
using record::ProcessState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class HoldTest : public PlayTest {};
FOR_EACH_ACCOUNT(HoldTest);

// Where a held process stays: "write", or "" before its first instruction.
std::string CallAt(const Recording& seen, const std::string& snapshot,
                   record::ProcessIndex process) {
  const record::ProcessStateAt* state = At(seen, snapshot, process);
  if (state == nullptr || state->state != ProcessState::kHeld) return "(not held)";
  const auto& blocked = state->threads.front().blocked;
  return blocked ? blocked->call : "";
}

// Steps: somebody is held, looked at where nobody can go on, and let go.
std::string HeldAndReleased(const std::string& who, const std::string& before) {
  return "steps:\n  - hold: {who: " + who + ", before: " + before +
         "}\n  - await: blocked\n  - snapshot: held\n  - release: " + who + "\n  - await: exit\n";
}

TEST_P(HoldTest, BeforeItsProgramStarts) {
  const Recording seen = Play(Bash("echo x | cat"), HeldAndReleased("cat", "start"));
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "x\n");
  ASSERT_THAT(Ran(seen, "cat"), SizeIs(1));
  EXPECT_EQ(CallAt(seen, "held", Ran(seen, "cat")[0]), "");
  EXPECT_EQ(seen.snapshot("held")->stream_sizes.at("submission.stdout"), 0u);
}

TEST_P(HoldTest, TheSubmissionBeforeItsStart) {
  const Recording seen = Play(Bash("echo x"), HeldAndReleased("submission", "start"));
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(CallAt(seen, "held", 0), "");
  EXPECT_EQ(seen.snapshot("held")->processes.size(), 1u);
}

TEST_P(HoldTest, BeforeItWrites) {
  const Recording seen =
      Play(Bash("echo x >&2; echo one; echo two"), HeldAndReleased("submission", "output"));
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(CallAt(seen, "held", 0), "write");
  EXPECT_EQ(At(seen, "held", 0)->threads[0].blocked->fd, 1);
  EXPECT_EQ(seen.snapshot("held")->stream_sizes.at("submission.stdout"), 0u);
  EXPECT_EQ(seen.snapshot("held")->stream_sizes.at("submission.stderr"), 2u);
  EXPECT_EQ(Out(seen), "one\ntwo\n");
}

TEST_P(HoldTest, BeforeItsOutputByOtherCalls) {
  const Recording seen = Play(Python("import os\nos.writev(1, [b'a', b'b'])\n"), R"(
steps: [hold: {who: submission, before: output}, await: blocked, snapshot: held]
)");
  EXPECT_EQ(CallAt(seen, "held", 0), "writev");
}

TEST_P(HoldTest, BeforeItExits) {
  const Recording seen = Play(Bash("echo done; exit 3"), R"(
steps:
  - hold: {who: submission, before: exit}
  - await: {output: done}
  - await: blocked
  - snapshot: held
  - release: submission
  - await: exit
)");
  EXPECT_THAT(seen, Exits(3));
  EXPECT_EQ(CallAt(seen, "held", 0), "exit_group");
}

TEST_P(HoldTest, BeforeACall) {
  const Recording seen =
      Play(Bash("mkfifo F; cd /tmp; echo done"), HeldAndReleased("submission", "chdir"));
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(CallAt(seen, "held", 0), "chdir");
  EXPECT_EQ(seen.snapshot("held")->files.at("F").kind, record::ObjectKind::kFifo);
}

TEST_P(HoldTest, BeforeACallOfAFamily) {
  const Recording seen =
      Play(Bash("cat F | cat"), "files: {F: {text: x}}\n" + HeldAndReleased("submission", "fork"));
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(CallAt(seen, "held", 0), "clone");
  EXPECT_THAT(seen.snapshot("held")->processes, SizeIs(1));
}

TEST_P(HoldTest, BeforeAForkIsNotBeforeAThread) {
  const Recording seen = Play(Python("import os, threading\n"
                                     "threading.Thread(target=lambda: None).start()\n"
                                     "os._exit(os.fork() and 0)\n"),
                              HeldAndReleased("submission", "fork"));
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(CallAt(seen, "held", 0), "clone");
  EXPECT_THAT(All<record::ThreadBorn>(seen, 0), SizeIs(1));
  const size_t threads = At(seen, "held", 0)->threads.size();
  EXPECT_EQ(threads, 1u) << "its thread was made, and has ended";
}

// What the dynamic loader reads and opens is nobody's doing.
TEST_P(HoldTest, DoesNotCountTheLoadersCalls) {
  const Recording seen = Play(Bash("cat F"), R"(
files: {F: {text: x}}
steps:
  - hold: {who: cat, before: read}
  - await: blocked
  - snapshot: held
)");
  ASSERT_THAT(Ran(seen, "cat"), SizeIs(1));
  EXPECT_EQ(CallAt(seen, "held", Ran(seen, "cat")[0]), "read");
  EXPECT_EQ(At(seen, "held", Ran(seen, "cat")[0])->threads[0].blocked->fd, 3);
}

// --- Who is held.

TEST_P(HoldTest, ThoseBornLaterToo) {
  const Recording seen = Play(Bash("read x; for i in 1 2 3; do echo $i & done; wait"), R"(
stdin: open
steps:
  - await: blocked
  - hold: {who: submission/*, before: output}
  - send: {to: stdin, text: "\n"}
  - await: blocked
  - snapshot: held
  - release: submission/2
  - await: {output: "2\n"}
  - await: blocked
  - snapshot: two
  - release: submission/*
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
  for (const int child : {1, 2, 3}) EXPECT_EQ(CallAt(seen, "held", child), "write");
  EXPECT_EQ(CallAt(seen, "two", 1), "write");
  EXPECT_EQ(At(seen, "two", 2), nullptr);
  EXPECT_EQ(seen.snapshot("two")->stream_sizes.at("submission.stdout"), 2u);
  EXPECT_EQ(Out(seen).size(), 6u);
}

TEST_P(HoldTest, ReleasedOnesAreHeldNoMore) {
  const Recording seen = Play(Bash("for i in 1 2 3; do echo $i; done"), R"(
steps: [hold: {who: submission, before: output}, await: blocked, release: submission, await: exit]
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "1\n2\n3\n");
}

TEST_P(HoldTest, OneThatIsStartedLater) {
  const Recording seen = Play(Bash("exit 0"), R"(
steps:
  - hold: {who: other, before: output}
  - await: exit
  - start: {as: other, command: [echo, x]}
  - await: blocked
  - snapshot: held
  - release: other
  - await: {exit: other}
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(CallAt(seen, "held", Named(seen, "other")), "write");
  EXPECT_EQ(Out(seen, "other.stdout"), "x\n");
}

TEST_P(HoldTest, SeveralHoldsOfOne) {
  const Recording seen = Play(Bash("echo x; cd /"), R"(
steps:
  - hold: {who: submission, before: chdir}
  - await: blocked
  - snapshot: first
  - hold: {who: submission, before: exit}
  - release: submission
  - await: exit
)");
  // A release ends all earlier holds.
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(CallAt(seen, "first", 0), "chdir");
}

TEST_P(HoldTest, AHoldAfterARelease) {
  const Recording seen = Play(Bash("echo one; read x; echo two"), R"(
stdin: open
steps:
  - hold: {who: submission, before: output}
  - await: blocked
  - release: submission
  - await: {output: one}
  - await: blocked
  - hold: {who: submission, before: output}
  - close: stdin
  - await: blocked
  - snapshot: again
)");
  EXPECT_EQ(CallAt(seen, "again", 0), "write");
  EXPECT_EQ(Out(seen), "one\n");
}

// --- What a held process still does.

TEST_P(HoldTest, HandlesASignalFirst) {
  const Recording seen = Play(Tracee("traps_signal"), R"(
steps:
  - hold: {who: submission, before: output}
  - await: blocked
  - signal: {USR1: submission}
  - await: {output: trapped, of: submission.stderr}
  - await: blocked
  - snapshot: held
  - release: submission
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(CallAt(seen, "held", 0), "write");
  EXPECT_EQ(Out(seen), "out\n");
}

TEST_P(HoldTest, DiesOfASignal) {
  const Recording seen = Play(Bash("echo out"), R"(
steps:
  - hold: {who: submission, before: output}
  - await: blocked
  - signal: {TERM: submission}
  - await: exit
)");
  EXPECT_THAT(seen, DiesOf(SIGTERM));
  EXPECT_EQ(Out(seen), "");
}

TEST_P(HoldTest, WhoIsHeldNeverEnds) {
  const Recording seen = Play(Bash("echo x"), R"(
steps: [hold: {who: submission, before: output}, await: exit]
)");
  EXPECT_THAT(seen, Ends(Outcome::kDeadlocked));
}

TEST_P(HoldTest, TheScenarioMayEndWithSomebodyHeld) {
  const Recording seen =
      Play(Bash("echo x"), "steps: [hold: {who: submission, before: output}, await: blocked]");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
  EXPECT_EQ(CallAt(seen, "end", 0), "write");
}

}  // namespace
}  // namespace plumbline::scenario::testing
