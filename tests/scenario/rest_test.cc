// SPDX-License-Identifier: MIT
// Programs that look again and again, or only spin, and those that sleep on their way.
// plumbline: subject is time
#include "record/instead.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

namespace instead = record::instead;
using record::ProcessState;

class RestingTest : public PlayTest {};
FOR_EACH_ACCOUNT(RestingTest);

Source SleepsInALoop() {
  return Python(
      "import os, time\n"
      "print('begun', flush=True)\n"
      "while not os.path.exists('F'): time.sleep(0.01)\n"
      "print('seen')\n");
}

Source PollsWithATimeout() {
  return Python(
      "import os, selectors, sys\n"
      "s = selectors.DefaultSelector()\n"
      "s.register(0, selectors.EVENT_READ)\n"
      "print('begun', flush=True)\n"
      "while not s.select(0.01): pass\n"
      "print(sys.stdin.readline())\n");
}

// --- Waiting for a signal that nobody keeps

// SIGCHLD is ignored by default: unless it is blocked, or handled, nobody who waits for it hears of
// it.
Source WaitsForItsChild(const std::string& before) {
  return Python("import os, signal\n" + before +
                "\nchild = os.fork()\n"
                "if child == 0: os._exit(0)\n"
                "print('got', signal.sigwait([signal.SIGCHLD]) == signal.SIGCHLD)\n");
}

constexpr char kTheChildEndsWhileItWaits[] = R"(
steps:
  - hold: {who: submission/1, before: exit}
  - await: blocked
  - release: submission/1
  - await: exit
)";

TEST_P(RestingTest, AnIgnoredSignalWakesNobody) {
  const Recording seen = Play(WaitsForItsChild("pass"), kTheChildEndsWhileItWaits);
  EXPECT_THAT(seen, Ends(Outcome::kDeadlocked));
  EXPECT_EQ(Out(seen), "");
}

TEST_P(RestingTest, ABlockedOneDoesThoughItIsIgnoredOtherwise) {
  for (const char* before : {"signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])",
                             "signal.signal(signal.SIGCHLD, lambda *_: None)"}) {
    const Recording seen = Play(WaitsForItsChild(before), kTheChildEndsWhileItWaits);
    EXPECT_THAT(seen, Exits(0));
    EXPECT_EQ(Out(seen), "got True\n");
  }
}

// --- Pollers

TEST_P(RestingTest, APollerIsBlocked) {
  for (const Source& source : {SleepsInALoop(), PollsWithATimeout()}) {
    const Recording seen = Play(source, R"(
stdin: open
steps: [await: {output: begun}, await: blocked, snapshot: there]
)");
    EXPECT_THAT(seen, Ends(Outcome::kExited));
    ASSERT_NE(At(seen, "there", 0), nullptr);
    EXPECT_EQ(At(seen, "there", 0)->state, ProcessState::kAsleep);
  }
}

TEST_P(RestingTest, APollerSeesWhatAStepDoes) {
  const Recording sleeps = Play(SleepsInALoop(), R"(
files: {G: {}}
steps:
  - await: {output: begun}
  - await: blocked
  - start: {as: touch, command: [touch, F]}
  - await: {output: seen}
  - await: exit
)");
  EXPECT_THAT(sleeps, Exits(0));
  const Recording polls = Play(PollsWithATimeout(), R"(
stdin: open
steps:
  - await: {output: begun}
  - await: blocked
  - send: {to: stdin, text: "hello\n"}
  - await: {output: hello}
  - await: exit
)");
  EXPECT_THAT(polls, Exits(0));
}

TEST_P(RestingTest, WaitingForAPollerEndsIfNothingComesOfIt) {
  for (const Source& source : {SleepsInALoop(), PollsWithATimeout()}) {
    const Recording seen = Play(source, R"(
stdin: open
steps: [await: {output: begun}, await: {output: never}]
)");
    EXPECT_EQ(seen.outcome, Outcome::kStuck);
    EXPECT_EQ(seen.stuck->step, 1);
  }
}

