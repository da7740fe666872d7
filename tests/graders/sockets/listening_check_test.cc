// SPDX-License-Identifier: MIT
#include "graders/sockets/listening_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using Ports = std::vector<int64_t>;

struct Server {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/server");
  int next_fd = 3;

  Server& On(const std::string& address, const std::string& family = "inet") {
    b.Listen(submission, next_fd++, address, family);
    return *this;
  }
  record::Recording Ready() {
    b.Snapshot("ready");
    return b.Build();
  }
};

Use Listening(Ports ports) {
  Use use(graders::sockets::Listening());
  return use.With("at", "ready").With("port", std::move(ports));
}
Use ListeningAt(const std::string& path) {
  Use use(graders::sockets::Listening());
  return use.With("at", "ready").With("path", path);
}

TEST(SocketsListeningCheck, PassesOnEachPort) {
  const auto recording = Server().On("127.0.0.1:7").On("[::1]:8080", "inet6").Ready();
  EXPECT_EQ(Listening({7}).On(recording), "pass");
  EXPECT_EQ(Listening({7, 8080}).On(recording), "pass");
  EXPECT_EQ(Listening({7, 13}).On(recording), "not-listening");
}

TEST(SocketsListeningCheck, TellsWhereItListensInstead) {
  Use listening = Listening({7});
  EXPECT_EQ(listening.On(Server().On("127.0.0.1:13").Ready()), "not-listening");
  EXPECT_THAT(listening.told(), HasSubstr("At 'ready' it does not listen on port 7."));
  EXPECT_THAT(listening.told(), HasSubstr("It listens on 127.0.0.1:13."));
}

TEST(SocketsListeningCheck, RecognisesExchangedBytes) {
  Use listening = Listening({7});
  EXPECT_EQ(listening.On(Server().On("127.0.0.1:1792").Ready()), "not-listening");
  EXPECT_THAT(listening.told(), HasSubstr("1792 is that port with its two bytes exchanged."));
  EXPECT_THAT(listening.told(), HasSubstr("htons()"));
}

TEST(SocketsListeningCheck, SaysThatSomebodyElseListensThere) {
  Server server;
  const auto child = server.b.Fork(server.submission);
  server.b.Listen(child, 3, "127.0.0.1:7");
  Use listening = Listening({7});
  EXPECT_EQ(listening.On(server.Ready()), "not-listening");
  EXPECT_THAT(listening.told(), HasSubstr("child 1 of your program (process 3) listens there."));
  EXPECT_EQ(listening.Who({"submission", "submission/1"}).On(server.Ready()), "pass");
}

TEST(SocketsListeningCheck, WantsOneAddressAlone) {
  Use listening = Listening({7});
  listening.With("address", "127.0.0.1");
  EXPECT_EQ(listening.On(Server().On("127.0.0.1:7").Ready()), "pass");
  EXPECT_EQ(listening.On(Server().On("0.0.0.0:7").Ready()), "wrong-address");
  EXPECT_THAT(listening.told(),
              HasSubstr("It listens on 0.0.0.0:7, and should on 127.0.0.1 alone."));
  EXPECT_EQ(listening.On(Server().On("127.0.0.1:7").On("[::]:7", "inet6").Ready()),
            "wrong-address");
}

TEST(SocketsListeningCheck, DoesNotMindAnotherPortUnlessItIsToBeExact) {
  const auto recording = Server().On("127.0.0.1:7").On("127.0.0.1:8").Ready();
  Use listening = Listening({7});
  EXPECT_EQ(listening.On(recording), "pass");
  EXPECT_EQ(listening.With("exactly", "true").On(recording), "extra-port");
  EXPECT_THAT(listening.told(), HasSubstr("It also listens on 127.0.0.1:8."));
  EXPECT_EQ(Listening({7, 8}).With("exactly", "true").On(recording), "pass");
}

TEST(SocketsListeningCheck, KnowsAPath) {
  const auto recording = Server().On("/lab/S", "unix").Ready();
  EXPECT_EQ(ListeningAt("S").On(recording), "pass");
  EXPECT_EQ(ListeningAt("/lab/S").On(recording), "pass");
  Use listening = ListeningAt("T");
  EXPECT_EQ(listening.On(recording), "not-listening");
  EXPECT_THAT(listening.told(), HasSubstr("At 'ready' it does not listen at T."));
  EXPECT_THAT(listening.told(), HasSubstr("It listens on /lab/S."));
}

TEST(SocketsListeningCheck, KnowsAPathThatWasBoundRelativeToTheWorkingDirectory) {
  EXPECT_EQ(ListeningAt("S").On(Server().On("S", "unix").Ready()), "pass");
}

TEST(SocketsListeningCheck, MayBeExactAboutAPath) {
  const auto recording = Server().On("/lab/S", "unix").On("127.0.0.1:7").Ready();
  EXPECT_EQ(ListeningAt("S").On(recording), "pass");
  EXPECT_EQ(ListeningAt("S").With("exactly", "true").On(recording), "extra-port");
  EXPECT_EQ(ListeningAt("S").With("port", Ports{7}).With("exactly", "true").On(recording), "pass");
}

TEST(SocketsListeningCheck, DoesNotTakeAConnectionForASocketThatListens) {
  Server server;
  server.On("127.0.0.1:7");
  const int object = server.b.Accept(server.submission, 3, 4, "a");
  server.b.Socket(object, {.family = "inet", .type = "stream", .local = "127.0.0.1:8"});
  EXPECT_EQ(Listening({8}).On(server.Ready()), "not-listening");
}

TEST(SocketsListeningCheck, DoesNotTellAPortThatTheKernelChose) {
  Server server;
  server.On("0.0.0.0:44223");
  for (auto& event : server.b.raw().events) {
    auto* call = std::get_if<record::Call>(&event.what);
    if (call != nullptr && call->name == "bind") call->name = "getsockname";
  }
  Use listening = Listening({7});
  EXPECT_EQ(listening.On(server.Ready()), "not-listening");
  EXPECT_THAT(listening.told(),
              HasSubstr("It listens on 0.0.0.0 at a port that the kernel chose."));
}

TEST(SocketsListeningCheck, FindsNobodyWhereTheSecondServerCouldNotStart) {
  Server server;
  server.b.Exit(server.submission);
  const auto again = server.b.Start("again", "/lab/server");
  server.b.Write(again, 2, "bind: Address already in use\n").Exit(again, 1);
  Use listening = Listening({7});
  EXPECT_EQ(listening.Who({"@again"}).On(server.Ready()), "nobody");
  EXPECT_THAT(listening.told(), HasSubstr("again (process 3) ended with status 1."));
  EXPECT_THAT(listening.told(), HasSubstr("standard error: bind: Address already in use"));
}

TEST(SocketsListeningCheck, IsNotReachedBeforeTheSecondServerWasStarted) {
  EXPECT_EQ(Listening({7}).Who({"@again"}).On(Server().Ready()), "not reached");
}

TEST(SocketsListeningCheck, IsNotReachedWithoutTheSnapshot) {
  EXPECT_EQ(Listening({7}).On(Server().b.Build()), "not reached");
}

TEST(SocketsListeningCheck, IsUnjudgeableWithoutSockets) {
  Server server;
  server.b.Observed({record::Facet::kDescriptors});
  EXPECT_EQ(Listening({7}).On(server.Ready()), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
