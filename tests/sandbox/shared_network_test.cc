// SPDX-License-Identifier: MIT
// The ports of a run within the machine's network. What the functions do in a program's place is
// tested with programs, in tests/scenario.
#include "sandbox/shared_network.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <string_view>

namespace plumbline::sandbox {
namespace {

using ::testing::HasSubstr;

sockaddr_in At(const char* host, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  ::inet_pton(AF_INET, host, &address.sin_addr);
  return address;
}
std::string_view Bytes(const sockaddr_in& address) {
  return {reinterpret_cast<const char*>(&address), sizeof address};
}

UniqueFd Tcp() { return UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

int PortOf(const UniqueFd& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

int DeviceOf(const UniqueFd& socket) {
  int device = 0;
  socklen_t size = sizeof device;
  ::getsockopt(socket.get(), SOL_SOCKET, SO_BINDTOIFINDEX, &device, &size);
  return device;
}

// What anybody on the machine would get.
int BindAsStranger(int port, bool reuses) {
  const UniqueFd socket = Tcp();
  const int on = reuses ? 1 : 0;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const sockaddr_in address = At("127.0.0.1", port);
  return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0
             ? errno
             : 0;
}

TEST(SharedNetwork, HoldsAPortForTheRunAlone) {
  int held = 0;
  {
    SharedNetwork network;
    {
      const UniqueFd socket = Tcp();
      ASSERT_EQ(network.Bind(socket.get(), Bytes(At("0.0.0.0", 7))), 0);
      held = PortOf(socket);
      EXPECT_NE(held, 7);
      EXPECT_EQ(network.NamedPort(held), 7);
      EXPECT_EQ(network.Named("[::1]:" + std::to_string(held)), "[::1]:7");
      // Not reached from another machine, though it is bound to every address.
      EXPECT_EQ(DeviceOf(socket), static_cast<int>(::if_nametoindex("lo")));
    }
    // Also while nobody is bound to it.
    EXPECT_EQ(BindAsStranger(held, false), EADDRINUSE);
    EXPECT_EQ(BindAsStranger(held, true), EADDRINUSE);
    const UniqueFd again = Tcp();
    EXPECT_EQ(network.Bind(again.get(), Bytes(At("127.0.0.1", 7))), 0);
    EXPECT_EQ(PortOf(again), held);
  }
  EXPECT_EQ(BindAsStranger(held, false), 0);
}

TEST(SharedNetwork, RunsSideBySideHavePortsOfTheirOwn) {
  SharedNetwork one;
  SharedNetwork other;
  const auto first = one.ListenAt(7, 5);
  const auto second = other.ListenAt(7, 5);
  ASSERT_TRUE(first && second);
  EXPECT_NE(PortOf(*first), PortOf(*second));
  EXPECT_FALSE(one.Has(PortOf(*second)));
  EXPECT_FALSE(one.ListenAt(7, 5));
}

TEST(SharedNetwork, ConnectsWithoutWaitingAndLeavesTheSocketAsItWas) {
  SharedNetwork network;
  const auto listener = network.ListenAt(7, 0);
  ASSERT_TRUE(listener);
  std::vector<UniqueFd> clients;
  int error = 0;
  for (int i = 0; i < 5 && error == 0; ++i) {
    clients.push_back(Tcp());
    error = network.Connect(clients.back().get(), Bytes(At("127.0.0.1", 7)));
    EXPECT_EQ(::fcntl(clients.back().get(), F_GETFL) & O_NONBLOCK, 0);
  }
  EXPECT_EQ(error, EALREADY);
  EXPECT_GT(clients.size(), 1u);
  const UniqueFd refused = Tcp();
  EXPECT_EQ(network.Connect(refused.get(), Bytes(At("127.0.0.1", 8))), ECONNREFUSED);
  EXPECT_FALSE(network.failure());
}

TEST(SharedNetwork, KnowsItsClientsFromStrangers) {
  SharedNetwork network;
  const auto listener = network.ListenAt(7, 5);
  ASSERT_TRUE(listener);
  const auto client = network.ConnectTo(7);
  ASSERT_TRUE(client);
  EXPECT_EQ(network.NamedPort(PortOf(*client)), 61000);
  const auto accept = [&] {
    pollfd waiting{.fd = listener->get(), .events = POLLIN, .revents = 0};
    ::poll(&waiting, 1, -1);
    network.NoteAccepted(UniqueFd(::accept(listener->get(), nullptr, nullptr)).get());
  };
  accept();
  EXPECT_FALSE(network.failure());
  const UniqueFd stranger = Tcp();
  const sockaddr_in there = At("127.0.0.1", PortOf(*listener));
  ASSERT_EQ(::connect(stranger.get(), reinterpret_cast<const sockaddr*>(&there), sizeof there), 0);
  accept();
  ASSERT_TRUE(network.failure());
  EXPECT_THAT(network.failure()->message, HasSubstr("connected to port 7 of it"));
}

TEST(SharedNetwork, SaysWhenItHasNoMorePorts) {
  SharedNetwork network;
  int error = 0;
  int bound = 0;
  for (; bound < 1000 && error == 0; ++bound)
    error = network.Bind(Tcp().get(), Bytes(At("127.0.0.1", 1 + bound)));
  EXPECT_EQ(error, EADDRNOTAVAIL);
  EXPECT_EQ(bound, 129);
  ASSERT_TRUE(network.failure());
  EXPECT_THAT(network.failure()->message, HasSubstr("more than 128 ports"));
}

}  // namespace
}  // namespace plumbline::sandbox
