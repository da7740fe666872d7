// SPDX-License-Identifier: MIT
// Faults: where the run in turns says that each could be, that each comes to pass there, and that
// none is what Linux could not do.
#include "scenario/faults.h"

#include <algorithm>

#include "record/perturbation.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class FaultsTest : public Playing {
 protected:
  void SetUp() override { Begin(Account::kOwn, sandbox::Rung::kB); }

  Recording PlayUnder(Plan plan, const std::string& perturbation) {
    plan.perturbation = perturbation;
    return Play(plan);
  }
  // "pipe2 failures=EMFILE" of each site, in order.
  static std::vector<std::string> FaultsIn(const Recording& seen) {
    std::vector<std::string> faults;
    for (const record::Site& site : seen.sites) {
      for (const std::string& fault : site.faults) faults.push_back(site.name + " " + fault);
    }
    return faults;
  }
  // The perturbation that does one fault of a site.
  static std::string Doing(const record::Site& site, const std::string& fault) {
    const size_t equals = std::min(fault.find('='), fault.size());
    return fault.substr(0, equals) + ":" + site.process + "#" + std::to_string(site.call) +
           fault.substr(equals);
  }
  // And the first one of this name.
  static std::string Doing(const Recording& seen, const std::string& named) {
    for (const record::Site& site : seen.sites) {
      for (const std::string& fault : site.faults) {
        if (site.name + " " + fault == named) return Doing(site, fault);
      }
    }
    return "";
  }
};

constexpr const char* kPipe = R"(
import os
try:
    r, w = os.pipe()
    print("made", flush=True)
except OSError as error:
    print("error", error.errno, flush=True)
)";

TEST_F(FaultsTest, ACallFails) {
  const Plan plan = PlanOf(Python(kPipe), "steps: [await: exit]");
  const Recording base = PlayUnder(plan, "turns");
  EXPECT_EQ(Out(base), "made\n");
  ASSERT_THAT(FaultsIn(base), Contains("pipe2 failures=EMFILE"));
  const Recording seen = PlayUnder(plan, Doing(base, "pipe2 failures=EMFILE"));
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "error 24\n");
}

TEST_F(FaultsTest, AreAtTheStudentsOwnCallsAlone) {
  const Recording base = PlayUnder(PlanOf(Python(kPipe), "steps: [await: exit]"), "turns");
  ASSERT_THAT(base.sites, Not(IsEmpty()));
  for (const record::Site& site : base.sites) {
    ASSERT_TRUE(site.where) << site.name;
    EXPECT_GT(site.where->line, 1);
  }
}

constexpr const char* kReads = R"(
import os
while piece := os.read(0, 100):
    print(piece.decode(), end="|", flush=True)
)";

TEST_F(FaultsTest, LessIsReadThanAsked) {
  const Plan plan = PlanOf(Python(kReads), "stdin: {text: hello}\nsteps: [await: exit]");
  const Recording base = PlayUnder(plan, "turns");
  EXPECT_EQ(Out(base), "hello|");
  const Recording seen = PlayUnder(plan, Doing(base, "read short-transfers=1"));
  EXPECT_EQ(Out(seen), "h|ello|");
}

constexpr const char* kWrittenInTwo = R"(
import os
r, w = os.pipe()
if os.fork():
    os.write(w, b"a" * 10)
    os.write(w, b"b" * 20)
    os.wait()
else:
    os.write(1, os.read(r, 100) + b"|")
    os.write(1, os.read(r, 100))
)";

// A write(2) up to PIPE_BUF is whole; two of them may come one by one.
TEST_F(FaultsTest, APipeIsCutBetweenTwoWritesAlone) {
  const Plan cut = PlanOf(Python(kWrittenInTwo), "steps: [await: exit]");
  const Recording base = PlayUnder(cut, "turns");
  EXPECT_THAT(FaultsIn(base),
              AllOf(Contains("read short-transfers=10"), Not(Contains("read short-transfers=1"))));
  const Recording seen = PlayUnder(cut, Doing(base, "read short-transfers=10"));
  EXPECT_EQ(Out(seen), std::string(10, 'a') + "|" + std::string(20, 'b'));
}

