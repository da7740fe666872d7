// SPDX-License-Identifier: MIT
// Rung C: TCP within the machine's network, as if it were the run's own; and nobody gets out or in.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/unique_fd.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

using record::Call;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// As each account, with rung C.
class SharedNetworkTest : public Playing, public ::testing::WithParamInterface<Account> {
 protected:
  void SetUp() override { Begin(GetParam(), sandbox::Rung::kC); }
  Recording Play(const Source& submission, const std::string& scenario = "steps: [await: exit]") {
    return Playing::Play(submission, scenario, {.rung = sandbox::Rung::kC});
  }
  // What a script says of itself, a line a thing that it tries.
  std::string Says(const std::string& script) {
    const Recording seen =
        Play(Python("import errno, os, socket, sys, threading\n"
                    "from socket import *\n"
                    "def tries(what, do):\n"
                    "    try: result = do()\n"
                    "    except OSError as e: result = errno.errorcode.get(e.errno, e)\n"
                    "    print(what, 'done' if result is None else result, flush=True)\n" +
                    script));
    if (seen.error) return "error: " + seen.error->message + "\n" + Out(seen);
    return Out(seen) + Errors(seen);
  }
};
FOR_EACH_ACCOUNT(SharedNetworkTest);

// A listener of the machine's, on every address that it has.
class Outsider {
 public:
  Outsider() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    socklen_t size = sizeof address;
    ::bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size);
    ::listen(socket_.get(), 5);
    ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  std::string port() const { return std::to_string(port_); }
  bool WasReached() const { return ::accept(socket_.get(), nullptr, nullptr) >= 0; }

 private:
  UniqueFd socket_;
  int port_ = 0;
};

std::vector<std::string> ArgumentsOf(const Recording& seen, const std::string& call) {
  std::vector<std::string> texts;
  for (const Call* one : All<Call>(seen)) {
    if (one->name != call) continue;
    std::string text;
    for (const auto& [name, value] : one->args) text += " " + value;
    texts.push_back(text);
  }
  return texts;
}

// --- Among the programs of a run.

TEST_P(SharedNetworkTest, ProgramsTalkAtThePortsThatTheyName) {
  for (const auto& [how, says] : {std::pair{"shutdown", "2  0\n"}, std::pair{"reset", "2  -1\n"}}) {
    const Recording seen =
        Play(Tracee("tcp_talk"), std::string("args: [") + how + "]\nsteps: [await: exit]");
    EXPECT_EQ(seen.error, std::nullopt);
    EXPECT_EQ(Out(seen), says);
    EXPECT_THAT(ArgumentsOf(seen, "bind"), ElementsAre(HasSubstr("127.0.0.1:7 ")));
    EXPECT_THAT(ArgumentsOf(seen, "connect"), ElementsAre(HasSubstr("127.0.0.1:7 ")));
  }
}

TEST_P(SharedNetworkTest, AddressesReadAsTheRunNamesThem) {
  EXPECT_THAT(Says(R"(
s = socket(); s.bind(('0.0.0.0', 7)); s.listen()
c = create_connection(('127.0.0.1', 7)); a, peer = s.accept()
print(s.getsockname(), c.getpeername(), a.getsockname())
print(peer == c.getsockname() == a.getpeername(), peer[1] > 1023)
s6 = socket(AF_INET6); s6.bind(('::', 13)); s6.listen()
for to in '::1', '127.0.0.1':
    c = create_connection((to, 13)); a, peer = s6.accept()
    print(a.getsockname()[:2], c.getpeername()[:2], peer[1] == c.getsockname()[1])
)"),
              "('0.0.0.0', 7) ('127.0.0.1', 7) ('127.0.0.1', 7)\nTrue True\n"
              "('::1', 13) ('::1', 13) True\n"
              "('::ffff:127.0.0.1', 13) ('127.0.0.1', 13) True\n");
}

