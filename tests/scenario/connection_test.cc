// SPDX-License-Identifier: MIT
// Connections: how they are made, what they are called, and how the other side left them.
#include "record/instead.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

namespace instead = record::instead;
using record::Connection;
using record::Ended;
using ::testing::_;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ConnectionTest : public PlayTest {};
FOR_EACH_ACCOUNT(ConnectionTest);

// Listens at a port or a path and does with each connection, in its turn, what its further
// arguments say; goes on to the next when it reads a line.
constexpr char kServer[] = R"(
import os, socket, sys
address, whats = sys.argv[1], sys.argv[2:]
s = socket.socket(socket.AF_INET if address.isdigit() else socket.AF_UNIX)
s.bind(('127.0.0.1', int(address)) if address.isdigit() else address)
s.listen(64)
kept = []
for what in whats:
    c = s.accept()[0]
    kept.append(c)
    if what == 'close': c.close()
    if what == 'half-close': c.shutdown(socket.SHUT_WR)
    if what == 'reset':
        c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
        c.close()
    if what == 'close-unread':
        c.recv(1)
        c.close()
    if what == 'echo':
        while data := c.recv(100): c.sendall(data)
        c.close()
    if what == 'leave': sys.exit()
sys.stdin.read()
)";

std::string Serving(const std::string& address, const std::string& whats,
                    const std::string& steps) {
  return "args: [\"" + address + "\", " + whats +
         "]\nstdin: open\nsteps: [await: {listening: " + address + "}, " + steps + "]\n";
}
std::string Connecting(const std::string& name, const std::string& address) {
  return "connect: {as: " + name + ", " + (address == "7" ? "port: 7" : "path: S") + "}";
}

// --- How they were left.

TEST_P(ConnectionTest, AreSeenOpenHalfClosedAndClosed) {
  for (const char* address : {"7", "S"}) {
    const Recording seen =
        Play(Python(kServer), Serving(address, "keep, half-close, close",
                                      Connecting("a", address) + ", " + Connecting("b", address) +
                                          ", " + Connecting("c", address) + ", snapshot: there"));
    const auto& connections = seen.snapshot("there")->connections;
    EXPECT_EQ(connections.at("a"), Ended::kOpen) << address;
    EXPECT_EQ(connections.at("b"), Ended::kHalfClosed) << address;
    EXPECT_EQ(connections.at("c"), Ended::kClosed) << address;
  }
}

TEST_P(ConnectionTest, AreSeenReset) {
  const Recording seen =
      Play(Python(kServer), Serving("7", "reset, close-unread, keep",
                                    Connecting("a", "7") + ", " + Connecting("b", "7") +
                                        ", send: {to: b, text: xy}, snapshot: there"));
  EXPECT_EQ(seen.snapshot("there")->connections.at("a"), Ended::kReset);
  EXPECT_EQ(seen.snapshot("there")->connections.at("b"), Ended::kReset);
}

TEST_P(ConnectionTest, AreSeenResetAtAPathWhenBytesWereUnread) {
  const Recording seen =
      Play(Python(kServer),
           Serving("S", "close-unread, keep",
                   Connecting("a", "S") + ", send: {to: a, text: xy}, snapshot: there, receive: "
                                          "{from: a, bytes: 1B}"));
  EXPECT_EQ(seen.snapshot("there")->connections.at("a"), Ended::kReset);
  EXPECT_THAT(seen, StuckAt(5, instead::kReset));
}

TEST_P(ConnectionTest, ReceivingFromAResetOneIsImpossible) {
  const Recording seen =
      Play(Python(kServer),
           Serving("7", "reset", Connecting("a", "7") + ", receive: {from: a, bytes: 1B}"));
  EXPECT_THAT(seen, StuckAt(3, instead::kReset));
  EXPECT_EQ(seen.snapshot("end")->connections.at("a"), Ended::kReset);
}

