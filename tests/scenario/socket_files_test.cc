// SPDX-License-Identifier: MIT
// UNIX sockets: what programs see of them is the same with a root of their own (rung B) and without
// (rung C), where nobody gets out or in all the same.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>
#include <tuple>

#include "base/unique_fd.h"
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

using record::Call;
using sandbox::Rung;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

Source Trying(const std::string& script) {
  return Python(
      "import errno, os, signal, socket as sockets, struct, sys, threading\n"
      "from socket import *\n"
      "def tries(what, do):\n"
      "    try: result = do()\n"
      "    except OSError as e: result = errno.errorcode.get(e.errno, e)\n"
      "    print(what, 'done' if result is None else result, flush=True)\n"
      "def listening(name, backlog=5, kind=SOCK_STREAM):\n"
      "    s = socket(AF_UNIX, kind); s.bind(name); s.listen(backlog); return s\n"
      "def connected(name, kind=SOCK_STREAM):\n"
      "    c = socket(AF_UNIX, kind); c.connect(name); return c\n"
      "def other(s): return struct.unpack('3i', s.getsockopt(SOL_SOCKET, SO_PEERCRED, 12))\n" +
      script);
}

class SocketFilesTest : public Playing,
                        public ::testing::WithParamInterface<std::tuple<Account, Rung>> {
 protected:
  void SetUp() override { Begin(std::get<Account>(GetParam()), rung()); }
  static Rung rung() { return std::get<Rung>(GetParam()); }
  Recording Play(const Source& submission, const std::string& scenario = "steps: [await: exit]") {
    return Playing::Play(submission, scenario, {.rung = rung()});
  }
  std::string Says(const std::string& script) {
    const Recording seen = Play(Trying(script));
    if (seen.error) return "error: " + seen.error->message + "\n" + Out(seen);
    return Out(seen) + Errors(seen);
  }
};
std::string NameOf(const ::testing::TestParamInfo<std::tuple<Account, Rung>>& at) {
  const auto& [account, rung] = at.param;
  return std::string(account == Account::kOwn ? "Own" : "Unprivileged") + ToString(rung);
}
INSTANTIATE_TEST_SUITE_P(As, SocketFilesTest,
                         ::testing::Combine(::testing::Values(Account::kOwn,
                                                              Account::kUnprivileged),
                                            ::testing::Values(Rung::kB, Rung::kC)),
                         NameOf);

// What only rung C can do wrong.
class SharedFilesTest : public SocketFilesTest {};
INSTANTIATE_TEST_SUITE_P(As, SharedFilesTest,
                         ::testing::Combine(::testing::Values(Account::kOwn,
                                                              Account::kUnprivileged),
                                            ::testing::Values(Rung::kC)),
                         NameOf);

std::vector<std::string> ArgumentsOf(const Recording& seen, const std::string& call) {
  std::vector<std::string> texts;
  for (const Call* one : All<Call>(seen)) {
    if (one->name != call) continue;
    std::string text;
    for (const auto& [name, value] : one->args) text += " " + value;
    texts.push_back(text + " = " + std::to_string(one->error));
  }
  return texts;
}

// --- Among the programs of a run.