TEST_P(SharedNetworkTest, PortsBehaveAsInANetworkOfItsOwn) {
  EXPECT_EQ(Says(R"(
a = socket(); a.bind(('127.0.0.1', 7)); a.listen()
tries('again', lambda: socket().bind(('127.0.0.1', 7)))
tries('everywhere', lambda: socket().bind(('0.0.0.0', 7)))
tries('of it', lambda: a.bind(('127.0.0.1', 8)))
tries('elsewhere', lambda: socket().bind(('127.0.0.2', 7)))
tries('nobody there', lambda: socket().connect(('127.0.0.1', 8)))
b = socket(); b.bind(('127.0.0.1', 9))
tries('nobody listens', lambda: socket().connect(('127.0.0.1', 9)))
tries('port 0', lambda: socket().connect(('127.0.0.1', 0)))
n = socket(); n.setblocking(False)
tries('later', lambda: n.connect(('127.0.0.1', 7)))
tries('is', lambda: n.connect(('127.0.0.1', 7)))
c = socket(); c.connect(('0.0.0.0', 7))
tries('twice', lambda: c.connect(('127.0.0.1', 7)))
tries('out', lambda: c.connect(('8.8.8.8', 7)))
tries('mapped', lambda: socket(AF_INET6).connect(('::ffff:127.0.0.1', 7)))
tries('file', lambda: fromfd(0, AF_INET, SOCK_STREAM).bind(('127.0.0.1', 11)))
a.close(); n.close(); c.close()
tries('after it', lambda: socket().connect(('127.0.0.1', 7)))
)"),
            "again EADDRINUSE\neverywhere EADDRINUSE\nof it EINVAL\nelsewhere done\n"
            "nobody there ECONNREFUSED\nnobody listens ECONNREFUSED\nport 0 ECONNREFUSED\n"
            "later EINPROGRESS\nis done\ntwice EISCONN\nout EISCONN\n"
            "mapped done\nfile ENOTSOCK\nafter it ECONNREFUSED\n");
}

TEST_P(SharedNetworkTest, AFreePortIsTheRunsOwn) {
  EXPECT_EQ(Says(R"(
s = socket(); s.listen(); address, port = s.getsockname()
b = socket(); b.bind(('127.0.0.1', 0)); b.listen(); other = b.getsockname()[1]
c = create_connection(('127.0.0.1', port)); d = create_connection(('127.0.0.1', other))
print(address, port != other, c.getpeername()[1] == port, s.accept()[1] == c.getsockname())
)"),
            "0.0.0.0 True True True\n");
}

// The kernel has a place for one connection more than the queue is long (listen(2)).
TEST_P(SharedNetworkTest, WhoFindsNoRoomWaitsInConnect) {
  const Recording seen = Play(Python(R"(
import os, socket, sys
s = socket.socket(); s.bind(('127.0.0.1', 7)); s.listen(0)
first = socket.create_connection(('127.0.0.1', 7))
if os.fork() == 0:
    c = socket.create_connection(('127.0.0.1', 7))
    c.sendall(b'second'); sys.exit()
sys.stdin.readline()
s.accept(); a = s.accept()[0]
print(a.recv(10).decode()); os.wait()
)"),
                              R"(
stdin: open
steps: [await: blocked, snapshot: full, send: {to: stdin, text: "x\n"}, await: exit]
)");
  ASSERT_EQ(seen.error, std::nullopt);
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "second\n");
  const auto& blocked = seen.snapshot("full")->processes.at(1).threads.at(0).blocked;
  ASSERT_TRUE(blocked);
  EXPECT_EQ(blocked->call, "connect");
  ASSERT_TRUE(blocked->awaits);
  EXPECT_EQ(blocked->awaits->name, "127.0.0.1:7");
}

