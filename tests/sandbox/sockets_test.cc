// SPDX-License-Identifier: MIT
// Peers' ends: made inside, used outside.
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>

#include "tests/sandbox/harness.h"

namespace plumbline::sandbox::testing {
namespace {

using Sockets = SandboxTest;
using Fifos = SandboxTest;
FOR_EACH_ACCOUNT(Sockets);
FOR_EACH_ACCOUNT(Fifos);

bool Ready(int fd, short events) {
  pollfd source{fd, events, 0};
  return ::poll(&source, 1, 60000) == 1;
}

int ErrorOf(int socket) {
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

void ExpectConversation(int listener, int client) {
  ASSERT_TRUE(Ready(client, POLLOUT));
  EXPECT_EQ(ErrorOf(client), 0);
  ASSERT_TRUE(Ready(listener, POLLIN));
  const UniqueFd server(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
  ASSERT_TRUE(server.valid());
  ASSERT_EQ(::write(client, "hello", 5), 5);
  char text[5];
  ASSERT_TRUE(Ready(server.get(), POLLIN));
  EXPECT_EQ(::read(server.get(), text, sizeof text), 5);
}

void ExpectCloseOnExecAndNonBlocking(const UniqueFd& fd) {
  EXPECT_NE(::fcntl(fd.get(), F_GETFD) & FD_CLOEXEC, 0);
  EXPECT_NE(::fcntl(fd.get(), F_GETFL) & O_NONBLOCK, 0);
}

TEST_P(Sockets, TcpPeersMeetInside) {
  InSandbox([](Sandbox& box) {
    const auto listener = box.ListenTcp(7);
    ASSERT_OK(listener);
    const auto client = box.ConnectTcp(7);
    ASSERT_OK(client);
    ExpectCloseOnExecAndNonBlocking(*listener);
    ExpectCloseOnExecAndNonBlocking(*client);
    ExpectConversation(listener->get(), client->get());
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ASSERT_EQ(::getsockname(listener->get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    EXPECT_EQ(ntohl(address.sin_addr.s_addr), INADDR_LOOPBACK);
  });
}

TEST_P(Sockets, ProgramsReachThem) {
  InSandbox([](Sandbox& box) {
    const auto listener = box.ListenTcp(13);
    ASSERT_OK(listener);
    EXPECT_EQ(RunShell(box, "exec 3<>/dev/tcp/localhost/13 && echo connected").out, "connected\n");
  });
}

TEST_P(Sockets, TakenPortsAndDeadPortsAreErrors) {
  InSandbox([](Sandbox& box) {
    const auto listener = box.ListenTcp(7);
    ASSERT_OK(listener);
    EXPECT_EQ(box.ListenTcp(7).error().code, EADDRINUSE);
    const auto client = box.ConnectTcp(9);
    if (client) {
      ASSERT_TRUE(Ready(client->get(), POLLOUT));
      EXPECT_EQ(ErrorOf(client->get()), ECONNREFUSED);
    } else {
      EXPECT_EQ(client.error().code, ECONNREFUSED);
    }
  });
}

TEST_P(Sockets, WorldsDoNotMeet) {
  InSandbox([](Sandbox& box) {
    auto other = Sandbox::Create({});
    ASSERT_OK(other);
    ASSERT_OK(box.ListenTcp(7));
    ASSERT_OK(other->ListenTcp(7));
  });
}

TEST_P(Sockets, UnixPeersMeetInside) {
  InSandbox([](Sandbox& box) {
    const auto listener = box.ListenUnix("/lab/run/server.sock");
    ASSERT_OK(listener);
    const auto client = box.ConnectUnix("/lab/run/server.sock");
    ASSERT_OK(client);
    ExpectConversation(listener->get(), client->get());
    sockaddr_un address{};
    socklen_t size = sizeof address;
    ASSERT_EQ(::getpeername(client->get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    EXPECT_STREQ(address.sun_path, "/lab/run/server.sock");
  });
}

TEST_P(Sockets, UnixPathsMayBeLong) {
  InSandbox([](Sandbox& box) {
    const std::string path = "/lab/" + std::string(100, 'a') + "/" + std::string(50, 'b') + "/s";
    const auto listener = box.ListenUnix(path);
    ASSERT_OK(listener);
    const auto client = box.ConnectUnix(path);
    ASSERT_OK(client);
    ExpectConversation(listener->get(), client->get());
    const std::string name = "/lab/" + std::string(100, 'a') + "/" + std::string(150, 'b');
    EXPECT_FALSE(box.ListenUnix(name).has_value());
  });
}

TEST_P(Sockets, UnixErrorsHaveTheirCodes) {
  InSandbox([](Sandbox& box) {
    const FileToMake stale{.path = "/lab/stale", .kind = FileToMake::Kind::kSocket};
    ASSERT_OK(box.PutFiles({&stale, 1}));
    EXPECT_EQ(box.ConnectUnix("/lab/none").error().code, ENOENT);
    EXPECT_EQ(box.ConnectUnix("/lab/stale").error().code, ECONNREFUSED);
    EXPECT_EQ(box.ListenUnix("/lab/stale").error().code, EADDRINUSE);
    const auto listener = box.ListenUnix("/lab/real");
    ASSERT_OK(listener);
    ASSERT_EQ(RunShell(box, "ln -s real link").status, 0);
    EXPECT_FALSE(box.ConnectUnix("/lab/link").has_value());
  });
}

TEST_P(Sockets, CanBeAskedAbout) {
  InSandbox([](Sandbox& box) {
    const auto diagnosis = box.OpenDiagnosis();
    ASSERT_OK(diagnosis);
    int protocol = 0;
    socklen_t length = sizeof protocol;
    ASSERT_EQ(::getsockopt(diagnosis->get(), SOL_SOCKET, SO_PROTOCOL, &protocol, &length), 0);
    EXPECT_EQ(protocol, NETLINK_SOCK_DIAG);
    EXPECT_NE(::fcntl(diagnosis->get(), F_GETFD) & FD_CLOEXEC, 0);
  });
}

TEST_P(Fifos, OpenWithoutWaiting) {
  InSandbox([](Sandbox& box) {
    const FileToMake fifo{.path = "/lab/fifo", .kind = FileToMake::Kind::kFifo};
    ASSERT_OK(box.PutFiles({&fifo, 1}));
    EXPECT_EQ(box.OpenFifo("/lab/fifo", true).error().code, ENXIO);
    const auto reader = box.OpenFifo("/lab/fifo", false);
    ASSERT_OK(reader);
    const auto writer = box.OpenFifo("/lab/fifo", true);
    ASSERT_OK(writer);
    ExpectCloseOnExecAndNonBlocking(*reader);
    EXPECT_EQ(::write(writer->get(), "x", 1), 1);
    char byte = 0;
    EXPECT_EQ(::read(reader->get(), &byte, 1), 1);
  });
}

TEST_P(Fifos, NothingElseIsOne) {
  InSandbox([](Sandbox& box) {
    ASSERT_EQ(RunShell(box, "touch plain; mkfifo fifo; ln -s fifo link").status, 0);
    EXPECT_EQ(box.OpenFifo("/lab/plain", false).error().message, "/lab/plain: not a FIFO");
    EXPECT_EQ(box.OpenFifo("/lab/link", false).error().code, ELOOP);
    EXPECT_EQ(box.OpenFifo("/lab/none", false).error().code, ENOENT);
  });
}

}  // namespace
}  // namespace plumbline::sandbox::testing
