// SPDX-License-Identifier: MIT
// Who is who while programs run, and the placeholders that name what is there.
#include "record/instead.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

namespace instead = record::instead;

class WhoTest : public PlayTest {};
FOR_EACH_ACCOUNT(WhoTest);

// A family: /1 cat, /2 a shell with two cats, /3 a server in a group of its own; /4 has ended.
constexpr char kFamily[] = R"(
cat F &
bash -c 'cat F & cat F; true' &
setsid python3 -c 'import socket, sys
s = socket.socket(); s.bind(("127.0.0.1", 8080)); s.listen()
u = socket.socket(socket.AF_UNIX); u.bind("S"); u.listen()
sys.stdin.read()' <&3 3<&- &
true &
wait $!
echo ready
exec 4< words
read line <&3
)";

// So many are alive.
std::string Count(const std::string& who, int count) {
  return "  - await: {alive: \"" + who + "\", count: " + std::to_string(count) + "}\n";
}

std::string InFamily(const std::string& steps) {
  return "files: {F: {kind: fifo}, words: {}}\nsteps:\n"
         "  - await: {output: ready}\n  - await: {listening: 8080}\n  - await: {alive: cat, count: "
         "3}\n"
         "  - await: blocked\n" +
         steps;
}

// Descriptor 3: a FIFO that nobody writes to.
Source Family() { return Bash(std::string("mkfifo G; exec 3<>G") + kFamily); }