TEST_P(SocketFilesTest, ProgramsMeetAtTheNamesThatTheyGive) {
  const Recording seen = Play(Trying(R"(
os.mkdir('d')
for kind in SOCK_STREAM, SOCK_SEQPACKET:
    for there, here in ('S', 'S'), ('/lab/S', 'S'), ('S', '/lab/d/../S'), ('/tmp/S', '../tmp/S'):
        s = listening(there, kind=kind)
        c = connected(here, kind); a, peer = s.accept()
        c.send(b'pera'); print(a.recv(10), a.getsockname(), c.getpeername(), repr(peer))
        os.unlink(there)
)"));
  ASSERT_EQ(seen.error, std::nullopt) << seen.error->message;
  const std::string said =
      "b'pera' S S ''\nb'pera' /lab/S /lab/S ''\nb'pera' S S ''\n"
      "b'pera' /tmp/S /tmp/S ''\n";
  EXPECT_EQ(Out(seen), said + said) << Errors(seen);
  EXPECT_THAT(ArgumentsOf(seen, "bind"), Contains(HasSubstr(" /lab/S ")));
  EXPECT_THAT(ArgumentsOf(seen, "connect"), Contains(HasSubstr(" /lab/d/../S ")));
  for (const Call* call : All<Call>(seen)) {
    for (const auto& [name, value] : call->args) EXPECT_THAT(value, Not(HasSubstr("plumbline-")));
  }
}

TEST_P(SocketFilesTest, NamesBehaveAsInARootOfItsOwn) {
  EXPECT_EQ(Says(R"(
s = listening('S')
tries('again', lambda: socket(AF_UNIX).bind('S'))
tries('of it', lambda: s.bind('T'))
tries('nobody', lambda: connected('T'))
open('f', 'w').close()
tries('file', lambda: connected('f'))
os.symlink('S', 'link')
tries('link', lambda: connected('link') and None)
os.symlink('nowhere', 'dangling')
tries('dangling', lambda: connected('dangling'))
tries('below a file', lambda: connected('f/S'))
bound = socket(AF_UNIX); bound.bind('B')
tries('who does not listen', lambda: connected('B'))
c = connected('S')
tries('twice', lambda: c.connect('S'))
tries('listener', lambda: s.connect('S'))
tries('other kind', lambda: connected('S', SOCK_SEQPACKET))
a, b = socketpair()
tries('pair', lambda: a.connect('S'))
tries('pair elsewhere', lambda: a.connect('T'))
tries('pair listens', lambda: a.listen())
tries('nobody listens', lambda: socket(AF_UNIX).listen())
os.chdir('/tmp')
tries('elsewhere', lambda: connected('S'))
tries('back', lambda: connected('/lab/S') and None)
os.rename('/lab/S', '/lab/R')
tries('renamed', lambda: connected('/lab/R') and None)
s.close()
tries('after it', lambda: connected('/lab/R'))
os.unlink('/lab/R')
tries('gone', lambda: connected('/lab/R'))
print(os.stat('/lab/B').st_nlink, sorted(os.listdir('/lab')))
)"),
            "again EADDRINUSE\nof it EINVAL\nnobody ENOENT\nfile ECONNREFUSED\n"
            "link done\ndangling ENOENT\nbelow a file ENOTDIR\n"
            "who does not listen ECONNREFUSED\ntwice EISCONN\nlistener EINVAL\n"
            "other kind EPROTOTYPE\npair EISCONN\npair elsewhere ENOENT\npair listens EINVAL\n"
            "nobody listens EINVAL\nelsewhere ENOENT\nback done\nrenamed done\n"
            "after it ECONNREFUSED\ngone ENOENT\n1 ['B', 'dangling', 'f', 'link']\n");
}

TEST_P(SocketFilesTest, TheOtherEndIsWhoItIs) {
  EXPECT_EQ(Says(R"(
s = listening('S')
r, w = os.pipe()
child = os.fork()
if child == 0:
    c = connected('S'); print(other(c)[0] == os.getppid(), other(c)[1:] == (os.getuid(), os.getgid()))
    sys.stdout.flush(); os.read(r, 1); os._exit(0)
a = s.accept()[0]
print(other(a) == (child, os.getuid(), os.getgid())); os.write(w, b'x'); os.wait()
)"),
            "True True\nTrue\n");
}

TEST_P(SocketFilesTest, DescriptorsArePassed) {
  EXPECT_EQ(Says(R"(
s = listening('S')
if os.fork() == 0:
    c = connected('S'); r, w = os.pipe(); send_fds(c, [b'x'], [r]); os.write(w, b'pera'); os._exit(0)
a = s.accept()[0]; _, fds, _, _ = recv_fds(a, 1, 1); os.wait()
print(os.read(fds[0], 10))
)"),
            "b'pera'\n");
}

// The kernel has a place for one connection more than the queue is long.
TEST_P(SocketFilesTest, WhoFindsNoRoomWaitsInConnect) {
  const Recording seen = Play(Trying(R"(
s = listening('S', 0)
first = connected('S')
n = socket(AF_UNIX); n.setblocking(False)
tries('without waiting', lambda: n.connect('S'))
if os.fork() == 0:
    c = connected('/lab/S'); c.sendall(b'second'); sys.exit()
sys.stdin.readline()
s.accept(); a = s.accept()[0]
print(a.recv(10).decode()); os.wait()
)"),
                              R"(
stdin: open
steps: [await: blocked, snapshot: full, send: {to: stdin, text: "x\n"}, await: exit]
)");
  ASSERT_EQ(seen.error, std::nullopt) << seen.error->message;
  EXPECT_THAT(seen, Exits(0));
  EXPECT_EQ(Out(seen), "without waiting EAGAIN\nsecond\n") << Errors(seen);
  const auto& blocked = seen.snapshot("full")->processes.at(1).threads.at(0).blocked;
  ASSERT_TRUE(blocked);
  EXPECT_EQ(blocked->call, "connect");
  ASSERT_TRUE(blocked->awaits);
  EXPECT_EQ(blocked->awaits->name, "/lab/S");
}

TEST_P(SocketFilesTest, AFullQueueThatNobodyEmptiesIsADeadlock) {
  const Recording seen =
      Play(Trying("s = listening('S', 0)\n"
                  "first = connected('S'); second = connected('S')\n"));
  EXPECT_EQ(seen.outcome, Outcome::kDeadlocked);
  EXPECT_EQ(seen.error, std::nullopt) << seen.error->message;
}

TEST_P(SocketFilesTest, WhoWaitsInConnectHearsOfTheEnd) {
  EXPECT_EQ(Says(R"(
s = listening('S', 0)
first = connected('S')
r, w = os.pipe()
if os.fork() == 0:
    s.close(); os.close(r); os.close(w)
    tries('waited', lambda: connected('S'))
    os._exit(0)
os.close(w)
s.settimeout(None)
import time; time.sleep(1)
s.close(); os.wait()
)"),
            "waited ECONNREFUSED\n");
}

TEST_P(SocketFilesTest, AWaitInConnectIsCutBySignals) {
  for (const bool restarts : {true, false}) {
    const Recording seen = Play(Trying(R"(
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
s = listening('S', 0)
first = connected('S')
child = os.fork()
if child == 0:
    signal.signal(signal.SIGUSR1, lambda *_: None)
    signal.siginterrupt(signal.SIGUSR1, sys.argv[1] == 'cut')
    c = socket(AF_UNIX)
    result = libc.connect(c.fileno(), b'\1\0S\0', 4)
    print(result, errno.errorcode.get(ctypes.get_errno(), 0), flush=True)
    os._exit(0)
sys.stdin.readline()
os.kill(child, signal.SIGUSR1)
sys.stdin.readline()
s.accept()
if sys.argv[1] != 'cut': s.accept()
os.wait()
)"),
                                std::string("args: [") + (restarts ? "again" : "cut") + R"(]
stdin: open
steps:
  - await: blocked
  - send: {to: stdin, text: "x\n"}
  - await: blocked
  - send: {to: stdin, text: "x\n"}
  - await: exit
)");
    EXPECT_EQ(seen.error, std::nullopt) << seen.error->message;
    EXPECT_THAT(seen, Exits(0));
    EXPECT_EQ(Out(seen), restarts ? "0 0\n" : "-1 EINTR\n") << Errors(seen);
  }
}

TEST_P(SocketFilesTest, ATimeOutIsOfVirtualTime) {
  EXPECT_EQ(Says("s = listening('S', 0)\n"
                 "first = connected('S')\n"
                 "c = socket(AF_UNIX)\n"
                 "c.setsockopt(SOL_SOCKET, SO_SNDTIMEO, struct.pack('ll', 5, 0))\n"
                 "tries('after five seconds', lambda: c.connect('S'))\n"),
            "after five seconds EAGAIN\n");
}

TEST_P(SocketFilesTest, ManyConnectAtOnce) {
  EXPECT_EQ(Says(R"(
names = ['S%d' % i for i in range(8)]
servers = [listening(name, 0) for name in names]
said = []
def talk(name):
    for i in range(5):
        c = connected(name); c.sendall(name.encode()); c.close()
threads = [threading.Thread(target=talk, args=[name]) for name in names]
children = [os.fork() for i in range(1)]
if children[0] == 0:
    for i in range(5): talk(names[0]) if i == 0 else None
    os._exit(0)
for thread in threads: thread.start()
for server, name in zip(servers, names):
    for i in range(10 if name == 'S0' else 5):
        a = server.accept()[0]; said.append(a.recv(10).decode() == name); a.close()
for thread in threads: thread.join()
os.wait()
print(len(said), all(said))
)"),
            "45 True\n");
}

TEST_P(SocketFilesTest, NewProgramsConnectToo) {
  EXPECT_EQ(Says(R"(
import subprocess
s = listening('S')
own = connected('S')
script = 'import socket; c = socket.socket(1); c.connect("S"); c.sendall(b"x")'
threading.Thread(target=lambda: subprocess.run([sys.executable, '-c', script])).start()
s.accept(); print(s.accept()[0].recv(1)); again = connected('S')
)"),
            "b'x'\n");
}

TEST_P(SocketFilesTest, TheAccountsNameIsAsked) {
  EXPECT_EQ(Says("import pwd; print(pwd.getpwuid(os.getuid()).pw_name)\n"), "student\n");
}

// --- The scenario's ends.

TEST_P(SocketFilesTest, StepsMeetProgramsAtTheirFiles) {
  for (const char* name : {"S", "/lab/S"}) {
    const Recording seen = Play(Trying(std::string("s = listening('") + name + R"(')
for i in range(2):
    c, address = s.accept()
    print(repr(address)); c.sendall(b'pera%d\n' % i); c.close()
c = s.accept()[0]
input()
)"),
                                R"(
stdin: open
steps:
  - await: {listening: S}
  - connect: {as: a, path: S}
  - receive: {from: a, until: end}
  - connect: {as: b, path: /lab/S}
  - receive: {from: b, until: end}
  - connect: {as: c, path: S}
  - await: asleep
  - snapshot: there
  - close: stdin
  - await: exit
)");
    ASSERT_EQ(seen.error, std::nullopt) << seen.error->message;
    EXPECT_EQ(seen.stuck, std::nullopt);
    EXPECT_EQ(Out(seen, "a.received"), "pera0\n");
    EXPECT_EQ(Out(seen, "b.received"), "pera1\n");
    EXPECT_EQ(seen.connections.at("a").server, name);
    bool listens = false;
    std::string role;
    for (const auto& [object, socket] : seen.snapshot("there")->sockets) {
      listens |= socket.listening && socket.family == "unix" && socket.local == "/lab/S";
      if (!socket.listening) role += seen.object(object)->role;
    }
    EXPECT_TRUE(listens);
    EXPECT_EQ(role, "c");
  }
}

TEST_P(SocketFilesTest, BuiltInPeersServeAtTheirFiles) {
  const Recording seen =
      Play(Trying("c = connected('S'); c.sendall(b'pera')\n"
                  "print(c.recv(10), c.getpeername(), connected('/lab/S') and 1)\n"),
           "peers: {p: {kind: echo, path: S}}\nsteps: [await: exit]");
  EXPECT_EQ(seen.error, std::nullopt) << seen.error->message;
  EXPECT_EQ(Out(seen), "b'pera' /lab/S 1\n") << Errors(seen);
  const Recording full =
      Play(Trying("connected('S')\n"), "peers: {p: {kind: full, path: S}}\nsteps: [await: exit]");
  EXPECT_EQ(full.outcome, Outcome::kDeadlocked);
}

TEST_P(SocketFilesTest, RealProgramsTalkToo) {
  const Recording seen = Play(Trying("s = listening('S'); a = s.accept()[0]; print(a.recv(10))\n"
                                     "a.sendall(b'poma'); a.close(); input()\n"),
                              R"(
stdin: open
steps:
  - await: {listening: S}
  - start: {as: socat, command: [bash, -c, "(echo -n pera; exec sleep 99) | exec socat STDIO UNIX-CONNECT:S"]}
  - await: {output: "poma", of: socat.stdout}
  - close: stdin
  - await: exit
)");
  EXPECT_EQ(seen.error, std::nullopt) << seen.error->message;
  EXPECT_EQ(Out(seen), "b'pera'\n") << Errors(seen);
}

// Of a server that was killed only the file is left.
TEST_P(SocketFilesTest, AStaleFileRefuses) {
  const Recording seen = Play(Trying("tries('there', lambda: connected('S'))\n"
                                     "tries('bind', lambda: socket(AF_UNIX).bind('S'))\n"),
                              "files: {S: {kind: socket}}\nsteps: [await: exit]");
  EXPECT_EQ(seen.error, std::nullopt) << seen.error->message;
  EXPECT_EQ(Out(seen), "there ECONNREFUSED\nbind EADDRINUSE\n");
}

// --- Nobody gets out.

UniqueFd Listening(const std::string& path) {
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), size);
  ::listen(socket.get(), 5);
  return socket;
}

