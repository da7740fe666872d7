// SPDX-License-Identifier: MIT
// What looks for harm finds it.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <functional>

#include "tests/hostile/child.h"
#include "tests/hostile/outside.h"

namespace plumbline::hostile {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

void Connect(int type, int port) {
  const UniqueFd socket(::socket(AF_INET, type, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const bool sent = type != SOCK_DGRAM || ::send(socket.get(), "x", 1, 0) == 1;
  ASSERT_TRUE(sent);
}

class Harm : public ::testing::Test {
 protected:
  // What is seen once `deed` has been done outside.
  static void AfterDeed(const std::function<void(const Outside&)>& deed, const char* seen) {
    InChild([&] {
      LeaveTheOthers();
      const Folder folder;
      const Outside outside(folder.path() / "outside");
      EXPECT_THAT(outside.Harm(), IsEmpty());
      deed(outside);
      EXPECT_THAT(outside.Harm(), ::testing::Contains(HasSubstr(seen)));
    });
  }
  static int Number(const Outside& outside, const char* word) {
    return std::stoi(outside.words().at(word));
  }
};

TEST_F(Harm, OfAFile) {
  AfterDeed([](const Outside& o) { std::ofstream(o.words().at("@FILE@")) << "x"; },
            "the file outside was changed");
  AfterDeed([](const Outside& o) { std::ofstream(o.words().at("@FILE@") + "2") << "x"; },
            "there is a file outside: canary2");
}

TEST_F(Harm, OfAProcess) {
  AfterDeed([](const Outside& o) { ::kill(Number(o, "@PID@"), SIGKILL); },
            "the process outside was reached");
  AfterDeed(
      [](const Outside& o) { ::setpriority(PRIO_PROCESS, static_cast<id_t>(o.bystander()), 19); },
      "the process outside was slowed");
}

TEST_F(Harm, OfListeners) {
  AfterDeed([](const Outside& o) { Connect(SOCK_STREAM, Number(o, "@TCP@")); },
            "connected to the port outside");
  AfterDeed([](const Outside& o) { Connect(SOCK_DGRAM, Number(o, "@TCP@")); },
            "sent to the port outside");
}

TEST_F(Harm, OfSharedMemory) {
  AfterDeed(
      [](const Outside& o) {
        void* const start = ::shmat(Number(o, "@SHM@"), nullptr, 0);
        std::memset(start, 'x', 1);
        ::shmdt(start);
      },
      "the shared memory outside was changed");
}

TEST_F(Harm, OfAProcessThatStays) {
  AfterDeed(
      [](const Outside&) {
        const pid_t parent = ::getpid();
        if (::fork() != 0) return;
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        while (::getppid() == parent) ::pause();  // it may have ended before that
        ::_exit(0);
      },
      "a process is left: ");
}

}  // namespace
}  // namespace plumbline::hostile