TEST_P(RestingTest, OneThatDoesSomethingEachTimeIsNoPoller) {
  // It counts to a hundred, asleep between.
  const Recording seen = Play(Python("import time\n"
                                     "for n in range(100):\n"
                                     "  time.sleep(0.001)\n"
                                     "  print(n, flush=True)\n"
                                     "input()\n"),
                              R"(
stdin: open
steps: [await: blocked, snapshot: there]
)");
  EXPECT_EQ(seen.snapshot("there")->stream_sizes.at("submission.stdout"), 290u);
}

TEST_P(RestingTest, TwoThatSleepInTurnsAreNoPollers) {
  const Recording seen =
      Play(Bash("for i in 1 2 3 4 5 6 7 8; do sleep 0.02; done; echo done; read x"), R"(
stdin: open
steps: [await: blocked, snapshot: there]
)");
  EXPECT_EQ(seen.snapshot("there")->stream_sizes.at("submission.stdout"), 5u);
}

// --- Spinners

TEST_P(RestingTest, ASpinnerIsAtRest) {
  for (const char* step : {"await: blocked", "await: asleep"}) {
    const Recording seen =
        Play(Bash("echo begun; while :; do :; done"),
             std::string("steps: [await: {output: begun}, ") + step + ", snapshot: there]");
    EXPECT_THAT(seen, Ends(Outcome::kExited)) << step;
    ASSERT_NE(At(seen, "there", 0), nullptr);
    EXPECT_EQ(At(seen, "there", 0)->state, ProcessState::kRunning);
  }
}

TEST_P(RestingTest, ASpinnerThatAsksOverAndOverIsAtRest) {
  const Recording seen = Play(Python("import os\n"
                                     "child = os.fork()\n"
                                     "if child == 0: os.read(0, 1); os._exit(0)\n"
                                     "print('begun', flush=True)\n"
                                     "while os.waitpid(child, os.WNOHANG) == (0, 0): pass\n"
                                     "print('reaped')\n"),
                              R"(
stdin: open
steps:
  - await: {output: begun}
  - await: asleep
  - snapshot: there
  - close: stdin
  - await: {output: reaped}
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
  ASSERT_NE(At(seen, "there", 1), nullptr);
  EXPECT_EQ(At(seen, "there", 1)->state, ProcessState::kAsleep);
}

TEST_P(RestingTest, ASpinnerThatShutsDownOverAndOverIsAtRest) {
  const Recording seen = Play(Python("import os, select, socket\n"
                                     "s = socket.create_connection(('127.0.0.1', 7000))\n"
                                     "while True:\n"
                                     "  ready = select.select([0, s], [], [])[0]\n"
                                     "  if s in ready: break\n"
                                     "  if os.read(0, 100): continue\n"
                                     "  try: s.shutdown(socket.SHUT_WR)\n"
                                     "  except OSError: pass\n"),
                              R"(
peers: {server: {kind: scripted, port: 7000}}
steps:
  - accept: {from: server, as: s}
  - receive: {from: s, until: end}
  - await: asleep
  - snapshot: there
  - close: s
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
  ASSERT_NE(At(seen, "there", 0), nullptr);
  EXPECT_EQ(At(seen, "there", 0)->state, ProcessState::kRunning);
}

TEST_P(RestingTest, WhoComputesForSomethingIsNoSpinner) {
  const Recording seen =
      Play(Bash("i=0; while ((i++ < 300000)); do :; done; echo computed; read x"), R"(
stdin: open
steps: [await: {output: computed}, await: blocked]
)",
           {.limits = "{cpu: 30s}"});
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

// A generator and its reader never rest: steps go on after a while.
TEST_P(RestingTest, StepsGoOnBesideThoseThatNeverRest) {
  const Recording seen =
      Play(Bash("yes | cat > /dev/null & echo begun; read x; echo $x; kill %1"), R"(
stdin: open
steps:
  - await: {output: begun}
  - send: {to: stdin, text: "hello\n"}
  - await: {output: hello}
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
}

}  // namespace
}  // namespace plumbline::scenario::testing