TEST_P(SharedNetworkTest, AWaitInConnectIsCutBySignals) {
  const Recording seen = Play(Python(R"(
import os, signal, socket, sys
restarts = sys.argv[1] == 'restart'
s = socket.socket(); s.bind(('127.0.0.1', 7)); s.listen(0)
first = socket.create_connection(('127.0.0.1', 7))
r, w = os.pipe()
child = os.fork()
if child == 0:
    import ctypes, errno
    libc = ctypes.CDLL(None, use_errno=True)
    handler = ctypes.CFUNCTYPE(None, ctypes.c_int)(lambda n: None)
    signal.signal(signal.SIGUSR1, lambda *_: None)
    signal.siginterrupt(signal.SIGUSR1, not restarts)
    c = socket.socket()
    address = b'\2\0\0\7\x7f\0\0\1' + bytes(8)
    result = libc.connect(c.fileno(), address, 16)
    print(result, errno.errorcode.get(ctypes.get_errno(), 0), flush=True)
    os._exit(0)
sys.stdin.readline()
os.kill(child, signal.SIGUSR1)
sys.stdin.readline()
s.accept(); s.accept(); os.wait()
)"),
                              R"(
args: [restart]
stdin: open
steps:
  - await: blocked
  - send: {to: stdin, text: "x\n"}
  - await: blocked
  - send: {to: stdin, text: "x\n"}
  - await: exit
)");
  EXPECT_EQ(seen.error, std::nullopt);
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "0 0\n");
}

// --- The scenario's ends.

TEST_P(SharedNetworkTest, StepsAndPeersMeetProgramsAtTheirPorts) {
  const Recording served = Play(Python(R"(
import socket
s = socket.socket(); s.bind(('127.0.0.1', 8080)); s.listen()
for i in range(2):
    c, address = s.accept()
    c.sendall(b'%d\n' % address[1]); c.close()
input()
)"),
                                R"(
stdin: open
steps:
  - await: {listening: 8080}
  - connect: {as: a, port: 8080}
  - receive: {from: a, until: end}
  - connect: {as: b, port: 8080}
  - receive: {from: b, until: end}
  - snapshot: there
  - close: stdin
  - await: exit
)");
  ASSERT_EQ(served.error, std::nullopt);
  EXPECT_EQ(served.stuck, std::nullopt);
  EXPECT_EQ(Out(served, "a.received"), "61000\n");
  EXPECT_EQ(Out(served, "b.received"), "61001\n");
  EXPECT_EQ(served.connections.at("a").server, "127.0.0.1:8080");
  EXPECT_EQ(served.connections.at("a").client, "127.0.0.1:61000");
  EXPECT_EQ(served.snapshot("there")->connections.at("a"), record::Ended::kClosed);
  bool listens = false;
  for (const auto& [object, socket] : served.snapshot("there")->sockets)
    listens |= socket.listening && socket.local == "127.0.0.1:8080";
  EXPECT_TRUE(listens);

  const Recording asked = Play(Python("import socket\n"
                                      "c = socket.create_connection(('localhost', 7))\n"
                                      "c.sendall(b'pera'); print(c.recv(10).decode())\n"),
                               "peers: {p: {kind: echo, port: 7}}\nsteps: [await: exit]");
  EXPECT_EQ(asked.error, std::nullopt);
  EXPECT_EQ(Out(asked), "pera\n");
}

TEST_P(SharedNetworkTest, NobodyListensUntilTheProgramDoes) {
  const Outsider outsider;
  const Recording seen =
      Play(Bash("read x"), "stdin: open\nsteps: [await: {listening: " + outsider.port() + "}]");
  EXPECT_EQ(seen.outcome, Outcome::kStuck);
}

TEST_P(SharedNetworkTest, RealProgramsServeToo) {
  const Recording seen = Play(Python(R"(
import socket
c = socket.create_connection(('127.0.0.1', 7)); c.sendall(b'pera\n')
print(c.recv(10).decode(), end='')
)"),
                              R"(
peers: {p: {command: [ncat, -l, -e, /usr/bin/cat, 127.0.0.1, "7"], port: 7}}
steps: [await: exit]
)");
  EXPECT_EQ(seen.error, std::nullopt);
  EXPECT_EQ(Out(seen), "pera\n");
}