TEST_P(ConnectionTest, EndWithTheProgram) {
  for (const char* address : {"7", "S"}) {
    const Recording seen = Play(
        Python(kServer), Serving(address, "leave",
                                 Connecting("a", address) + ", receive: {from: a, until: end}, "
                                                            "await: exit"));
    EXPECT_THAT(seen, Exits(0)) << address;
    EXPECT_EQ(seen.snapshot("end")->connections.at("a"), Ended::kClosed) << address;
  }
}

// A child that has inherited the other side keeps it open.
TEST_P(ConnectionTest, StayOpenWhileAnybodyHasTheOtherSide) {
  for (const char* address : {"7", "S"}) {
    const Recording seen =
        Play(Python("import os, socket, sys\n"
                    "port = sys.argv[1] == '7'\n"
                    "s = socket.socket(socket.AF_INET if port else socket.AF_UNIX)\n"
                    "s.bind(('127.0.0.1', 7) if port else 'S')\n"
                    "s.listen()\n"
                    "c = s.accept()[0]\n"
                    "if os.fork() == 0:\n"
                    "  sys.stdin.read()\n"
                    "  os._exit(0)\n"
                    "c.close()\n"
                    "os.wait()\n"),
             Serving(address, "x",
                     Connecting("a", address) + ", snapshot: kept, close: stdin, await: exit"));
    EXPECT_EQ(seen.snapshot("kept")->connections.at("a"), Ended::kOpen) << address;
    EXPECT_EQ(seen.snapshot("end")->connections.at("a"), Ended::kClosed) << address;
  }
}

TEST_P(ConnectionTest, KeepHowTheyWereLeftAfterTheGraderClosed) {
  const Recording seen =
      Play(Python(kServer), Serving("7", "half-close, keep",
                                    Connecting("a", "7") + ", " + Connecting("b", "7") +
                                        ", snapshot: there, close: a, close: b"));
  EXPECT_EQ(seen.snapshot("end")->connections.at("a"), Ended::kHalfClosed);
  EXPECT_EQ(seen.snapshot("end")->connections.at("b"), Ended::kOpen);
}

// --- FIFOs