// A service of the machine's, which everybody may use.
class Outsider {
 public:
  Outsider()
      : path_("/tmp/outsider-" + std::to_string(::getpid())),
        abstract_(std::string(1, '\0') + "outsider-" + std::to_string(::getpid())) {
    std::filesystem::remove(path_);
    by_path_ = Listening(path_);
    by_name_ = Listening(abstract_);
    std::filesystem::permissions(path_, std::filesystem::perms(0777));
  }
  ~Outsider() { std::filesystem::remove(path_); }
  Outsider(const Outsider&) = delete;
  Outsider& operator=(const Outsider&) = delete;

  const std::string& path() const { return path_; }
  std::string name() const { return path_.substr(5); }
  bool WasReached() const {
    return ::accept(by_path_.get(), nullptr, nullptr) >= 0 ||
           ::accept(by_name_.get(), nullptr, nullptr) >= 0;
  }

 private:
  std::string path_;
  std::string abstract_;
  UniqueFd by_path_;
  UniqueFd by_name_;
};

TEST_P(SharedFilesTest, WhatIsOutsideCannotBeReached) {
  const Outsider outsider;
  ASSERT_EQ(::access(outsider.path().c_str(), W_OK), 0);
  EXPECT_EQ(Says("name = '" + outsider.name() + R"('
out = '../../' + name
there = os.path.realpath(out)
print(os.path.exists(out))
tries('upwards', lambda: connected(out))
tries('by its name', lambda: connected('/lab/../../' + name))
os.symlink(out, 'link')
tries('link', lambda: connected('link'))
for move in os.rename, os.link:
    try: move(out, 'moved'); print('moved')
    except OSError: pass
tries('moved', lambda: connected('moved'))
os.symlink('../..', 'parent')
tries('by a folder', lambda: connected('parent/' + name))
os.chdir('../..')
tries('from there', lambda: connected(name))
tries('made there', lambda: socket(AF_UNIX).bind('other-' + name))
os.chdir('/lab')
tries('the grader\'s own', lambda: os.mkdir('../sockets/x'))
tries('and its list', lambda: os.listdir('../sockets'))
)"),
            "True\nupwards ENOENT\nby its name ENOENT\nlink ENOENT\nmoved ENOENT\nby a folder "
            "ENOENT\nfrom there ENOENT\nmade there EACCES\n"
            "the grader's own EACCES\nand its list EACCES\n");
  EXPECT_FALSE(outsider.WasReached());
}