// readv(2): into less than one of its pieces of memory, and of the next call all that is left.
TEST_F(FaultsTest, LessIsReadIntoSeveralPieces) {
  const Plan plan = PlanOf(Python(R"(
import os
while True:
    pieces = [bytearray(2), bytearray(3)]
    read = os.readv(0, pieces)
    if read == 0:
        break
    print(b"".join(pieces)[:read].decode(), [len(piece) for piece in pieces], flush=True)
)"),
                           "stdin: {text: hello}\nsteps: [await: exit]");
  const Recording base = PlayUnder(plan, "turns");
  EXPECT_EQ(Out(base), "hello [2, 3]\n");
  const Recording seen = PlayUnder(plan, Doing(base, "readv short-transfers=1"));
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "h [2, 3]\nello [2, 3]\n");
}

// What its message and its pieces say they say afterwards, too; and a program need not be able to
// write to where its pieces are told of.
TEST_F(FaultsTest, LessIsReceivedIntoSeveralPieces) {
  for (const auto& [args, call] :
       {std::pair("", "recvmsg"), std::pair("args: [constant]\n", "readv")}) {
    SCOPED_TRACE(call);
    const Plan plan = PlanOf(Tracee("pieces"), std::string(args) + "steps: [await: exit]");
    const Recording base = PlayUnder(plan, "turns");
    EXPECT_EQ(Out(base), "5 2 3 7\n");
    const Recording seen = PlayUnder(plan, Doing(base, std::string(call) + " short-transfers=1"));
    EXPECT_THAT(seen, Exits(0));
    EXPECT_EQ(Out(seen), "1 2 3 7\n4 2 3 7\n");
  }
}

// Who sends from outside may have sent it so.
TEST_F(FaultsTest, AStreamFromOutsideIsCut) {
  const Plan plan = PlanOf(Python(R"(
import socket
server = socket.socket(socket.AF_UNIX)
server.bind("/lab/s")
server.listen()
with server.accept()[0] as a:
    while piece := a.recv(100):
        print(piece.decode(), end="|", flush=True)
)"),
                           R"(
steps:
  - await: {listening: /lab/s}
  - connect: {as: a, path: /lab/s}
  - send: {to: a, text: hello}
  - close: a
  - await: exit
)");
  const Recording base = PlayUnder(plan, "turns");
  EXPECT_EQ(Out(base), "hello|");
  EXPECT_EQ(Out(PlayUnder(plan, Doing(base, "recvfrom short-transfers=1"))), "h|ello|");
}

// What the student's own programs send is put there as it is written.
TEST_F(FaultsTest, AStreamOfItsOwnIsNot) {
  const Plan plan = PlanOf(Python(R"(
import os, socket
server = socket.socket(socket.AF_UNIX)
server.bind("/lab/s")
server.listen()
if os.fork() == 0:
    client = socket.socket(socket.AF_UNIX)
    client.connect("/lab/s")
    client.send(b"hello")
    os._exit(0)
print(server.accept()[0].recv(100).decode(), flush=True)
)"),
                           "steps: [await: exit]");
  const Recording base = PlayUnder(plan, "turns");
  EXPECT_EQ(Out(base), "hello\n");
  EXPECT_THAT(FaultsIn(base), Not(Contains(HasSubstr("short-transfers"))));
}

// Its own server may have come to read between what two of its own have written each: not of
// another connection, nor after it was told that all is there.
constexpr const char* kOwnServer = R"(
import os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.bind("/lab/s")
server.listen()
def send(*texts):
    client = socket.socket(socket.AF_UNIX)
    client.connect("/lab/s")
    for text in texts:
        client.send(text)
    return client
if os.fork() == 0:
    last = send(b"hello", b"you")
    if sys.argv[1] == "two":
        last = send(b"!")
    os._exit(0)
first = server.accept()[0]
if sys.argv[1] == "two":
    second = server.accept()[0]
print(first.recv(100).decode(), flush=True)
)";

TEST_F(FaultsTest, AStreamOfItsOwnIsCutBetweenTwoWrites) {
  const Plan plan = PlanOf(Python(kOwnServer), "args: [one]\nsteps: [await: exit]");
  const Recording base = PlayUnder(plan, "turns");
  EXPECT_EQ(Out(base), "helloyou\n");
  ASSERT_THAT(FaultsIn(base), AllOf(Contains("recvfrom short-transfers=5"),
                                    Not(Contains("recvfrom short-transfers=1"))));
  EXPECT_EQ(Out(PlayUnder(plan, Doing(base, "recvfrom short-transfers=5"))), "hello\n");
  const Plan two = PlanOf(Python(kOwnServer), "args: [two]\nsteps: [await: exit]");
  EXPECT_THAT(FaultsIn(PlayUnder(two, "turns")), Not(Contains(HasSubstr("short-transfers"))))
      << "its second connection says that the first one has all";
}

