// SPDX-License-Identifier: MIT
// Virtual time in scenarios: steps that let it pass, and what programs are told of it.
// plumbline: subject is time
#include <csignal>

#include "record/instead.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

// What may be added by processor time.
constexpr Duration kMore = 2s;

class Time : public PlayTest {};
FOR_EACH_ACCOUNT(Time);

MATCHER_P(TookAbout, time, "so much virtual time passed") {
  return arg.virtual_time >= time && arg.virtual_time <= time + kMore;
}

TEST_P(Time, PassesAsFarAsAWaitNeeds) {
  const Recording seen = Play(Bash("sleep 100; echo one; sleep 1000; echo two"), R"(
steps: [await: {output: "one\n"}, snapshot: one, await: {exit: submission, within: 1h}]
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_THAT(*seen.snapshot("one"),
              ::testing::Field(&record::Snapshot::time,
                               ::testing::AllOf(::testing::Ge(100s), ::testing::Le(102s))));
  EXPECT_THAT(seen, TookAbout(1100s));
  EXPECT_LT(seen.machine.real_time, 30s);
}

TEST_P(Time, StandsStillWhileAllAreAsleep) {
  const Recording seen = Play(Bash("sleep 100"), "steps: [await: asleep, snapshot: here]");
  EXPECT_LT(seen.snapshot("here")->time, kMore);
  EXPECT_EQ(seen.outcome, Outcome::kExited);
  EXPECT_LT(seen.virtual_time, kMore);
}

TEST_P(Time, PassesUntilNobodyWaitsForIt) {
  const Recording seen = Play(Bash("sleep 50; read line"), R"(
stdin: open
steps: [await: blocked, snapshot: here]
)");
  EXPECT_GE(seen.snapshot("here")->time, 50s);
  EXPECT_THAT(seen, TookAbout(50s));
}

TEST_P(Time, PassesUntilAPollerComesAgain) {
  const Recording seen =
      Play(Python("import time\nwhile True: time.sleep(1)"), "steps: [await: blocked]");
  EXPECT_EQ(seen.outcome, Outcome::kExited);
  EXPECT_LT(seen.virtual_time, 1min);
}

// A signal that is ignored is as if it had not come, in waits too that any other one would end.
TEST_P(Time, OfAWaitIsNotEndedByAnIgnoredSignal) {
  for (const auto& [call, told] :
       {std::pair{"sigtimedwait", "-1 EAGAIN"}, std::pair{"epoll_wait", "0 none"},
        std::pair{"semtimedop", "-1 EAGAIN"}}) {
    SCOPED_TRACE(call);
    const Recording seen =
        Play(Tracee("ignores_interrupt"), "args: [" + std::string(call) + "]\n" + R"(
steps: [await: {output: "begun\n"}, await: asleep, signal: {INT: submission}, await: {exit: submission, within: 10s}]
)");
    EXPECT_THAT(seen, Exits(0));
    EXPECT_EQ(Out(seen), "begun\n" + std::string(told) + "\n");
    EXPECT_THAT(seen, TookAbout(3s));
  }
}

// --- Who asks all the time, and who computes.

// Of a program that waits five seconds by asking; with `limits: cpu` in its way if it computed
// them.
void ExpectNoComputing(const Recording& seen) {
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(seen.virtual_time, 5s);
  EXPECT_LT(seen.machine.processor, 3s);
}

TEST_P(Time, PassesForWhoAsksAllTheTime) {
  ExpectNoComputing(Play(Python(R"(
import os, time
child = os.fork()
if child == 0:
    time.sleep(5)
    os._exit(0)
while os.waitpid(child, os.WNOHANG) == (0, 0): pass
)"),
                         "steps: [await: exit]"));
}

TEST_P(Time, PassesForAShellThatAsksAllTheTime) {
  ExpectNoComputing(
      Play(Bash("sleep 5 & while kill -0 $! 2> /dev/null; do :; done"), "steps: [await: exit]"));
}

TEST_P(Time, PassesForWhoAsksByTurns) {
  ExpectNoComputing(Play(Python(R"(
import os, time
children = []
for n in range(20):
    child = os.fork()
    if child == 0:
        time.sleep(5)
        os._exit(0)
    children.append(child)
while children:
    children = [child for child in children if os.waitpid(child, os.WNOHANG) == (0, 0)]
)"),
                         "steps: [await: exit]"));
}

TEST_P(Time, DoesNotPassForWhoDoesOneThingAfterTheOther) {
  const Recording seen = Play(Python(R"(
import os, subprocess, time
child = subprocess.Popen(["sleep", "100"])
before = time.monotonic()
for fd in range(10, 1500):
    try: os.dup2(fd, fd)
    except OSError: pass
print(time.monotonic() - before < 50)
)"),
                              "steps: [await: exit]");
  EXPECT_EQ(seen.streams.at("submission.stdout").bytes, "True\n");
}

TEST_P(Time, LetsNoTimeoutEndWhoComputes) {
  const Recording seen = Play(Bash(R"(timeout 5 python3 -c '
import time
while time.process_time() < 0.5: sum(range(100000))
')"),
                              "steps: [await: exit]");
  EXPECT_THAT(seen, Exits(0));
}

TEST_P(Time, ComesForWhoComputesUntilIt) {
  const Recording seen = Play(Bash("trap 'exit 3' ALRM; timeout -s ALRM 30 sh -c 'while :; do :; "
                                   "done'; exit $(($? != 124))"),
                              "steps: [await: exit]");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_LT(seen.machine.processor, 5s);
}

TEST_P(Time, AdvancesByAStep) {
  const Recording seen = Play(Bash("trap 'echo hour; exit' USR1; (sleep 3600; kill -USR1 $$) & "
                                   "while :; do wait; done"),
                              R"(
steps: [advance: 3599s, snapshot: before, advance: 2s, snapshot: after]
)");
  EXPECT_EQ(Out(seen), "hour\n");
  EXPECT_EQ(seen.snapshot("before")->stream_sizes.at("submission.stdout"), 0u);
  EXPECT_EQ(seen.snapshot("after")->stream_sizes.at("submission.stdout"), 5u);
  EXPECT_THAT(seen, TookAbout(3601s));
}

TEST_P(Time, AdvancesWithoutAnybody) {
  EXPECT_THAT(Play(Bash(":"), "steps: [await: exit, advance: 1h]"), TookAbout(3600s));
}

TEST_P(Time, BoundsAWait) {
  const Recording seen = Play(Bash("sleep 100; echo late; sleep 1000"),
                              "steps: [await: {output: late, within: 60s}, snapshot: never]");
  ASSERT_THAT(seen, Ends(Outcome::kStuck));
  EXPECT_EQ(seen.stuck->instead, record::instead::kTooLate);
  EXPECT_EQ(seen.snapshot("never"), nullptr);
  EXPECT_THAT(seen, TookAbout(60s));
}

TEST_P(Time, BoundsEachWaitByTenMinutes) {
  const Recording seen = Play(Bash("sleep 1000"), "steps: [await: exit]");
  ASSERT_THAT(seen, Ends(Outcome::kStuck));
  EXPECT_THAT(seen, TookAbout(600s));
}

TEST_P(Time, BeginsAtADate) {
  const Recording seen = Play(Bash("date -u +%FT%TZ; sleep 86400; date -u +%F; printf '%(%F)T\\n'"),
                              R"(
clock: "2030-01-31T12:00:00Z"
steps: [await: {exit: submission, within: 2d}]
)");
  EXPECT_EQ(Out(seen), "2030-01-31T12:00:00Z\n2030-02-01\n2030-02-01\n");
}

TEST_P(Time, IsWhatAPeerTells) {
  const Recording seen = Play(Bash("exec 3<>/dev/tcp/127.0.0.1/13; cat <&3"), R"(
clock: "2030-01-31T12:00:00Z"
peers: {p: {kind: daytime, port: 13}}
steps: [await: exit]
)");
  EXPECT_THAT(Out(seen), HasSubstr("January 31, 2030 12:00:00"));
}

TEST_P(Time, IsTheSameForEverybody) {
  const Recording seen =
      Play(Bash("a=$(date +%s); sleep 7; read -t 5 < <(sleep 50); "
                "timeout 3 sleep 99; echo $? $SECONDS $(($(date +%s) - a))\n"
                "python3 -c 'import time\n"
                "a, b = time.time(), time.monotonic(); time.sleep(60)\n"
                "print(round(time.time() - a, 1), round(time.monotonic() - b, 1))'"),
           "steps: [await: exit]");
  EXPECT_EQ(Out(seen), "124 15 15\n60.0 60.0\n");
}

TEST_P(Time, MovesForWhoComputes) {
  const Recording seen = Play(Python("import signal, time\n"
                                     "end = time.monotonic() + 0.3\n"
                                     "while time.monotonic() < end: pass\n"
                                     "signal.setitimer(signal.ITIMER_REAL, 0.2)\n"
                                     "while True: pass\n"),
                              "steps: [await: exit]");
  EXPECT_THAT(seen, DiesOf(SIGALRM));
}

// It has spun to no effect before the step, and what it looks at is another time after it.
TEST_P(Time, IsSeenAfterAStepByWhoLooksAtItAllTheTime) {
  const Recording seen = Play(Python(R"(
import time
end = time.monotonic() + 50
while time.monotonic() < end: pass
print("over", flush=True)
time.sleep(1000)
)"),
                              "steps: [await: asleep, advance: 60s, snapshot: later]");
  EXPECT_EQ(seen.snapshot("later")->stream_sizes.at("submission.stdout"), 5u);
}

TEST_P(Time, OfADayWithAThousandTimers) {
  const Recording seen = Play(Python("import signal\n"
                                     "def count(*_):\n"
                                     "  global n\n"
                                     "  n += 1\n"
                                     "n = 0\n"
                                     "signal.signal(signal.SIGALRM, count)\n"
                                     "signal.setitimer(signal.ITIMER_REAL, 86.4, 86.4)\n"
                                     "while n < 1000: signal.pause()\n"
                                     "print(n)\n"),
                              "steps: [await: {exit: submission, within: 2d}]");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "1000\n");
  EXPECT_THAT(seen, TookAbout(24h));
}

}  // namespace
}  // namespace plumbline::scenario::testing