TEST_P(SharedFilesTest, WhatCannotBeHadIsRememberedAndNoVerdict) {
  const Outsider outsider;
  const std::string abstract = "'\\0" + outsider.name() + "'";
  for (const std::string& asks : std::vector<std::string>{
           "connected(" + abstract + ")", "socket(AF_UNIX).bind(" + abstract + ")",
           "socket(AF_UNIX).bind('')", "connected('/proc/self/root" + outsider.path() + "')",
           "connected('/proc/self/cwd/../../" + outsider.name() + "')",
           "connected('/proc/self/fd/%d' % os.open('../../" + outsider.name() + "', os.O_PATH))",
           "socket(AF_UNIX).bind('/lab/' + 'a' * 90)"}) {
    EXPECT_THAT(Says("tries('it', lambda: " + asks + ")"),
                AllOf(HasSubstr("a program asked for a UNIX socket"),
                      HasSubstr("isolation C has none of its own"), Not(HasSubstr("it done"))))
        << asks;
  }
  EXPECT_FALSE(outsider.WasReached());
}

// Each waits at an address of its own, and a page has room for so many.
TEST_P(SharedFilesTest, MoreThatWaitThanThereAreAddressesAreNoVerdict) {
  EXPECT_EQ(Says("own = listening('S', 0)\nfirst = connected('S')\n"
                 "threads = [threading.Thread(target=connected, args=['S']) for i in range(20)]\n"
                 "for thread in threads: thread.start()\n"
                 "for i in range(21): own.accept()\n"
                 "for thread in threads: thread.join()\n"
                 "print('all')\n"),
            "all\n");
  const Recording seen =
      Play(Trying("own = listening('S', 0)\nfirst = connected('S')\n"
                  "for i in range(40):\n"
                  "    threading.Thread(target=connected, args=['S']).start()\n"));
  ASSERT_TRUE(seen.error);
  EXPECT_THAT(seen.error->message, HasSubstr("more threads of a program connect"));
}

