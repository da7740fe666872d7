// SPDX-License-Identifier: MIT
// Sending and receiving on every kind of channel.
#include <csignal>

#include "record/instead.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

namespace instead = record::instead;
using record::Ended;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class TalkTest : public PlayTest {};
FOR_EACH_ACCOUNT(TalkTest);

// Opens what `argv[1]` says, prints each of its reads in brackets, and its end; writes what follows
// "say".
constexpr char kPartner[] = R"(
import os, socket, sys, termios, tty
def listening(family, address):
    s = socket.socket(family)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(address)
    s.listen()
    c = s.accept()[0]
    s.close()
    return c.detach()
how = sys.argv[1]
if how == 'stdin': fd = 0
if how == 'terminal':
    fd = 0
    tty.setraw(0, termios.TCSANOW)
if how == 'fifo': fd = os.open('F', os.O_RDONLY)
if how == 'tcp': fd = listening(socket.AF_INET, ('127.0.0.1', 7))
if how == 'unix': fd = listening(socket.AF_UNIX, 'S')
while True:
    data = os.read(fd, 65536)
    if not data or data == b'q': break
    text = data.decode()
    if text.startswith('say '):
        os.write(fd, text[4:].encode())
    else:
        print('[%s]' % text, flush=True)
print('end')
)";

struct Way {
  std::string name;     // argv[1]
  std::string keys;     // of the scenario
  std::string connect;  // steps
  std::string channel;
  bool both = false;  // the program can answer
};
const std::vector<Way>& Ways() {
  static const std::vector<Way> ways{
      {"stdin", "stdin: open", "await: blocked", "stdin"},
      {"fifo", "files: {F: {kind: fifo}}",
       "await: blocked, connect: {as: a, path: F, for: writing}", "a"},
      {"tcp", "env: {}", "await: {listening: 7}, connect: {as: a, port: 7}", "a", true},
      {"unix", "env: {}", "await: {listening: S}, connect: {as: a, path: S}", "a", true},
      {"terminal", "terminal: true", "await: blocked", "terminal"}};
  return ways;
}

std::string ScenarioOf(const Way& way, std::string steps) {
  for (size_t at = steps.find("CHANNEL"); at != std::string::npos; at = steps.find("CHANNEL"))
    steps.replace(at, 7, way.channel);
  return "args: [" + way.name + "]\n" + way.keys + "\nsteps: [" + way.connect + ", " + steps +
         "]\n";
}

std::string OutputOf(const Recording& seen, const Way& way) {
  return Out(seen, way.name == "terminal" ? "terminal" : "submission.stdout");
}

TEST_P(TalkTest, APieceComesWhenTheFormerWasRead) {
  for (const Way& way : Ways()) {
    const Recording seen = Play(
        Python(kPartner), ScenarioOf(way,
                                     "send: {to: CHANNEL, text: \"one.two.six\", pieces: 3}, "
                                     "await: blocked, send: {to: CHANNEL, text: q}, await: exit"));
    EXPECT_THAT(seen, Exits(0)) << way.name;
    EXPECT_THAT(OutputOf(seen, way), HasSubstr("[one]"));
    EXPECT_THAT(OutputOf(seen, way), HasSubstr("[.two]"));
    EXPECT_THAT(OutputOf(seen, way), HasSubstr("[.six]"));
  }
}

TEST_P(TalkTest, WhatIsSentInOneGoComesInOneGo) {
  for (const Way& way : Ways()) {
    const Recording seen = Play(Python(kPartner), ScenarioOf(way,
                                                             "send: {to: CHANNEL, text: onetwo}, "
                                                             "await: blocked"));
    EXPECT_THAT(OutputOf(seen, way), HasSubstr("[onetwo]")) << way.name;
  }
}

TEST_P(TalkTest, CloseComesAfterWhatWasSent) {
  for (const Way& way : Ways()) {
    if (way.name == "terminal") continue;
    const Recording seen =
        Play(Python(kPartner), ScenarioOf(way,
                                          "send: {to: CHANNEL, text: onetwo, pieces: 2}, "
                                          "close: CHANNEL, await: exit"));
    EXPECT_THAT(seen, Exits(0)) << way.name;
    EXPECT_EQ(Out(seen), "[one]\n[two]\nend\n");
  }
}