TEST_P(WhoTest, AreProcessesByWhatTheyAreAndRun) {
  const Recording seen =
      Play(Family(),
           InFamily(Count("submission", 1) + Count("all", 6) + Count("cat", 3) + Count("cat#2", 1) +
                    Count("cat#4", 0) + Count("python3", 1) + Count("sort", 0)));
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

TEST_P(WhoTest, AreChildrenAndDescendants) {
  const Recording seen =
      Play(Family(),
           InFamily(Count("submission/*", 3) + Count("submission/1", 0) + Count("submission/2", 1) +
                    Count("submission/3", 1) + Count("submission/5", 0) +
                    Count("submission/3/*", 2) + Count("submission/3/2", 1) +
                    Count("submission/**", 5) + Count("submission/*/*", 2)));
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

TEST_P(WhoTest, AreHoldersOfSomething) {
  const Recording seen =
      Play(Family(), InFamily(Count("listens:8080", 1) + Count("listens:8081", 0) +
                              Count("listens:S", 1) + Count("listens:/lab/S", 1) +
                              Count("holds:words", 1) + Count("holds:/lab/words", 1) +
                              Count("holds:{cwd}/words", 1) + Count("holds:nothing", 0)));
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

TEST_P(WhoTest, AreGroups) {
  const Recording seen =
      Play(Family(), InFamily(Count("group:submission", 5) + Count("group:python3", 1) +
                              Count("group:sort", 0) + Count("group:cat", 5)));
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

TEST_P(WhoTest, OfAGroupOutliveItsLeader) {
  const Recording seen = Play(Bash("cat F & echo begun"), R"(
files: {F: {kind: fifo}}
steps:
  - await: {exit: submission}
  - await: blocked
  - await: {alive: "group:submission", count: 1}
  - signal: {TERM: "group:submission"}
  - await: {alive: cat, count: 0}
)");
  EXPECT_THAT(seen, Exits(0));
}

TEST_P(WhoTest, AreAListOfSeveral) {
  const Recording seen =
      Play(Family(), InFamily("  - await: {alive: [cat, python3, cat#1], count: 4}\n"
                              "  - signal: {TERM: [cat, python3]}\n"
                              "  - await: {exit: [cat, python3]}\n" +
                              Count("all", 1)));
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

TEST_P(WhoTest, AreNamedBySteps) {
  const Recording seen = Play(Bash("read x"), R"(
stdin: open
peers: {peer: {command: [cat], stdin: open}}
steps:
  - start: {as: again, stdin: open}
  - start: {as: tool, command: [bash, -c, "cat; true"], stdin: open}
  - await: blocked
  - await: {alive: again, count: 1}
  - await: {alive: peer, count: 1}
  - await: {alive: tool/1, count: 1}
  - await: {alive: all, count: 2}
  - await: {alive: cat, count: 2}
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

TEST_P(WhoTest, HaveToBeThereEachOfThem) {
  EXPECT_THAT(Play(Bash("exit 0"), "steps: [await: {exit: [submission, cat]}]"),
              StuckAt(1, instead::kNobody));
}

// --- Placeholders

TEST_P(WhoTest, HaveNumbers) {
  const Recording seen = Play(Bash("echo $$ $PPID; bash -c 'echo $$ $PPID; true'; read x"), R"(
stdin: open
steps:
  - await: {output: "{submission.pid} {submission.ppid}\n"}
  - await: {output: "{submission/1.pid} {submission.pid}\n"}
  - await: {output: ""}
  - start: {as: other, command: [bash, -c, "echo $$ $PPID $0 $A", "{submission.pid}"], env: {A: "{submission.ppid}"}}
  - await: {output: "{other.pid} {other.ppid} {submission.pid} {submission.ppid}\n", of: other.stdout}
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

// Python's own, which removes shared memory that nobody else did, is /1 by birth.
TEST_P(WhoTest, LeaveOutAnInterpretersHelpers) {
  const Recording seen =
      Play(Python(R"(
import os, sys
from multiprocessing.shared_memory import SharedMemory
memory = SharedMemory(create=True, size=4)
if os.fork() == 0:
    sys.stdin.read()
    os._exit(0)
sys.stdin.read()
os.wait()
memory.unlink()
)"),
           "stdin: open\nsteps:\n  - await: blocked\n" + Count("submission/*", 1) +
               Count("submission/1", 1) + Count("submission/2", 0) + Count("all", 2) +
               "  - close: stdin\n  - await: exit\n");
  EXPECT_THAT(seen, Exits(0));
  ASSERT_EQ(seen.processes.size(), 3U);
  EXPECT_TRUE(seen.processes[1].internal);
  EXPECT_FALSE(seen.processes[2].internal);
}

TEST_P(WhoTest, CountWhoOnlyLooksLikeAHelper) {
  const Recording seen = Play(Python(R"py(
import os, shutil, subprocess, sys
words = "from multiprocessing.resource_tracker import main;main("
interpreter = os.path.realpath("/proc/self/exe")
last = ["-c", words + "3);x()"], ["-c", words + ")"], [words + "3)"], ["-c", words + "3)", "x"]
asleep = [subprocess.Popen([interpreter, "-c", "input()", *more], stdin=0) for more in last]
asleep.append(subprocess.Popen(["bash", "-c", "read x; :", "-c", words + "3)"], stdin=0))
shutil.copy("/bin/bash", "python3")
asleep.append(subprocess.Popen(["./python3", "-c", "read x; :", "-c", words + "3)"], stdin=0))
for one in asleep:
    one.wait()
)py"),
                              "stdin: open\nsteps:\n  - await: blocked\n" +
                                  Count("submission/*", 6) + "  - close: stdin\n");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

// A number that nobody knows before the process is there: its own.
TEST_P(WhoTest, TellAProgramItsOwnNumber) {
  const Recording seen = Play(Bash("echo $1 $2 $$ $3"), R"(
args: ["{submission.pid}", "-{submission.pid}-{submission.pid}-", "{{submission.pid}"]
steps:
  - await: {output: "{submission.pid} -{submission.pid}-{submission.pid}- {submission.pid} {{submission.pid}\n"}
  - await: exit
)");
  EXPECT_THAT(seen, Exits(0));
}

TEST_P(WhoTest, SpeakOfConnectionsAndPeers) {
  const Recording seen =
      Play(Bash("exec 3<>/dev/tcp/127.0.0.1/$1; read a <&3; echo \"$a\"; read x"), R"(
args: ["{p.port}"]
stdin: open
peers: {p: {kind: scripted, port: 7}}
steps:
  - accept: {from: p, as: a}
  - send: {to: a, text: "{a.client.ip} {a.client.port} {a.server} {{a.server} {cwd}\n"}
  - await: {output: "127.0.0.1 {a.client.port} 127.0.0.1:7 {{a.server} /lab\n"}
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
}

TEST_P(WhoTest, GetTheirNumbersInFilesOfSteps) {
  const Recording seen = Play(Bash("read x; cat pid"), R"(
stdin: open
files: {pid: {}}
steps:
  - file: {path: pid, do: rewrite, text: "{submission.pid}\n"}
  - close: stdin
  - await: {output: "{submission.pid}\n"}
)");
  EXPECT_THAT(seen, Exits(0));
}

}  // namespace
}  // namespace plumbline::scenario::testing