// The address and what its name leads to change all the time; whatever is read of them, nobody
// outside is reached.
TEST_P(SharedFilesTest, AChangingAddressLeadsNowhereElse) {
  const Outsider outsider;
  EXPECT_EQ(Says("out = '../../" + outsider.name() + R"('
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
own = listening('S', 200)
os.symlink('S', 'a'); os.symlink(out, 'b')
good = b'\1\0a\0'.ljust(110, b'\0')
bad = (b'\1\0' + out.encode()).ljust(110, b'\0')
shared = ctypes.create_string_buffer(good, 110)
stop = False
sys.setswitchinterval(1e-5)
def swap():
    while not stop:
        shared.raw = bad
        shared.raw = good
def turn():
    while not stop:
        os.rename('a', 'c'); os.rename('b', 'a'); os.rename('c', 'b')
threads = [threading.Thread(target=one) for one in (swap, turn)]
for thread in threads: thread.start()
results = set()
for i in range(200):
    c = socket(AF_UNIX)
    results.add(libc.connect(c.fileno(), shared, 110) == 0 or
                ctypes.get_errno() == errno.ENOENT)
    c.close()
stop = True
for thread in threads: thread.join()
print(results)
)"),
            "{True}\n");
  EXPECT_FALSE(outsider.WasReached());
}

