// SPDX-License-Identifier: MIT
// Programs that nobody wrote for an exercise, graded by it. Each earns what it deserves by the
// contract, and loses what it does otherwise; the reasons stand beside each loss.
#include "program.h"

namespace plumbline::e2e {
namespace {

Losses Grade(const std::string& exercise, const std::string& stranger) {
  const Ran ran =
      Plumbline({"check", "--json", exercise, std::string(PLUMBLINE_STRANGERS) + "/" + stranger});
  EXPECT_LE(ran.status, 1) << ran.err;
  return ran.out.empty() ? Losses{{"no grade", ran.err}} : LossesIn(nlohmann::json::parse(ran.out));
}

TEST(Strangers, TheOneLinerDoesAllButLookAtItsArguments) {
  const Losses losses{
      {"usage", "wrong-status"}};  // cat complains of an empty name; the status is that of wc
  EXPECT_EQ(Grade("pipe-chain", "pipe-chain-one-liner"), losses);
}

// All of these print what came and end with 0 when the connection ends early: for them that is no
// error.
TEST(Strangers, SocatIsAGoodClientThatDoesNotCareHowItEnds) {
  const Losses losses{{"cut-short", "wrong-status"},
                      {"lost", "wrong-status"},
                      {"reset", "wrong-status"},   // ECONNRESET is an end of file to it
                      {"usage", "wrong-status"}};  // its status for that is 1
  EXPECT_EQ(Grade("echo-client", "client-socat"), losses);
}

TEST(Strangers, NcatIsAGoodClientThatTellsOfAReset) {
  const Losses losses{{"cut-short", "wrong-status"},
                      {"lost", "wrong-status"},
                      {"no-server", "wrong-status"},  // 2 for a host that is unknown
                      {"usage", "wrong-status"}};  // one argument is a host, with a port of its own
  EXPECT_EQ(Grade("echo-client", "client-ncat"), losses);
}

TEST(Strangers, NcOfBusyboxIsAGoodClientThatDoesNotCareHowItEnds) {
  const Losses losses{{"cut-short", "wrong-status"},
                      {"lost", "wrong-status"},
                      {"reset", "wrong-status"},
                      {"usage", "wrong-status"}};
  EXPECT_EQ(Grade("echo-client", "client-busybox-nc"), losses);
}

// A telnet sends \r\n for \n, says whom it has reached, and leaves at the end of its input.
TEST(Strangers, TelnetOfBusyboxIsNoEchoClient) {
  const Losses losses{
      {"echo", "wrong-text"},        {"at-once", "wrong-text"},     {"pieces", "not-reached"},
      {"volume", "wrong-text"},      {"last-line", "wrong-text"},   {"no-nul", "wrong-text"},
      {"shuts-down", "not-reached"}, {"cut-short", "wrong-status"}, {"lost", "wrong-status"},
      {"reset", "wrong-status"},     {"usage", "wrong-status"}};
  EXPECT_EQ(Grade("echo-client", "client-busybox-telnet"), losses);
}

TEST(Strangers, TelnetOfInetutilsIsNoEchoClient) {
  const Losses losses{{"echo", "wrong-text"},        {"at-once", "wrong-text"},
                      {"pieces", "not-reached"},     {"volume", "wrong-text"},
                      {"last-line", "wrong-text"},   {"no-nul", "wrong-text"},
                      {"shuts-down", "not-reached"}, {"cut-short", "wrong-status"},
                      {"lost", "wrong-status"},      {"reset", "wrong-status"},
                      {"no-server", "wrong-text"},  // an unknown host is told on standard output
                      {"usage", "wrong-status"}};
  EXPECT_EQ(Grade("echo-client", "client-telnet"), losses);
}

TEST(Strangers, SocatServesAndIsSilentAboutIt) {
  const Losses losses{{"announces", "wrong-text"},  // it prints nothing
                      {"ends", "wrong-status"},     // 143: it tells that SIGTERM ended it
                      {"usage", "wrong-status"}};   // the wrapper does not look
  EXPECT_EQ(Grade("echo-server", "server-socat"), losses);
}

TEST(Strangers, NcatServesButNotWhoReadsLate) {
  const Losses losses{{"announces", "wrong-text"},
                      {"rest", "wrong-text"},  // it and its cat wait for each other, or it leaves
                      {"restart", "nobody"},  // the child of the old one keeps the listening socket
                      {"ends", "killed"},     // SIGTERM is not caught
                      {"port-taken", "wrong-status"},  // 2
                      {"usage", "wrong-status"}};
  EXPECT_EQ(Grade("echo-server", "server-ncat"), losses);
}

TEST(Strangers, XinetdServesAndItsChildStays) {
  const Losses losses{
      {"announces", "wrong-text"},
      {"ends", "survivor"},    // its child has the handler of the parent, and reads on
      {"port-taken", "hung"},  // told to stay alive without a service
      {"usage", "wrong-status"}};
  EXPECT_EQ(Grade("echo-server", "server-xinetd"), losses);
}

}  // namespace
}  // namespace plumbline::e2e
