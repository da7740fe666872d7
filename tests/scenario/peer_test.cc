// SPDX-License-Identifier: MIT
// The other ends that a scenario brings along: built in, and real programs.
#include <csignal>

#include "record/instead.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

namespace instead = record::instead;
using record::Ended;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class PeerTest : public PlayTest {};
FOR_EACH_ACCOUNT(PeerTest);

// Connects to the port or path of argv[1]; then does what the rest says.
constexpr char kClient[] = R"(
import socket, sys
address = sys.argv[1]
s = socket.socket(socket.AF_INET if address.isdigit() else socket.AF_UNIX)
s.connect(('127.0.0.1', int(address)) if address.isdigit() else address)
print('connected', flush=True)
for what in sys.argv[2:]:
    if what == 'shutdown': s.shutdown(socket.SHUT_WR)
    elif what == 'all':
        got = b''
        while data := s.recv(65536): got += data
        print(got.decode(), flush=True)
    elif what == 'pieces':
        while data := s.recv(65536): print('[%s]' % data.decode(), flush=True)
    elif what == 'wait': sys.stdin.read()
    elif what.isdigit():
        got = b''
        while len(got) < int(what): got += s.recv(int(what) - len(got))
        print(got.decode(), flush=True)
    elif what.startswith('*'): s.sendall(b'x' * int(what[1:]))
    else: s.sendall(what.encode())
)";

// The same peer at a port and at a path.
std::vector<std::string> At(const std::string& kind, const std::string& whats,
                            const std::string& more = "") {
  std::vector<std::string> scenarios;
  for (const bool tcp : {true, false})
    scenarios.push_back("args: [" + std::string(tcp ? "\"7\"" : "S") + ", " + whats +
                        "]\npeers: {p: {kind: " + kind + (tcp ? ", port: 7" : ", path: S") +
                        "}}\n" + more);
  return scenarios;
}

TEST_P(PeerTest, EchoSaysWhatItHears) {
  for (const std::string& scenario : At("echo", "one, two, shutdown, all")) {
    const Recording seen = Play(Python(kClient), scenario);
    EXPECT_THAT(seen, Exits(0));
    EXPECT_EQ(Out(seen), "connected\nonetwo\n") << scenario;
    EXPECT_EQ(Out(seen, "p.received"), "onetwo");
  }
}

TEST_P(PeerTest, EchoCutsItsReplies) {
  for (const std::string& scenario : At("echo, pieces: 3", "onetwosix, shutdown, pieces")) {
    const Recording seen = Play(Python(kClient), scenario);
    EXPECT_EQ(Out(seen), "connected\n[one]\n[two]\n[six]\n") << scenario;
  }
}

TEST_P(PeerTest, EchoServesMoreThanItsBuffersHold) {
  for (const std::string& scenario : At("echo", "\"1000\", \"*4000000\", shutdown, all"))
    EXPECT_THAT(Play(Python(kClient), scenario), Ends(Outcome::kDeadlocked))
        << "nothing was sent yet";
  for (const std::string& scenario : At("echo", "\"*8000000\""))
    EXPECT_THAT(Play(Python(kClient), scenario), Ends(Outcome::kDeadlocked))
        << "nobody reads the echo";
  for (const std::string& scenario : At("sink", "\"*8000000\", shutdown, all")) {
    const Recording seen = Play(Python(kClient), scenario);
    EXPECT_THAT(seen, Exits(0)) << scenario;
    EXPECT_EQ(seen.streams.at("p.received").total, 8000000u);
  }
}

TEST_P(PeerTest, EchoServesSeveralAtOnce) {
  const Recording seen =
      Play(Bash("exec 3<>/dev/tcp/127.0.0.1/7 4<>/dev/tcp/127.0.0.1/7\n"
                "echo three >&3; echo four >&4; read a <&4; read b <&3; echo $a $b"),
           "peers: {p: {kind: echo, port: 7}}");
  EXPECT_EQ(Out(seen), "four three\n");
}

TEST_P(PeerTest, DaytimeTellsTheDateAndLeaves) {
  for (const std::string& scenario : At("daytime", "all")) {
    const Recording seen = Play(Python(kClient), scenario);
    EXPECT_THAT(seen, Exits(0));
    EXPECT_THAT(Out(seen), ContainsRegex("connected\n[A-Z][a-z]+, [A-Z][a-z]+ [0-9][0-9], [0-9]{4} "
                                         "[0-9]{2}:[0-9]{2}:[0-9]{2}-UTC\r\n"));
  }
}

TEST_P(PeerTest, DaytimeIsNotDisturbedByWhoSpeaksTooLate) {
  const Recording seen = Play(Python("import socket\n"
                                     "s = socket.create_connection(('127.0.0.1', 13))\n"
                                     "while s.recv(100): pass\n"
                                     "for i in range(3): s.sendall(b'what time is it?')\n"
                                     "print(s.recv(100))\n"),
                              "peers: {p: {kind: daytime, port: 13}}");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "b''\n");
}