// The page that the kernel reads addresses from is looked for by its content and is nobody's to
// change.
TEST_P(SharedFilesTest, TheAddressThatIsUsedCannotBeChanged) {
  const Outsider outsider;
  EXPECT_EQ(Says("out = '" + outsider.path() + R"('
import ctypes, mmap
libc = ctypes.CDLL(None, use_errno=True)
s = listening('S', 0)
first = connected('S')
maps = [line.split() for line in open('/proc/self/maps')]
pages = [int(line[0].split('-')[0], 16) for line in maps
         if line[1] == 'r--p' and line[4] == '0' and len(line) == 5]
found = [at for at in pages if b'/sockets/' in ctypes.string_at(at, 128)]
print(len(found))
at = ctypes.c_void_p(found[0]); page = ctypes.c_size_t(4096)
libc.mmap.restype = libc.mremap.restype = ctypes.c_ssize_t
spare = ctypes.c_void_p(libc.mmap(None, page, 3, 0x22, -1, ctypes.c_long(0)))
def result(value): return 'refused' if value == -1 else 'done'
print(result(libc.mprotect(at, page, 3)), result(libc.munmap(at, page)),
      result(libc.mmap(at, page, 3, 0x32, -1, ctypes.c_long(0))),
      result(libc.mremap(spare, page, page, 3, at)), result(libc.mremap(at, page, page, 3, spare)),
      result(libc.madvise(at, page, 4)))
tries('memory', lambda: os.open('/proc/self/mem', os.O_RDWR))
tries('read', lambda: libc.read(os.open('S.txt', os.O_RDWR | os.O_CREAT), at, page))
print(libc.syscall(462, spare, page, 0), errno.errorcode[ctypes.get_errno()])
)"),
            "1\nrefused refused refused refused refused refused\nmemory EACCES\nread 0\n"
            "-1 ENOSYS\n");
  EXPECT_FALSE(outsider.WasReached());
}

