// SPDX-License-Identifier: MIT
#include "scenario/protocol.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "base/io.h"
#include "plans.h"
#include "scenario/plan_codec.h"

namespace plumbline::scenario {
namespace {

using ::testing::HasSubstr;

struct Ends {
  UniqueFd near;
  UniqueFd far;
};

Ends Connected() {
  int ends[2];
  EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

UniqueFd Memory(const std::string& content, int seals) {
  UniqueFd memory(::memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  EXPECT_TRUE(WriteAll(memory.get(), content));
  EXPECT_EQ(::fcntl(memory.get(), F_ADD_SEALS, seals), 0);
  return memory;
}

constexpr int kAllSeals = F_SEAL_FUTURE_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;

std::string HeaderOf(uint16_t version, uint16_t kind, uint64_t size) {
  std::string header = "PLMB";
  header.append(reinterpret_cast<const char*>(&version), 2);
  header.append(reinterpret_cast<const char*>(&kind), 2);
  header.append(reinterpret_cast<const char*>(&size), 8);
  return header;
}

// One packet as a stranger might send it.
void SendRaw(int socket, std::string bytes, const std::vector<int>& descriptors) {
  iovec data{bytes.data(), bytes.size()};
  std::vector<char> control(CMSG_SPACE(sizeof(int) * descriptors.size()));
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  if (!descriptors.empty()) {
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* const rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int) * descriptors.size());
    std::memcpy(CMSG_DATA(rights), descriptors.data(), sizeof(int) * descriptors.size());
  }
  ASSERT_EQ(::sendmsg(socket, &message, 0), static_cast<ssize_t>(bytes.size()));
}

std::string WhyNot(const std::string& header, const std::vector<int>& descriptors) {
  const Ends ends = Connected();
  SendRaw(ends.near.get(), header, descriptors);
  const auto task = ReceiveTask(ends.far.get());
  return task ? "received" : task.error().message;
}

size_t OpenDescriptors() {
  size_t count = 0;
  for (int fd = 0; fd < 200; ++fd) count += ::fcntl(fd, F_GETFD) >= 0 ? 1 : 0;
  return count;
}

TEST(Protocol, CarriesTasks) {
  const Ends ends = Connected();
  ASSERT_TRUE(SendTask(ends.near.get(), FullPlan()));
  ASSERT_TRUE(SendTask(ends.near.get(), FullRequest()));
  ASSERT_TRUE(SendTask(ends.near.get(), Offer{{"/a", kBinary}}));
  const auto plan = ReceiveTask(ends.far.get());
  ASSERT_TRUE(plan && *plan) << plan.error().ToString();
  EXPECT_EQ(Encode(std::get<Plan>(**plan)), Encode(FullPlan()));
  const auto request = ReceiveTask(ends.far.get());
  ASSERT_TRUE(request && *request);
  EXPECT_EQ(Encode(std::get<build::Request>(**request)), Encode(FullRequest()));
  const auto offer = ReceiveTask(ends.far.get());
  ASSERT_TRUE(offer && *offer);
  EXPECT_EQ(std::get<Offer>(**offer).hidden_paths, (std::vector<std::string>{"/a", kBinary}));
}

TEST(Protocol, CarriesAnswers) {
  const Ends ends = Connected();
  record::Recording recording;
  recording.header.scenario = "counts";
  recording.streams["submission.stdout"].bytes = kBinary;
  recording.outcome = record::Outcome::kExited;
  ASSERT_TRUE(SendAnswer(ends.near.get(), recording));
  ASSERT_TRUE(SendAnswer(ends.near.get(), FullReport()));
  ASSERT_TRUE(SendAnswer(ends.near.get(), Error{"no space", "free some", 28}));
  ASSERT_TRUE(SendAnswer(ends.near.get(), Offered{sandbox::Rung::kB}));
  const auto first = ReceiveAnswer(ends.far.get());
  ASSERT_TRUE(first && *first) << first.error().ToString();
  EXPECT_EQ(std::get<record::Recording>(**first).streams.at("submission.stdout").bytes, kBinary);
  const auto second = ReceiveAnswer(ends.far.get());
  ASSERT_TRUE(second && *second);
  EXPECT_EQ(std::get<build::Report>(**second).log, kBinary);
  const auto third = ReceiveAnswer(ends.far.get());
  ASSERT_TRUE(third && *third);
  EXPECT_EQ(std::get<Error>(**third).hint, "free some");
  const auto fourth = ReceiveAnswer(ends.far.get());
  ASSERT_TRUE(fourth && *fourth);
  EXPECT_EQ(std::get<Offered>(**fourth).rung, sandbox::Rung::kB);
}

TEST(Protocol, EndOfFileBetweenFramesIsNothing) {
  Ends ends = Connected();
  ends.near.Reset();
  const auto task = ReceiveTask(ends.far.get());
  ASSERT_TRUE(task) << task.error().ToString();
  EXPECT_FALSE(*task);
}

TEST(Protocol, SendingToNobodyIsAnErrorAndNoSignal) {
  Ends ends = Connected();
  ends.far.Reset();
  const Status sent = SendTask(ends.near.get(), FullRequest());
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, EPIPE);
}

TEST(Protocol, RefusesTruncatedAndLongFrames) {
  const UniqueFd memory = Memory("x", kAllSeals);
  EXPECT_THAT(WhyNot("PLMB", {memory.get()}), HasSubstr("a frame of 4 bytes"));
  EXPECT_THAT(WhyNot(HeaderOf(1, 2, 1) + "more", {memory.get()}), HasSubstr("a frame of 17 bytes"));
}

TEST(Protocol, RefusesOtherMagicVersionAndKind) {
  const UniqueFd memory = Memory("x", kAllSeals);
  EXPECT_THAT(WhyNot("NOPE" + HeaderOf(1, 2, 1).substr(4), {memory.get()}), HasSubstr("no frame"));
  EXPECT_THAT(WhyNot(HeaderOf(2, 2, 1), {memory.get()}), HasSubstr("version 2, not 1"));
  EXPECT_THAT(WhyNot(HeaderOf(1, 4, 1), {memory.get()}), HasSubstr("kind 4 was not expected"));
  EXPECT_THAT(WhyNot(HeaderOf(1, 77, 1), {memory.get()}), HasSubstr("kind 77 was not expected"));
}

TEST(Protocol, RefusesAnAnswerWhereATaskIsDueAndTheOtherWay) {
  const Ends ends = Connected();
  ASSERT_TRUE(SendTask(ends.near.get(), FullRequest()));
  EXPECT_FALSE(ReceiveAnswer(ends.far.get()));
  ASSERT_TRUE(SendAnswer(ends.near.get(), FullReport()));
  EXPECT_FALSE(ReceiveTask(ends.far.get()));
}

TEST(Protocol, RefusesMemoryThatIsNotSealed) {
  for (const int seals :
       {0, F_SEAL_FUTURE_WRITE, F_SEAL_FUTURE_WRITE | F_SEAL_GROW, F_SEAL_SHRINK | F_SEAL_GROW}) {
    const UniqueFd memory = Memory("x", seals);
    EXPECT_THAT(WhyNot(HeaderOf(1, 2, 1), {memory.get()}), HasSubstr("not sealed")) << seals;
  }
}

TEST(Protocol, RefusesWhatIsNoMemory) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const UniqueFd reader(ends[0]), writer(ends[1]);
  EXPECT_THAT(WhyNot(HeaderOf(1, 2, 1), {reader.get()}), HasSubstr("not sealed"));
  EXPECT_THAT(WhyNot(HeaderOf(1, 2, 1), {}), HasSubstr("without its memory"));
}

