// SPDX-License-Identifier: MIT
// Mutants of running programs: where they could be, what is done there, each time and only there.
// tests/e2e/verify_test.cc tries every way of changing a call.
#include "scenario/mutants.h"

#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

class MutantsTest : public Playing {
 protected:
  void SetUp() override { Begin(Account::kOwn, sandbox::Rung::kB); }

  Recording PlayMutant(const std::string& script, const std::string& mutation,
                       const std::string& scenario = "steps: [await: exit]", More more = {}) {
    Plan plan = PlanOf(Python(script), scenario, more);
    plan.mutation = mutation;
    return Play(plan);
  }
  static std::vector<std::string> MutantsIn(const Recording& survey) {
    std::vector<std::string> all;
    for (const record::Site& site : survey.sites)
      all.insert(all.end(), site.faults.begin(), site.faults.end());
    return all;
  }
};

constexpr const char* kTells = R"(import os
for word in (b"a", b"b", b"c"):
    os.write(1, word)
os.write(1, b".")
)";

TEST_F(MutantsTest, ASurveyChangesNothing) {
  const Recording seen = PlayMutant(kTells, "survey");
  EXPECT_EQ(Out(seen), "abc.");
  EXPECT_THAT(MutantsIn(seen),
              AllOf(Contains("write@main.py:3=skip"), Contains("write@main.py:3=twice"),
                    Contains("write@main.py:4=skip")));
}

TEST_F(MutantsTest, ACallIsLeftOutEachTimeAndNowhereElse) {
  EXPECT_EQ(Out(PlayMutant(kTells, "write@main.py:3=skip")), ".");
  EXPECT_EQ(Out(PlayMutant(kTells, "write@main.py:4=skip")), "abc");
  EXPECT_EQ(Out(PlayMutant(kTells, "write(1)@main.py:3=skip")), ".");
  EXPECT_EQ(Out(PlayMutant(kTells, "write(2)@main.py:3=skip")), "abc.");
  EXPECT_EQ(Out(PlayMutant(kTells, "write@main.py:9=skip")), "abc.");
}

TEST_F(MutantsTest, ACallIsMadeTwiceEachTime) {
  EXPECT_EQ(Out(PlayMutant(kTells, "write@main.py:3=twice")), "aabbcc.");
  // Also where nobody follows it.
  EXPECT_EQ(Out(PlayMutant(kTells, "write@main.py:3=twice", "steps: [await: exit]",
                           {.observe = {record::Facet::kIpc}})),
            "aabbcc.");
}

constexpr const char* kCloses = R"(import os, socket
def leave(fd):
    os.close(fd)
for i in range(3):
    reader, writer = os.pipe()
    os.close(reader); leave(writer)
listener = socket.socket()
listener.bind(("127.0.0.1", 7))
listener.listen()
for one in (socket.socket(), listener):
    one.close()
os.write(1, b"%d" % len(os.listdir("/proc/self/fd")))
)";

// What is closed tells calls of a line apart, and not the number that it has this time.
TEST_F(MutantsTest, ADescriptorIsLeftOpenEachTime) {
  const Recording survey = PlayMutant(kCloses, "survey");
  EXPECT_THAT(MutantsIn(survey),
              IsSupersetOf({"close(writer)@main.py:3=skip", "close(reader)@main.py:6=skip",
                            "close(socket)@main.py:11=skip", "close(listener)@main.py:11=skip"}));
  const auto left_open = [&](const std::string& mutation) {
    return std::stoi(Out(PlayMutant(kCloses, mutation))) - std::stoi(Out(survey));
  };
  EXPECT_EQ(left_open("close(writer)@main.py:3=skip"), 3);
  EXPECT_EQ(left_open("close(reader)@main.py:6=skip"), 3);
  EXPECT_EQ(left_open("close(listener)@main.py:11=skip"), 1);
  EXPECT_EQ(left_open("close(terminal)@main.py:3=skip"), 0);
}

// What the library does for its own sake, or to no effect that anybody could see, is no place.
TEST_F(MutantsTest, WhatIsNotTheProgramsIsNoPlace) {
  const auto mutants = MutantsIn(PlayMutant(R"(import socket, subprocess
subprocess.run(["true"], stdin=subprocess.DEVNULL)
one = socket.socket()
one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
open("file", "w").close()
)",
                                            "survey"));
  EXPECT_THAT(mutants, Contains(HasSubstr("@main.py:2")));
  EXPECT_THAT(mutants, Not(Contains(HasSubstr("close(reader)@main.py:2"))));
  EXPECT_THAT(mutants, Not(Contains(HasSubstr("@main.py:4"))));
  EXPECT_THAT(mutants, Contains("setsockopt@main.py:5=skip"));
  EXPECT_THAT(mutants, Contains("openat@main.py:6=no-truncate"));
  EXPECT_THAT(mutants, Not(Contains("openat@main.py:6=mode")));
}