TEST_P(TalkTest, SendingOnAClosedChannelIsImpossible) {
  for (const Way& way : Ways()) {
    const Recording seen =
        Play(Python(kPartner), ScenarioOf(way,
                                          "close: CHANNEL, await: asleep, send: {to: "
                                          "CHANNEL, text: x}"));
    EXPECT_EQ(seen.outcome, Outcome::kStuck) << way.name;
    ASSERT_TRUE(seen.stuck);
    EXPECT_EQ(seen.stuck->instead, instead::kClosed) << way.name;
  }
}

// More than any buffer holds is sent while later steps go on.
TEST_P(TalkTest, SendingGoesOnInLaterSteps) {
  for (const Way& way : Ways()) {
    if (way.name == "terminal" || way.name == "fifo") continue;
    const Recording seen = Play(
        Python("import os, socket, sys\n"
               "how = sys.argv[1]\n"
               "fd = 0\n"
               "if how != 'stdin':\n"
               "  s = socket.socket(socket.AF_INET if how == 'tcp' else socket.AF_UNIX)\n"
               "  s.bind(('127.0.0.1', 7) if how == 'tcp' else 'S')\n"
               "  s.listen()\n"
               "  fd = s.accept()[0].detach()\n"
               "print('ready', flush=True)\n"
               "open('GO').read()\n"
               "n = 0\n"
               "while data := os.read(fd, 65536): n += len(data)\n"
               "print(n)\n"),
        ScenarioOf({way.name, way.keys + "\nfiles: {GO: {kind: fifo}}", way.connect, way.channel},
                   "await: {output: ready}, send: {to: CHANNEL, text: {bytes: 8MiB}}, "
                   "close: CHANNEL, await: blocked, snapshot: full, "
                   "connect: {as: go, path: GO, for: writing}, close: go, await: exit"));
    EXPECT_THAT(seen, Exits(0)) << way.name;
    EXPECT_EQ(Out(seen), "ready\n8388608\n") << way.name;
    EXPECT_NE(At(seen, "full", 0), nullptr);
  }
}

TEST_P(TalkTest, ShutdownComesAfterWhatWasSentAndLeavesTheRestOpen) {
  for (const Way& way : Ways()) {
    if (!way.both) continue;
    const Recording seen =
        Play(Python("import os, socket, sys\n"
                    "tcp = sys.argv[1] == 'tcp'\n"
                    "s = socket.socket(socket.AF_INET if tcp else socket.AF_UNIX)\n"
                    "s.bind(('127.0.0.1', 7) if tcp else 'S')\n"
                    "s.listen()\n"
                    "c = s.accept()[0]\n"
                    "got = b''\n"
                    "while data := c.recv(1): got += data\n"
                    "c.sendall(b'got ' + got)\n"
                    "c.close()\n"),
             ScenarioOf(way,
                        "send: {to: CHANNEL, text: onetwo, pieces: 2}, shutdown: CHANNEL, "
                        "receive: {from: CHANNEL, until: end}, await: exit"));
    EXPECT_THAT(seen, Exits(0)) << way.name;
    EXPECT_EQ(Out(seen, "a.received"), "got onetwo");
    EXPECT_EQ(seen.snapshot("end")->connections.at("a"), Ended::kClosed);
  }
}

// --- receive