TEST_P(SharedNetworkTest, OneRunDoesNotDisturbTheNext) {
  for (int i = 0; i < 3; ++i) {
    // Without SO_REUSEADDR, at a port that the run before left in TIME_WAIT.
    EXPECT_EQ(Says("s = socket(); s.bind(('127.0.0.1', 7)); s.listen()\n"
                   "c = create_connection(('127.0.0.1', 7)); a = s.accept()[0]\n"
                   "a.close(); print(c.recv(1)); c.close()\n"),
              "b''\n");
  }
}

// --- Nobody gets out.

TEST_P(SharedNetworkTest, WhatIsOutsideCannotBeReached) {
  const Outsider outsider;
  EXPECT_EQ(Says("port = " + outsider.port() + R"(
tries('there', lambda: socket().connect(('127.0.0.1', port)))
tries('six', lambda: socket(AF_INET6).connect(('::ffff:127.0.0.1', port)))
tries('world', lambda: socket().connect(('8.8.8.8', 53)))
tries('mapped world', lambda: socket(AF_INET6).connect(('::ffff:8.8.8.8', 53)))
tries('world 6', lambda: socket(AF_INET6).connect(('2001:db8::1', 53)))
tries('broadcast', lambda: socket().connect(('255.255.255.255', 53)))
tries('own address', lambda: socket().connect(('10.255.255.254', port)))
tries('bind there', lambda: socket().bind(('10.255.255.254', 7)))
tries('its port', lambda: socket().bind(('127.0.0.1', port)))
tries('fast', lambda: socket().sendto(b'x', 0x20000000, ('127.0.0.1', port)))
tries('fast message', lambda: socket().sendmsg([b'x'], [], 0x20000000, ('127.0.0.1', port)))
tries('device', lambda: (lambda s: (s.bind(('127.0.0.1', 9)),
                                    s.setsockopt(SOL_SOCKET, SO_BINDTODEVICE, b'eth0')))(socket()))
)"),
            "there ECONNREFUSED\nsix ECONNREFUSED\nworld ENETUNREACH\nmapped world ENETUNREACH\n"
            "world 6 ENETUNREACH\nbroadcast ENETUNREACH\nown address ENETUNREACH\n"
            "bind there EADDRNOTAVAIL\nits port done\nfast ENOTSUP\nfast message ENOTSUP\n"
            "device EPERM\n");
  EXPECT_FALSE(outsider.WasReached());
}

TEST_P(SharedNetworkTest, OtherSocketsAreRefusedAndRemembered) {
  for (const auto& [asks, thing] :
       {std::pair{"socket(AF_INET, SOCK_DGRAM)", "a datagram socket"},
        std::pair{"socket(AF_UNIX, SOCK_DGRAM)", "a datagram socket"},
        std::pair{"socketpair(AF_UNIX, SOCK_DGRAM)", "a datagram socket"},
        std::pair{"socket(AF_INET, SOCK_STREAM, 262)", "a socket of another kind than TCP"},
        std::pair{"socket(AF_NETLINK, SOCK_RAW, 4)", "a socket of another kind than TCP"}}) {
    EXPECT_THAT(
        Says(std::string("tries('it', lambda: ") + asks + ")"),
        AllOf(HasSubstr(std::string("a program asked for ") + thing), Not(HasSubstr("it done"))))
        << asks;
  }
  EXPECT_EQ(Says("a, b = socketpair(); a.send(b'x'); print(b.recv(1))"), "b'x'\n");
}

// The address changes all the time; whatever is read of it, nobody outside is reached.
TEST_P(SharedNetworkTest, AChangingAddressLeadsNowhereElse) {
  const Outsider outsider;
  EXPECT_EQ(Says("port = " + outsider.port() + R"(
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
own = socket(); own.bind(('127.0.0.1', 7)); own.listen(200)
good = b'\2\0\0\7\x7f\0\0\1' + bytes(8)
bad = b'\2\0' + port.to_bytes(2, 'big') + b'\x7f\0\0\1' + bytes(8)
shared = ctypes.create_string_buffer(good, 16)
stop = False
sys.setswitchinterval(1e-5)
def swap():
    while not stop:
        shared.raw = bad
        shared.raw = good
thread = threading.Thread(target=swap); thread.start()
results = set(); named = set()
for i in range(40):
    c = socket(); c.settimeout(None)
    result = libc.connect(c.fileno(), shared, 16)
    results.add(result == 0 or ctypes.get_errno() == errno.ECONNREFUSED)
    if result == 0: named.add(c.getpeername()[1]); own.accept()[0].close()
    c.close()
    b = socket()
    result = libc.bind(b.fileno(), shared, 16)
    if result == 0: named.add(b.getsockname()[1])
    b.close()
stop = True; thread.join()
print(results, named <= {7, port})
)"),
            "{True} True\n");
  EXPECT_FALSE(outsider.WasReached());
}