// --- Nobody gets in.

// The folder of a run of this machine with a file of that name.
std::filesystem::path FolderWith(const std::string& name) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/tmp", ignored)) {
    if (std::filesystem::exists(entry.path() / "lab" / name, ignored)) return entry.path() / "lab";
  }
  return {};
}

TEST_P(SharedFilesTest, AStrangersConnectionIsNoVerdict) {
  if (::geteuid() != 0 && std::get<Account>(GetParam()) != Account::kOwn) GTEST_SKIP();
  const std::string name = "knock-" + std::to_string(::getpid());
  std::atomic<bool> over = false;
  std::thread stranger([&] {
    std::filesystem::path folder;
    while (!over && folder.empty()) folder = FolderWith(name);
    const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un there{};
    there.sun_family = AF_UNIX;
    const std::string path = (folder / name).string();
    path.copy(there.sun_path, sizeof there.sun_path - 1);
    (void)::connect(socket.get(), reinterpret_cast<const sockaddr*>(&there), sizeof there);
    while (!over) std::this_thread::yield();
  });
  const Recording seen = Play(Trying(R"(
s = socket(AF_UNIX); s.bind('new'); s.listen(); s.setblocking(False); os.rename('new', sys.argv[1])
while True:
    for i in range(10000): pass
    try: s.accept(); break
    except BlockingIOError: pass
)"),
                              "args: [" + name + "]\nsteps: [await: exit]");
  over = true;
  stranger.join();
  ASSERT_TRUE(seen.error);
  EXPECT_EQ(seen.error->message, "a process outside of the run connected to a UNIX socket of it");
}

// The tables are the machine's: somebody else listens at a file of the same name.
TEST_P(SharedFilesTest, WhoListensIsOfTheRun) {
  const std::string former = std::filesystem::current_path();
  const std::string folder = "/tmp/somebody-" + std::to_string(::getpid());
  std::filesystem::create_directory(folder);
  std::filesystem::current_path(folder);
  const UniqueFd somebody = Listening("SomebodyListensHere");
  std::filesystem::current_path(former);
  const Recording seen =
      Play(Bash("read x"), "stdin: open\nsteps: [await: {listening: SomebodyListensHere}]");
  EXPECT_EQ(seen.outcome, Outcome::kStuck);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace plumbline::scenario::testing