TEST_P(PeerTest, ChargenSaysCharactersWithoutEnd) {
  for (const std::string& scenario : At("chargen", "\"148\"")) {
    const Recording seen = Play(Python(kClient), scenario);
    EXPECT_THAT(seen, Exits(0));
    EXPECT_EQ(
        Out(seen),
        "connected\n !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg\r\n"
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefgh\r\n\n")
        << scenario;
  }
}

// A generator that is read for ever never rests; the scenario goes on all the same.
TEST_P(PeerTest, ChargenEndsWithItsReader) {
  for (const std::string& scenario : At("chargen", "all",
                                        "steps: [await: {output: connected}, signal: {KILL: "
                                        "submission}, await: exit]")) {
    EXPECT_THAT(Play(Python(kClient), scenario), DiesOf(SIGKILL)) << scenario;
  }
}

TEST_P(PeerTest, SilentNeitherReadsNorSaysAnything) {
  for (const std::string& scenario : At("silent", "hello, all"))
    EXPECT_THAT(Play(Python(kClient), scenario), Ends(Outcome::kDeadlocked)) << scenario;
  for (const std::string& scenario : At("silent", "\"*8000000\"")) {
    const Recording seen = Play(Python(kClient), scenario);
    EXPECT_THAT(seen, Ends(Outcome::kDeadlocked)) << scenario;
    EXPECT_EQ(Out(seen), "connected\n");
  }
}

TEST_P(PeerTest, FullLetsNobodyConnect) {
  for (const std::string& scenario :
       At("full", "all", "steps: [await: asleep, snapshot: there, await: exit]")) {
    const Recording seen = Play(Python(kClient), scenario);
    EXPECT_THAT(seen, Ends(Outcome::kDeadlocked)) << scenario;
    EXPECT_EQ(Out(seen), "");
    EXPECT_EQ(plumbline::scenario::testing::At(seen, "there", 0)->threads[0].blocked->call,
              "connect");
  }
}

TEST_P(PeerTest, ScriptedSaysWhatStepsSay) {
  for (const std::string& scenario : At("scripted", "hello, pieces, wait", R"(
stdin: open
steps:
  - accept: {from: p, as: a}
  - receive: {from: a, text: hello}
  - send: {to: a, text: "one two", pieces: 2}
  - await: {output: "[one]\n"}
  - await: blocked
  - snapshot: there
  - shutdown: a
  - await: blocked
  - close: stdin
  - receive: {from: a, until: end}
  - await: exit
)")) {
    const Recording seen = Play(Python(kClient), scenario);
    EXPECT_THAT(seen, Exits(0)) << scenario;
    EXPECT_EQ(Out(seen), "connected\n[one]\n[ two]\n");
    EXPECT_EQ(seen.snapshot("there")->connections.at("a"), Ended::kOpen);
    EXPECT_EQ(seen.snapshot("end")->connections.at("a"), Ended::kClosed);
  }
}

TEST_P(PeerTest, AreReadyBeforeTheStart) {
  // The program's very first call can reach them.
  const Recording seen =
      Play(Bash("for port in 7 13 9; do exec 3<>/dev/tcp/127.0.0.1/$port || echo no; done"), R"(
peers: {a: {kind: echo, port: 7}, b: {kind: daytime, port: 13}, c: {kind: silent, port: 9}}
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "");
}

// --- Programs

TEST_P(PeerTest, ARealProgramIsReadyAndTraced) {
  const Recording seen = Play(Python(kClient), R"(
args: ["7", hello, shutdown, all]
peers:
  echo: {command: [socat, "TCP-LISTEN:7,reuseaddr,fork"], args: ["EXEC:cat"], port: 7}
steps: [await: exit, snapshot: there, signal: {TERM: echo}, await: {exit: echo}]
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "connected\nhello\n");
  const auto& peer = seen.processes[static_cast<size_t>(Named(seen, "echo"))];
  EXPECT_TRUE(peer.peer);
  ASSERT_THAT(Ran(seen, "cat"), SizeIs(1));
  EXPECT_TRUE(seen.processes[static_cast<size_t>(Ran(seen, "cat")[0])].peer);
  EXPECT_FALSE(seen.processes[static_cast<size_t>(Named(seen, "submission"))].peer);
}

TEST_P(PeerTest, ARealProgramAtAPath) {
  const Recording seen = Play(Python(kClient), R"(
args: [S, hello, shutdown, all]
peers: {echo: {command: [socat, "UNIX-LISTEN:S,fork", PIPE]}}
)");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "connected\nhello\n");
}

TEST_P(PeerTest, ARealProgramReadsItsInput) {
  const Recording seen = Play(Bash("cat F"), R"(
files: {F: {kind: fifo}}
peers: {writer: {command: [bash, -c, "cat > F"], stdin: {text: "from the peer\n"}}}
)");
  EXPECT_EQ(Out(seen), "from the peer\n");
}

TEST_P(PeerTest, ASolutionIsAPeer) {
  const Recording seen =
      Play(Python(kClient), R"(
args: ["7", hello, shutdown, all]
peers: {server: {solution: reference, args: ["7"], port: 7}}
)",
           {.solutions = {{"reference", Python("import socket, sys\n"
                                               "s = socket.socket()\n"
                                               "s.bind(('127.0.0.1', int(sys.argv[1])))\n"
                                               "s.listen()\n"
                                               "c = s.accept()[0]\n"
                                               "while data := c.recv(100): c.sendall(data)\n")}}});
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "connected\nhello\n");
}

// The reference's files are gone before the submission begins.
TEST_P(PeerTest, ASolutionCannotBeRead) {
  const Recording seen =
      Play(Bash("find /program -type f; grep -rs SECRET /program /lab /tmp"), R"(
files: {F: {kind: fifo}}
peers: {server: {solution: reference}}
)",
           {.solutions = {{"reference", Bash("secret=SECRET; read x < /lab/F; echo $x")}}});
  EXPECT_EQ(Out(seen),
            "/program/main.sh\n/program/main.sh:find /program -type f; grep -rs SECRET /program "
            "/lab /tmp\n");
}

TEST_P(PeerTest, AProgramThatTheMachineLacksIsAnError) {
  const Recording seen = Play(Bash("exit 0"), "peers: {p: {command: [no-such-program]}}");
  EXPECT_THAT(seen, Ends(Outcome::kError));
  EXPECT_THAT(seen.error->message, HasSubstr("no-such-program"));
}

}  // namespace
}  // namespace plumbline::scenario::testing
