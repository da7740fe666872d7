// SPDX-License-Identifier: MIT
// A run's network: its own, or one in which nothing has ever happened.
#include "tests/scenario/playing.h"

namespace plumbline::scenario::testing {
namespace {

class NetworkTest : public PlayTest {
 protected:
  // Bash asks for a name service with a socket; Python makes none.
  std::string Network() {
    return Out(Play(Python("import os\nprint(os.readlink('/proc/self/ns/net'))"), "{}"));
  }
  // How many packets the loopback has carried.
  std::string Packets(const std::string& and_then = "", const std::string& scenario = "{}") {
    const std::string script =
        "while read -r name bytes packets rest; do [[ $name == lo: ]] && echo $packets; done "
        "</proc/net/dev; ";
    return Out(Play(Bash(script + and_then), scenario));
  }
};
FOR_EACH_ACCOUNT(NetworkTest);

TEST_P(NetworkTest, OfARunWithoutSocketsIsTheNextOnesToo) {
  const std::string first = Network();
  EXPECT_NE(first, "");
  EXPECT_EQ(Network(), first);
}

TEST_P(NetworkTest, IsNewAfterAnySocket) {
  EXPECT_EQ(Packets(), "0\n");
  EXPECT_EQ(Packets("echo > /dev/udp/127.0.0.1/9"), "0\n");
  EXPECT_EQ(Packets(), "0\n");
}

TEST_P(NetworkTest, IsNewAfterAPeer) {
  const char* const peer = R"(
peers: {p: {kind: scripted, port: 7}}
steps: [accept: {from: p, as: a}, await: exit]
)";
  EXPECT_EQ(Packets("exec 3<>/dev/tcp/127.0.0.1/7", peer), "0\n");
  EXPECT_EQ(Packets(), "0\n");
}

}  // namespace
}  // namespace plumbline::scenario::testing