TEST_P(ConnectionTest, AFifoIsReadByTheGrader) {
  const Recording seen = Play(Bash("exec 3> F; echo hello >&3; read x; exec 3>&-; read x"), R"(
files: {F: {kind: fifo}}
stdin: open
steps:
  - await: blocked
  - connect: {as: f, path: F, for: reading}
  - receive: {from: f, text: "hello\n"}
  - snapshot: there
  - send: {to: stdin, text: "\n"}
  - receive: {from: f, until: end}
  - snapshot: left
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
  EXPECT_EQ(seen.snapshot("there")->connections.at("f"), Ended::kOpen);
  EXPECT_EQ(seen.snapshot("left")->connections.at("f"), Ended::kClosed);
  EXPECT_EQ(seen.connections.at("f").kind, "fifo");
  EXPECT_EQ(seen.connections.at("f").server, "/lab/F");
}

TEST_P(ConnectionTest, AFifoIsWrittenByTheGrader) {
  const Recording seen = Play(Bash("read x < F; echo got $x; read x"), R"(
files: {F: {kind: fifo}}
stdin: open
steps:
  - connect: {as: f, path: F, for: writing}
  - snapshot: there
  - send: {to: f, text: "hello\n"}
  - await: {output: got hello}
  - snapshot: left
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
  EXPECT_EQ(seen.snapshot("there")->connections.at("f"), Ended::kOpen);
  EXPECT_EQ(seen.snapshot("left")->connections.at("f"), Ended::kClosed);
}

TEST_P(ConnectionTest, AFifoThatNobodyReadsIsImpossible) {
  EXPECT_THAT(Play(Bash("read x"), R"(
files: {F: {kind: fifo}}
stdin: open
steps: [connect: {as: f, path: F, for: writing}]
)"),
              StuckAt(1, instead::kNoReader));
  EXPECT_THAT(Play(Bash("exit"), "steps: [connect: {as: f, path: F, for: writing}]"),
              StuckAt(1, instead::kNoFile));
  EXPECT_THAT(Play(Bash("echo > F"), "steps: [connect: {as: f, path: F, for: reading}]"),
              StuckAt(1, instead::kOtherKind));
}

TEST_P(ConnectionTest, AFifoThatTheProgramMakesLater) {
  const Recording seen = Play(Bash("read -t 0.1 x; mkfifo F; echo hello > F"), R"(
stdin: open
steps:
  - connect: {as: f, path: F, for: reading}
  - receive: {from: f, until: end}
)");
  EXPECT_THAT(seen, Ends(Outcome::kExited));
  EXPECT_EQ(Out(seen, "f.received"), "hello\n");
}

// --- Connecting in vain.

TEST_P(ConnectionTest, AreRefusedWhereNobodyListens) {
  EXPECT_THAT(Play(Bash("read x"), "{stdin: open, steps: [connect: {as: a, port: 7}]}"),
              StuckAt(1, instead::kRefused));
  EXPECT_THAT(Play(Bash("read x"), "{stdin: open, steps: [connect: {as: a, path: S}]}"),
              StuckAt(1, instead::kNoFile));
  EXPECT_THAT(Play(Bash("read x"), R"(
files: {S: {kind: socket}}
stdin: open
steps: [connect: {as: a, path: S}]
)"),
              StuckAt(1, instead::kRefused));
}

TEST_P(ConnectionTest, AreImpossibleWhenTheQueueIsFull) {
  // A backlog of 1 holds two (listen(2)), and nobody accepts.
  const Recording seen = Play(Python("import socket, sys\n"
                                     "s = socket.socket()\n"
                                     "s.bind(('127.0.0.1', 7))\n"
                                     "s.listen(1)\n"
                                     "sys.stdin.read()\n"),
                              R"(
stdin: open
steps: [await: {listening: 7}, connect: {as: c, port: 7, count: 8}]
)");
  EXPECT_THAT(seen, StuckAt(2, instead::kQueueFull));
  EXPECT_THAT(seen.connections, SizeIs(::testing::Ge(2u)));
}

// --- Groups

TEST_P(ConnectionTest, MakeAGroup) {
  for (const char* address : {"7", "S"}) {
    const std::string steps =
        std::string("connect: {as: c, count: 5, ") + (address[0] == '7' ? "port: 7" : "path: S") +
        "}, send: {to: c, text: \"{n}\\n\"}, receive: {from: c, text: \"{n}\\n\"}, snapshot: "
        "there, shutdown: c3, receive: {from: c3, until: end}, snapshot: one, close: c";
    const Recording seen =
        Play(Python("import os, socket, sys, threading\n"
                    "port = sys.argv[1] == '7'\n"
                    "s = socket.socket(socket.AF_INET if port else socket.AF_UNIX)\n"
                    "s.bind(('127.0.0.1', 7) if port else 'S')\n"
                    "s.listen()\n"
                    "def echo(c):\n"
                    "  while data := c.recv(100): c.sendall(data)\n"
                    "  c.close()\n"
                    "while True: threading.Thread(target=echo, args=(s.accept()[0],)).start()\n"),
             Serving(address, "x", steps));
    EXPECT_THAT(seen, Ends(Outcome::kExited)) << address;
    EXPECT_THAT(seen.connections, SizeIs(5));
    for (const char* name : {"c1", "c2", "c3", "c4", "c5"}) {
      EXPECT_EQ(Out(seen, std::string(name) + ".received"), std::string(1, name[1]) + "\n");
      EXPECT_EQ(seen.snapshot("there")->connections.at(name), Ended::kOpen);
    }
    EXPECT_EQ(seen.snapshot("one")->connections.at("c3"), Ended::kClosed);
    EXPECT_EQ(seen.snapshot("one")->connections.at("c4"), Ended::kOpen);
  }
}

TEST_P(ConnectionTest, OfAGroupAreAwaitedTogether) {
  const Recording seen = Play(Python(kServer), Serving("7", "keep, echo, echo", R"(
      connect: {as: c, port: 7, count: 2}, send: {to: c, text: "x{n}"}, await: {output: "x{n}", of: c.received})"));
  EXPECT_THAT(seen, StuckAt(4, instead::kAllWait)) << "c1 is never answered";
}

// --- What they are called.

// The role of the socket that the program has at its end of a connection.
std::vector<std::string> RolesOf(const Recording& seen, const std::string& snapshot, int process) {
  std::vector<std::string> roles;
  for (const auto& [fd, descriptor] : At(seen, snapshot, process)->descriptors) {
    const record::Object* object = seen.object(descriptor.object);
    if (object != nullptr && object->kind == record::ObjectKind::kSocket)
      roles.push_back(object->role);
  }
  return roles;
}

TEST_P(ConnectionTest, HaveTheirAddresses) {
  const Recording tcp = Play(Python(kServer), Serving("7", "keep", Connecting("a", "7")));
  const Connection& a = tcp.connections.at("a");
  EXPECT_EQ(a.kind, "tcp");
  EXPECT_EQ(a.peer, "");
  EXPECT_EQ(a.server, "127.0.0.1:7");
  EXPECT_THAT(a.client, StartsWith("127.0.0.1:"));
  const Recording unix = Play(Python(kServer), Serving("S", "keep", Connecting("a", "S")));
  EXPECT_EQ(unix.connections.at("a").kind, "unix");
  EXPECT_EQ(unix.connections.at("a").client, "");
}

TEST_P(ConnectionTest, GiveTheirNamesToTheProgramsEnds) {
  for (const char* address : {"7", "S"}) {
    const Recording seen = Play(
        Python(kServer),
        Serving(address, "keep, keep",
                Connecting("a", address) + ", " + Connecting("b", address) + ", snapshot: there"));
    EXPECT_THAT(RolesOf(seen, "there", 0), ::testing::ElementsAre("", "a", "b")) << address;
  }
}

TEST_P(ConnectionTest, GiveTheirNamesToEndsThatConnected) {
  for (const char* address : {"port: 7", "path: S"}) {
    const Recording seen =
        Play(Python("import socket, sys\n"
                    "port = sys.argv[1] == 'port: 7'\n"
                    "def connect():\n"
                    "  s = socket.socket(socket.AF_INET if port else socket.AF_UNIX)\n"
                    "  s.connect(('127.0.0.1', 7) if port else 'S')\n"
                    "  return s\n"
                    "a, b = connect(), connect()\n"
                    "sys.stdin.read()\n"),
             std::string("args: [\"") + address + "\"]\nstdin: open\npeers: {p: {kind: scripted, " +
                 address +
                 "}}\nsteps: [accept: {from: p, as: a}, accept: {from: p, as: b}, "
                 "snapshot: there]\n");
    EXPECT_THAT(seen, Ends(Outcome::kExited));
    EXPECT_THAT(RolesOf(seen, "there", 0), ::testing::ElementsAre("a", "b")) << address;
    EXPECT_EQ(seen.connections.at("a").peer, "p");
  }
}

// --- accept

TEST_P(ConnectionTest, AcceptIsImpossibleWhenNobodyConnects) {
  EXPECT_THAT(Play(Bash("read x"), R"(
stdin: open
peers: {p: {kind: scripted, port: 7}}
steps: [accept: {from: p, as: a}]
)"),
              StuckAt(1, instead::kAllWait));
  EXPECT_THAT(Play(Bash("exit 0"), R"(
peers: {p: {kind: scripted, path: S}}
steps: [accept: {from: p, as: a}]
)"),
              StuckAt(1, instead::kAllEnded));
}

}  // namespace
}  // namespace plumbline::scenario::testing
