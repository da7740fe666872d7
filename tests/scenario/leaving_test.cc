// SPDX-License-Identifier: MIT
// Whatever programs do to stay, nothing outlives its run. Each Play() looks for them (playing.cc),
// and so does the supervisor's end.
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

class LeavingTest : public PlayTest {};
FOR_EACH_ACCOUNT(LeavingTest);

TEST_P(LeavingTest, ADaemonGoesWithItsRun) {
  const Recording seen = Play(Python("import os, signal\n"
                                     "if os.fork(): os._exit(0)\n"
                                     "os.setsid()\n"
                                     "if os.fork(): os._exit(0)\n"
                                     "for s in range(1, 65):\n"
                                     "  try: signal.signal(s, signal.SIG_IGN)\n"
                                     "  except (OSError, ValueError): pass\n"
                                     "os.closerange(0, 3)\n"
                                     "signal.pause()\n"),
                              "steps: [await: exit, await: blocked]");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_NE(At(seen, "end", 2), nullptr);
}

TEST_P(LeavingTest, SoDoThoseThatAreStopped) {
  const Recording seen = Play(Bash("cat F & kill -STOP $!; kill -STOP $$"), R"(
files: {F: {kind: fifo}}
steps: [await: {stopped: submission}]
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

TEST_P(LeavingTest, SoDoThoseThatAreHeld) {
  const Recording seen = Play(Bash("echo x | cat"), R"(
steps: [hold: {who: cat, before: start}, hold: {who: submission, before: wait}, await: blocked]
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

TEST_P(LeavingTest, SoDoThreads) {
  const Recording seen =
      Play(Python("import threading\n"
                  "lock = threading.Lock(); lock.acquire()\n"
                  "for i in range(8): threading.Thread(target=lock.acquire).start()\n"),
           "steps: [await: blocked]");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

// It makes children all the time, within its limits, when the run ends.
TEST_P(LeavingTest, SoDoThoseThatMultiply) {
  const Recording seen = Play(Bash("echo begun; while :; do (: & :) & done"), R"(
steps: [await: {output: begun}]
)",
                              {.limits = "{processes: 16, cpu: 1s}"});
  EXPECT_THAT(seen.outcome, ::testing::AnyOf(Outcome::kExited, Outcome::kProcessorLimit));
}

TEST_P(LeavingTest, SoDoThoseThatMultiplyAtALimit) {
  const Recording seen = Play(Bash("while :; do (while :; do :; done) & done"),
                              "steps: [await: exit]", {.limits = "{processes: 16, cpu: 500ms}"});
  EXPECT_THAT(seen, Ends(Outcome::kProcessorLimit));
}

TEST_P(LeavingTest, SoDoPeersAndThoseWithATerminal) {
  const Recording seen = Play(Bash("trap '' HUP TERM INT; read x"), R"(
terminal: true
peers: {server: {command: [socat, "TCP-LISTEN:7,fork", PIPE], port: 7}}
steps: [start: {as: other, command: [cat], stdin: open}, await: blocked]
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

// What one run leaves, the next one does not find.
TEST_P(LeavingTest, AWorldIsUsedOnce) {
  for (int run = 0; run < 3; ++run) {
    const Recording seen =
        Play(Python("import ctypes, os, socket\n"
                    "s = socket.socket(); s.bind(('127.0.0.1', 7)); s.listen()\n"
                    "print(os.getpid(), os.listdir('/lab'), os.listdir('/tmp'),\n"
                    "      os.listdir('/dev/shm'), open('/proc/sysvipc/shm').read().count('\\n'))\n"
                    "for f in '/lab/x', '/tmp/x', '/dev/shm/x': open(f, 'w').close()\n"
                    "ctypes.CDLL(None).shmget(1, 4096, 0o1600)\n"),
             "steps: [await: exit]");
    EXPECT_THAT(seen, Exits(0));
    EXPECT_EQ(Out(seen), "2 [] [] [] 1\n");
  }
}

}  // namespace
}  // namespace plumbline::scenario::testing