constexpr const char* kSignals = R"(import os, signal
came = 0
def on(number, frame):
    global came
    came += 1
signal.signal(signal.SIGUSR1, on)
try:
    os.kill(os.getpid(), signal.SIGUSR1)
except OSError as error:
    os.write(1, b"error ")
os.write(1, b"came %d" % came)
)";

// What is to be made twice and fails for the scenario's sake is not made again, and nothing else
// is.
TEST_F(MutantsTest, WhatFailsIsNotMadeAgain) {
  const std::string fails = "alter: [{call: kill, who: submission, error: EPERM}]";
  EXPECT_EQ(Out(PlayMutant(kSignals, "kill@main.py:8=twice", fails)), "error came 0");
  EXPECT_EQ(Out(PlayMutant(kSignals, "kill@main.py:8=skip", fails)), "came 0");
}

TEST_F(MutantsTest, MessagesMayBeSaidTwice) {
  const auto mutants = MutantsIn(PlayMutant("import os\nos.write(1, b'a')\nos.write(2, b'b')\n",
                                            "survey", "{terminal: true, steps: [await: exit]}"));
  EXPECT_THAT(mutants, AllOf(Contains("write@main.py:2=twice"), Contains("write@main.py:3=skip"),
                             Not(Contains("write@main.py:3=twice"))));
}

// What getaddrinfo(3) opens and closes itself is not the program's; what a block opens and closes
// on one line is.
TEST_F(MutantsTest, WhatALibraryClosesItselfIsNoPlace) {
  const auto mutants = MutantsIn(PlayMutant(R"(import socket
try:
    socket.getaddrinfo("no.such.host.invalid", 7)
except OSError:
    pass
with socket.socket() as one:
    one.bind(("127.0.0.1", 0))
)",
                                            "survey"));
  EXPECT_THAT(mutants, Contains("close(socket)@main.py:6=skip"));
  EXPECT_THAT(mutants, Not(Contains(HasSubstr("@main.py:3"))));
}

// Python remembers what is to be removed in the end, with a process of its own; sem_open(3) writes
// the semaphore into a file.
TEST_F(MutantsTest, WhatALibraryKeepsTrackOfIsNoPlace) {
  const auto mutants = MutantsIn(PlayMutant(R"(import os
from multiprocessing import Semaphore, shared_memory
one = shared_memory.SharedMemory(create=True, size=64)
two = Semaphore(1)
os.write(1, b"done")
one.close()
one.unlink()
)",
                                            "survey"));
  EXPECT_THAT(mutants, Contains("write@main.py:5=twice"));
  EXPECT_THAT(mutants, Contains("unlink@main.py:7=skip"));
  EXPECT_THAT(mutants, Not(Contains(HasSubstr("write@main.py:3"))));
  EXPECT_THAT(mutants, Not(Contains(HasSubstr("rt_sigprocmask@main.py:3"))));
  EXPECT_THAT(mutants, Not(Contains(HasSubstr("write@main.py:4"))));
  EXPECT_THAT(mutants, Not(Contains(HasSubstr("write@main.py:7"))));
}

// What the C library does for threads is not the program's: nptl(7).
TEST_F(MutantsTest, ThreadsBringNoSignals) {
  const auto mutants = MutantsIn(PlayMutant(R"(import os, signal, threading
signal.signal(signal.SIGUSR1, lambda number, frame: None)
one = threading.Thread(target=os.write, args=(1, b"x"))
one.start()
one.join()
)",
                                            "survey"));
  EXPECT_THAT(mutants, Contains("rt_sigaction@main.py:2=skip"));
  EXPECT_THAT(mutants, Not(Contains(HasSubstr("@main.py:4"))));
}

TEST_F(MutantsTest, WhatThereIsNotIsRefused) {
  for (const char* mutation : {"nonsense", "write@main.py:3=sideways", "nothing@main.py:3=skip"}) {
    const Recording seen = PlayMutant(kTells, mutation);
    EXPECT_THAT(seen, Ends(Outcome::kError)) << mutation;
    ASSERT_TRUE(seen.error);
    EXPECT_THAT(seen.error->message, HasSubstr(mutation));
  }
}

TEST_F(MutantsTest, ScriptsHaveOnlyWhatALineCanSay) {
  Plan plan = PlanOf(Bash("echo one | cat > file\n"), "steps: [await: exit]");
  plan.mutation = "survey";
  const auto mutants = MutantsIn(Play(plan));
  EXPECT_THAT(mutants, Contains("write@main.sh:1=skip"));
  EXPECT_THAT(mutants, Contains("openat@main.sh:1=no-truncate"));
  EXPECT_THAT(mutants, Not(Contains(HasSubstr("dup2"))));
  EXPECT_THAT(mutants, Not(Contains(HasSubstr("wait4"))));
}

}  // namespace
}  // namespace plumbline::scenario::testing