TEST_P(TalkTest, ReceivesTheNextBytes) {
  for (const Way& way : Ways()) {
    if (!way.both) continue;
    const Recording seen = Play(Python(kPartner), ScenarioOf(way, R"(
        send: {to: CHANNEL, text: "say onetwothree"},
        receive: {from: CHANNEL, text: one},
        receive: {from: CHANNEL, bytes: 3B},
        receive: {from: CHANNEL, contains: hre},
        await: {output: "twoth", of: a.received},
        send: {to: CHANNEL, text: "q"}, receive: {from: CHANNEL, until: end}, await: exit)"));
    EXPECT_THAT(seen, Exits(0)) << way.name;
    EXPECT_EQ(Out(seen, "a.received"), "onetwothree");
  }
}

TEST_P(TalkTest, ReceivesWithPlaceholders) {
  const Recording seen =
      Play(Python("import os, socket\n"
                  "s = socket.socket()\n"
                  "s.bind(('127.0.0.1', 7))\n"
                  "s.listen()\n"
                  "c, peer = s.accept()\n"
                  "c.sendall(b'%d %s %d\\n' % (os.getpid(), peer[0].encode(), peer[1]))\n"),
           R"(
steps:
  - await: {listening: 7}
  - connect: {as: a, port: 7}
  - receive: {from: a, text: "{submission.pid} {a.client.ip} {a.client.port}\n"}
  - receive: {from: a, until: end}
)");
  EXPECT_THAT(seen, Exits(0));
}

TEST_P(TalkTest, ReceivingIsImpossibleWhenOtherBytesCome) {
  for (const Way& way : Ways()) {
    if (!way.both) continue;
    EXPECT_THAT(Play(Python(kPartner), ScenarioOf(way,
                                                  "send: {to: CHANNEL, text: \"say onetwo\"}, "
                                                  "receive: {from: CHANNEL, text: oneThree}")),
                StuckAt(4, "\"onetwo\""));
  }
}

TEST_P(TalkTest, ReceivingIsImpossibleWhenNothingComes) {
  for (const Way& way : Ways()) {
    if (!way.both) continue;
    for (const char* what : {"text: xy", "contains: xy", "bytes: 2B"}) {
      const std::string receive = std::string("receive: {from: CHANNEL, ") + what + "}";
      EXPECT_THAT(Play(Python(kPartner), ScenarioOf(way, receive)), StuckAt(3, instead::kAllWait));
      EXPECT_THAT(Play(Python(kPartner),
                       ScenarioOf(way, "send: {to: CHANNEL, text: \"say x\"}, " + receive)),
                  StuckAt(4, "\"x\""));
      EXPECT_THAT(
          Play(Python(kPartner), ScenarioOf(way, "send: {to: CHANNEL, text: q}, " + receive)),
          StuckAt(4, instead::kEndOfFile));
    }
    EXPECT_THAT(Play(Python(kPartner), ScenarioOf(way, "receive: {from: CHANNEL, until: end}")),
                StuckAt(3, instead::kAllWait));
  }
}

TEST_P(TalkTest, ReceivingIsImpossibleOnceClosed) {
  for (const Way& way : Ways()) {
    if (!way.both) continue;
    EXPECT_THAT(Play(Python(kPartner),
                     ScenarioOf(way, "close: CHANNEL, receive: {from: CHANNEL, bytes: 1B}")),
                StuckAt(4, instead::kClosed));
  }
}

TEST_P(TalkTest, KeepsWhatNoStepReceived) {
  for (const Way& way : Ways()) {
    if (!way.both) continue;
    const Recording seen =
        Play(Python(kPartner), ScenarioOf(way,
                                          "send: {to: CHANNEL, text: \"say onetwo\"}, "
                                          "receive: {from: CHANNEL, text: one}"));
    EXPECT_EQ(Out(seen, "a.received"), "onetwo") << way.name;
  }
}

// --- reset, the reader's leaving

// A reset is TCP's; a UNIX socket with bytes unread tells it too, a FIFO or a pipe only ends.
TEST_P(TalkTest, ResetIsAtOnce) {
  const Recording seen =
      Play(Python("import socket\n"
                  "s = socket.socket()\n"
                  "s.bind(('127.0.0.1', 7))\n"
                  "s.listen()\n"
                  "c = s.accept()[0]\n"
                  "try: c.recv(10)\n"
                  "except OSError as error: print(error.strerror)\n"),
           "steps: [await: {listening: 7}, connect: {as: a, port: 7}, reset: a, await: exit]");
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "Connection reset by peer\n");
}

TEST_P(TalkTest, AReaderOfStandardOutputLeaves) {
  const Recording seen = Play(Bash("echo one; read x; echo two; echo $? >&2"), R"(
stdin: open
steps:
  - await: {output: one}
  - close: submission.stdout
  - close: stdin
  - await: exit
)");
  EXPECT_THAT(seen, DiesOf(SIGPIPE));
  EXPECT_EQ(Out(seen), "one\n");
}

TEST_P(TalkTest, AReaderOfAnotherOutputLeaves) {
  const Recording seen = Play(Bash("read x"), R"(
stdin: open
steps:
  - start: {as: yes, command: [bash, -c, "echo y; cat F; echo y"]}
  - await: {output: y, of: yes.stdout}
  - close: yes.stdout
  - connect: {as: f, path: F, for: writing}
  - close: f
  - await: {exit: yes}
files: {F: {kind: fifo}}
)");
  ASSERT_THAT(All<record::Exited>(seen, Named(seen, "yes")), ::testing::SizeIs(1));
  EXPECT_EQ(All<record::Exited>(seen, Named(seen, "yes"))[0]->killed_by, SIGPIPE);
}

}  // namespace
}  // namespace plumbline::scenario::testing