// --- Names.

TEST_P(SharedNetworkTest, EtcAndTheLabAreTheRunsOwn) {
  EXPECT_EQ(Says("import pwd\n"
                 "print(gethostbyname('lab'), pwd.getpwuid(os.getuid()).pw_name)\n"
                 "tries('account', lambda: open('/etc/shadow'))\n"
                 "print(open('/etc/hostname').read(), end='')\n"
                 "open('/lab/x', 'w').write('pera'); print(open('x').read())\n"
                 "open('/tmp/x', 'w').write('poma'); print(open('/tmp/x').read())\n"
                 "tries('table', lambda: open('/proc/net/tcp'))\n"),
            "error: a program asked for the tables of its network, and isolation C has none of its "
            "own\n127.0.0.1 student\naccount ENOENT\nlab\npera\npoma\ntable ENOENT\n");
}

// What is changed by a whole name, too.
TEST_P(SharedNetworkTest, WholeNamesOfFilesAreTheRunsOwn) {
  EXPECT_EQ(Says(R"(
os.mkdir('/lab/d'); open('/lab/d/x', 'w').close()
os.rename('/lab/d/x', '/tmp/y'); os.link('/tmp/y', '/lab/z'); os.symlink('/lab/z', '/lab/link')
os.truncate('/lab/link', 3); os.mkfifo('/lab/f')
print(sorted(os.listdir('/lab')), os.path.getsize('/tmp/y'), os.listdir('/lab/d'))
os.chdir('/lab/d'); os.rmdir('/lab/d'); os.unlink('/lab/z')
tries('dangling', lambda: open('/lab/link'))
os.chdir('/lab'); print(sorted(os.listdir('.')), os.getcwd())
)"),
            "['d', 'f', 'link', 'z'] 3 []\ndangling ENOENT\n['f', 'link'] /lab\n");
}

// --- Nobody gets in.

// The port that a run of this machine has written into a file of that name.
std::optional<uint16_t> PortIn(const std::string& name) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/tmp", ignored)) {
    std::ifstream file(entry.path() / "lab" / name);
    uint16_t port = 0;
    if (file >> port) return port;
  }
  return std::nullopt;
}

TEST_P(SharedNetworkTest, AStrangersConnectionIsNoVerdict) {
  const std::string name = "knock-here-" + std::to_string(::getpid());
  std::atomic<bool> over = false;
  std::thread stranger([&] {
    std::optional<uint16_t> port;
    while (!over && !port) port = PortIn(name);
    const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_port = htons(port.value_or(0));
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)::connect(socket.get(), reinterpret_cast<const sockaddr*>(&there), sizeof there);
    while (!over) std::this_thread::yield();
  });
  // A port that the run did not name is the machine's own.
  const Recording seen = Play(Python(R"(
import os, socket, sys
s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); s.setblocking(False)
open('new', 'w').write('%d\n' % s.getsockname()[1]); os.rename('new', sys.argv[1])
while True:
    for i in range(10000): pass
    try: s.accept(); break
    except BlockingIOError: pass
)"),
                              "args: [" + name + "]\nsteps: [await: exit]");
  over = true;
  stranger.join();
  ASSERT_TRUE(seen.error);
  EXPECT_THAT(seen.error->message, HasSubstr("a process outside of the run connected to port "));
}

}  // namespace
}  // namespace plumbline::scenario::testing