TEST(Protocol, RefusesASizeThatIsNotTheMemorys) {
  const UniqueFd memory = Memory("x", kAllSeals);
  EXPECT_THAT(WhyNot(HeaderOf(1, 2, 1000), {memory.get()}), HasSubstr("another size"));
  EXPECT_THAT(WhyNot(HeaderOf(1, 2, 0), {memory.get()}), HasSubstr("another size"));
}

TEST(Protocol, RefusesOversizedMemory) {
  const UniqueFd memory(::memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  constexpr uint64_t kSize = (uint64_t{512} << 20) + 1;  // sparse
  ASSERT_EQ(::ftruncate(memory.get(), static_cast<off_t>(kSize)), 0);
  ASSERT_EQ(::fcntl(memory.get(), F_ADD_SEALS, kAllSeals), 0);
  EXPECT_THAT(WhyNot(HeaderOf(1, 2, kSize), {memory.get()}), HasSubstr("larger than 512 MiB"));
}

TEST(Protocol, RefusesGarbageInGoodFrames) {
  const UniqueFd empty = Memory("", kAllSeals);
  EXPECT_THAT(WhyNot(HeaderOf(1, 2, 0), {empty.get()}), HasSubstr("no document"));
  const UniqueFd garbage = Memory("garbage", kAllSeals);
  EXPECT_THAT(WhyNot(HeaderOf(1, 1, 7), {garbage.get()}), HasSubstr("no document"));
  const Ends ends = Connected();
  SendRaw(ends.near.get(), HeaderOf(1, 4, 7), {garbage.get()});
  EXPECT_FALSE(ReceiveAnswer(ends.far.get()));
}

TEST(Protocol, ClosesEveryDescriptorThatComesTooMany) {
  const UniqueFd memory = Memory("garbage", kAllSeals);
  const size_t before = OpenDescriptors();
  EXPECT_THAT(WhyNot(HeaderOf(1, 2, 7), {memory.get(), memory.get(), memory.get()}),
              HasSubstr("no document"));
  EXPECT_EQ(OpenDescriptors(), before);
}

// The next task is taken whole after one that was refused.
TEST(Protocol, GoesOnAfterARefusedFrame) {
  const Ends ends = Connected();
  SendRaw(ends.near.get(), "junk", {});
  ASSERT_TRUE(SendTask(ends.near.get(), FullRequest()));
  EXPECT_FALSE(ReceiveTask(ends.far.get()));
  const auto task = ReceiveTask(ends.far.get());
  ASSERT_TRUE(task && *task);
  EXPECT_TRUE(std::holds_alternative<build::Request>(**task));
}

}  // namespace
}  // namespace plumbline::scenario
