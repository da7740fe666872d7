// SPDX-License-Identifier: MIT
#include "cli/child_end.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/pipe.h"

namespace plumbline::cli {
namespace {

pid_t Child(int status) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(status);
  return child;
}

TEST(ChildEnd, TellsHowItEnded) {
  boost::asio::io_context io;
  const auto end = ChildEnd::Of(io, Child(7));
  ASSERT_TRUE(end.has_value());
  std::optional<int> told;
  end->Await([&](std::optional<int> wait_status) { told = wait_status; });
  io.run();
  ASSERT_TRUE(told);
  EXPECT_EQ(WEXITSTATUS(*told), 7);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(ChildEnd, SaysThatSomebodyElseReapedIt) {
  boost::asio::io_context io;
  const pid_t child = Child(7);
  const auto end = ChildEnd::Of(io, child);
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(WEXITSTATUS(Reap(child)), 7);
  EXPECT_EQ(Reap(child), 0);
  int calls = 0;
  std::optional<int> told = 1;
  end->Await([&](std::optional<int> wait_status) {
    ++calls;
    told = wait_status;
  });
  io.run();
  EXPECT_EQ(calls, 1);
  EXPECT_FALSE(told);
}

TEST(ChildEnd, IsSilentOnceItIsGone) {
  boost::asio::io_context io;
  const pid_t child = Child(0);
  {
    const auto end = ChildEnd::Of(io, child);
    ASSERT_TRUE(end.has_value());
    end->Await([](std::optional<int>) { ADD_FAILURE() << "nobody waits any more"; });
  }
  io.run();
  Reap(child);
}

TEST(ChildEnd, IsNotToBeHadOfWhoWasReaped) {
  boost::asio::io_context io;
  const pid_t child = Child(0);
  Reap(child);
  const auto end = ChildEnd::Of(io, child);
  ASSERT_FALSE(end.has_value());
  EXPECT_EQ(end.error().message, "pidfd_open: No such process");
}

TEST(IsReadable, IsSoForBytesAndForTheEnd) {
  Pipe pipe = MakePipe().value();
  EXPECT_FALSE(IsReadable(pipe.reader.get()));
  ASSERT_EQ(::write(pipe.writer.get(), "x", 1), 1);
  EXPECT_TRUE(IsReadable(pipe.reader.get()));
  char byte = 0;
  ASSERT_EQ(::read(pipe.reader.get(), &byte, 1), 1);
  EXPECT_FALSE(IsReadable(pipe.reader.get()));
  pipe.writer.Reset();
  EXPECT_TRUE(IsReadable(pipe.reader.get()));
}

}  // namespace
}  // namespace plumbline::cli
