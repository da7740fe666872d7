// SPDX-License-Identifier: MIT
#include "sandbox/wire.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "base/io.h"

namespace plumbline::sandbox {
namespace {

class Wire : public ::testing::Test {
 protected:
  void SetUp() override {
    int fds[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds), 0);
    one_.Reset(fds[0]);
    other_.Reset(fds[1]);
  }
  UniqueFd one_;
  UniqueFd other_;
};

TEST(Packing, ReadsBackWhatWasWritten) {
  const std::string bytes =
      Packer().Number(7).Text("").Signed(-3).Text(std::string("a\0b", 3)).Number(~0ULL).bytes();
  Unpacker from(bytes);
  EXPECT_EQ(from.Number(), 7u);
  EXPECT_EQ(from.Text(), "");
  EXPECT_EQ(from.Int(), -3);
  EXPECT_EQ(from.Text(), std::string("a\0b", 3));
  EXPECT_EQ(from.Number(), ~0ULL);
  EXPECT_TRUE(from.ok());
}

TEST(Packing, WhatIsNotThereIsEmpty) {
  const std::string bytes = Packer().Number(1000).bytes();
  Unpacker text(bytes);
  EXPECT_EQ(text.Text(), "");
  EXPECT_FALSE(text.ok());
  Unpacker number("abc");
  EXPECT_EQ(number.Number(), 0u);
  EXPECT_FALSE(number.ok());
  EXPECT_EQ(number.Text(), "");
}

TEST_F(Wire, CarriesShortAndLongMessagesInOrder) {
  const std::string large(5 << 20, 'x');
  ASSERT_TRUE(Send(one_.get(), "short").has_value());
  ASSERT_TRUE(Send(one_.get(), large).has_value());
  ASSERT_TRUE(Send(one_.get(), "").has_value());
  for (const std::string& expected : {std::string("short"), large, std::string()}) {
    const auto message = Receive(other_.get());
    ASSERT_TRUE(message.has_value() && message->has_value());
    EXPECT_TRUE((*message)->bytes == expected);
    EXPECT_TRUE((*message)->descriptors.empty());
  }
}

TEST_F(Wire, CarriesDescriptorsCloseOnExec) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const UniqueFd reading(ends[0]);
  UniqueFd writing(ends[1]);
  for (const size_t size : {size_t{3}, size_t{1} << 20}) {
    const int sent[] = {writing.get()};
    ASSERT_TRUE(Send(one_.get(), std::string(size, 'x'), sent).has_value());
    const auto message = Receive(other_.get());
    ASSERT_TRUE(message.has_value() && message->has_value());
    ASSERT_EQ((*message)->descriptors.size(), 1u);
    const int fd = (*message)->descriptors[0].get();
    EXPECT_NE(::fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
    EXPECT_EQ(::write(fd, "x", 1), 1);
  }
  writing.Reset();
  EXPECT_EQ(ReadAll(reading.get()).value(), "xx");
}

TEST_F(Wire, EndsWhenTheOtherSideDoes) {
  other_.Reset();
  EXPECT_FALSE(Receive(one_.get()).value().has_value());
  EXPECT_EQ(Send(one_.get(), "x").error().code, EPIPE);
}

TEST_F(Wire, EndsAlsoWhenTheOtherSideLeftMessagesUnread) {
  ASSERT_TRUE(Send(one_.get(), "x").has_value());
  other_.Reset();
  EXPECT_FALSE(Receive(one_.get()).value().has_value());
}

TEST_F(Wire, RefusesWhatIsNoMessage) {
  ASSERT_EQ(::send(one_.get(), "m", 1, 0), 1);
  EXPECT_EQ(Receive(other_.get()).error().message, "a message without its memory");
  const std::string too_long(100000, 'i');
  ASSERT_EQ(::send(one_.get(), too_long.data(), too_long.size(), 0), 100000);
  EXPECT_EQ(Receive(other_.get()).error().message, "a message was cut");
}

TEST(MemoryFile, IsSealed) {
  const auto memory = MemoryFile("content");
  ASSERT_TRUE(memory.has_value());
  EXPECT_EQ(::pwrite(memory->get(), "x", 1, 0), -1);
  EXPECT_EQ(::ftruncate(memory->get(), 0), -1);
  EXPECT_EQ(ReadMemoryFile(memory->get(), KiB(1)), "content");
  EXPECT_EQ(ReadMemoryFile(memory->get(), Bytes{6}).error().message,
            "the memory is larger than 6 B");
  // That one cannot be had at every moment.
  EXPECT_EQ(::fcntl(memory->get(), F_GET_SEALS) & F_SEAL_WRITE, 0);
}

}  // namespace
}  // namespace plumbline::sandbox