// What one end is sent comes out at the other (socketpair(2)), as it was written.
TEST_F(FaultsTest, APairOfSocketsIsCutBetweenTwoWritesAlone) {
  const auto script = [](const std::string& type) {
    return Python("import os, socket\na, b = socket.socketpair(socket.AF_UNIX, socket." + type +
                  R"()
if os.fork():
    a.send(b"x" * 5000)
    a.send(b"y" * 20)
    os.wait()
else:
    print(len(b.recv(9000)), flush=True)
)");
  };
  const Plan stream = PlanOf(script("SOCK_STREAM"), "steps: [await: exit]");
  const Recording base = PlayUnder(stream, "turns");
  EXPECT_EQ(Out(base), "5020\n");
  ASSERT_THAT(FaultsIn(base), AllOf(Contains("recvfrom short-transfers=5000"),
                                    Not(Contains("recvfrom short-transfers=1"))));
  EXPECT_EQ(Out(PlayUnder(stream, Doing(base, "recvfrom short-transfers=5000"))), "5000\n");
  const Plan packets = PlanOf(script("SOCK_SEQPACKET"), "steps: [await: exit]");
  EXPECT_THAT(FaultsIn(PlayUnder(packets, "turns")), Not(Contains(HasSubstr("short-transfers"))));
}

// What is there when it reads had been there before it could come.
struct Earlier {
  const char* name;
  const char* script;
};
void PrintTo(const Earlier& earlier, std::ostream* out) { *out << earlier.name; }

class EarlierTest : public FaultsTest, public ::testing::WithParamInterface<Earlier> {};

TEST_P(EarlierTest, APipeIsNotCutAfterwards) {
  const Plan plan = PlanOf(Python(GetParam().script), "steps: [await: exit]");
  const Recording base = PlayUnder(plan, "turns");
  EXPECT_EQ(Out(base), "abcd|");
  EXPECT_THAT(FaultsIn(base), Not(Contains(HasSubstr("read short-transfers"))));
}

INSTANTIATE_TEST_SUITE_P(All, EarlierTest,
                         ::testing::Values(Earlier{"ByItself", R"(
import os
r, w = os.pipe()
os.write(w, b"ab")
os.write(w, b"cd")
os.write(1, os.read(r, 100) + b"|")
)"},
                                           Earlier{"ByAChildThatHasEnded", R"(
import os
r, w = os.pipe()
if os.fork() == 0:
    os.write(w, b"ab")
    os.write(w, b"cd")
    os._exit(0)
os.wait()
os.write(1, os.read(r, 100) + b"|")
)"},
                                           Earlier{"ByOneWhoSaidSo", R"(
import os
r, w = os.pipe()
said, says = os.pipe()
if os.fork() == 0:
    os.write(w, b"ab")
    os.write(w, b"cd")
    os.write(says, b"x")
    os._exit(0)
os.read(said, 1)
os.write(1, os.read(r, 100) + b"|")
)"}),
                         [](const auto& info) { return std::string(info.param.name); });

// A datagram is whole, and so is what is asked for with MSG_WAITALL.
TEST_F(FaultsTest, ADatagramIsNotCut) {
  const Plan plan = PlanOf(Python(R"(
import socket
a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
a.bind(("127.0.0.1", 0))
a.sendto(b"hello", a.getsockname())
print(a.recv(64).decode())
server = socket.create_server(("127.0.0.1", 7777))
b = socket.create_connection(("127.0.0.1", 7777))
c, _ = server.accept()
c.sendall(b"world")
print(b.recv(5, socket.MSG_WAITALL).decode())
)"),
                           "steps: [await: exit]");
  const Recording base = PlayUnder(plan, "turns");
  EXPECT_EQ(Out(base), "hello\nworld\n");
  EXPECT_THAT(FaultsIn(base), Not(Contains(HasSubstr("recvfrom short-transfers"))));
}

TEST_F(FaultsTest, ADiskMayBeFull) {
  const Plan plan = PlanOf(Python(R"(
import os
f = os.open("f", os.O_CREAT | os.O_WRONLY)
try:
    os.write(f, b"x")
except OSError as error:
    print(error.errno)
)"),
                           "steps: [await: exit]");
  const Recording base = PlayUnder(plan, "turns");
  ASSERT_THAT(FaultsIn(base), Contains("write failures=ENOSPC"));
  EXPECT_EQ(Out(PlayUnder(plan, Doing(base, "write failures=ENOSPC"))), "28\n");
}

constexpr const char* kHandles = R"(
import os, signal
signal.signal(signal.SIGWINCH, lambda number, frame: print("came", flush=True))
print(os.read(0, 10).decode(), flush=True)
)";
constexpr const char* kWaits = R"(
import os
print(os.read(0, 10).decode(), flush=True)
)";
constexpr const char* kAsked =
    "stdin: open\nsteps: [await: asleep, send: {to: stdin, text: x}, close: stdin, await: exit]";

TEST_F(FaultsTest, AWaitIsInterrupted) {
  const Plan plan = PlanOf(Python(kHandles), kAsked);
  const Recording base = PlayUnder(plan, "turns");
  ASSERT_THAT(FaultsIn(base), Contains("read interruptions"));
  const Recording seen = PlayUnder(plan, Doing(base, "read interruptions"));
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "came\nx\n");
}

// A child that still computes is waited for.
TEST_F(FaultsTest, AWaitIsInterruptedWhileOthersCanGoOn) {
  const Plan plan = PlanOf(Python(R"(
import os, signal
signal.signal(signal.SIGWINCH, lambda number, frame: print("came", flush=True))
if os.fork() == 0:
    for i in range(20): os.stat("/")
    os._exit(0)
os.wait()
)"),
                           "steps: [await: exit]");
  const Recording base = PlayUnder(plan, "turns");
  ASSERT_THAT(FaultsIn(base), Contains("wait4 interruptions"));
  EXPECT_EQ(Out(PlayUnder(plan, Doing(base, "wait4 interruptions"))), "came\n");
}

// Where its stops are not told, SIGCHLD says that a child has ended; one that is blocked interrupts
// nobody.
TEST_F(FaultsTest, ASignalThatSaysSomethingIsNone) {
  const Plan silent = PlanOf(Tracee("silent_child"), kAsked);
  EXPECT_THAT(FaultsIn(PlayUnder(silent, "turns")), Not(Contains("read interruptions")));
  const Plan blocked = PlanOf(Python(R"(
import os, signal
signal.signal(signal.SIGWINCH, lambda number, frame: None)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGWINCH])
print(os.read(0, 10).decode(), flush=True)
)"),
                              kAsked);
  EXPECT_THAT(FaultsIn(PlayUnder(blocked, "turns")), Not(Contains("read interruptions")));
}

// Without a handler no signal that says nothing cuts read(2).
TEST_F(FaultsTest, AWaitThatNothingCanInterruptIsNone) {
  const Recording base = PlayUnder(PlanOf(Python(kWaits), kAsked), "turns");
  EXPECT_THAT(FaultsIn(base), Not(Contains("read interruptions")));
}

TEST_F(FaultsTest, AllComeToPass) {
  const Plan plan = PlanOf(Python(kWrittenInTwo), "steps: [await: exit]");
  const Recording base = PlayUnder(plan, "turns");
  ASSERT_THAT(FaultsIn(base), Not(IsEmpty()));
  for (const record::Site& site : base.sites) {
    for (const std::string& fault : site.faults) {
      const Recording seen = PlayUnder(plan, Doing(site, fault));
      EXPECT_FALSE(seen.error) << Doing(site, fault) << ": " << seen.error->message;
    }
  }
}

TEST_F(FaultsTest, OneThatIsMissedIsTold) {
  const Plan plan = PlanOf(Python(kPipe), "steps: [await: exit]");
  const Recording seen = PlayUnder(plan, "failures:1#99999=EMFILE");
  ASSERT_TRUE(seen.error);
  EXPECT_EQ(seen.error->code, record::kFaultMissed);
}

constexpr const char* kCounts = R"(
import fcntl, os
r, w = os.pipe()
print(fcntl.fcntl(w, 1032))
made = 0
try:
    while True:
        os.dup(0)
        made += 1
except OSError as error:
    print(made < 32, error.errno)
)";

TEST_F(FaultsTest, TheWorldIsSmall) {
  const Plan plan = PlanOf(Python(kCounts), "steps: [await: exit]");
  EXPECT_EQ(Out(PlayUnder(plan, "small-world")), "4096\nTrue 24\n");
  EXPECT_EQ(Out(PlayUnder(plan, "turns")), "65536\nFalse 24\n");
}

}  // namespace
}  // namespace plumbline::scenario::testing
