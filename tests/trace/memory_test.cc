// SPDX-License-Identifier: MIT
// Reading and writing a task's memory: across pages, up to where there is none. The task is this
// one.
#include <gmock/gmock.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "trace/ptrace.h"

namespace plumbline::trace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr size_t kPage = 4096;

// Two pages, behind which there is nothing.
class Memory : public ::testing::Test {
 protected:
  void SetUp() override {
    void* pages =
        ::mmap(nullptr, 3 * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(pages, MAP_FAILED);
    bytes_ = static_cast<char*>(pages);
    ::munmap(bytes_ + 2 * kPage, kPage);
    std::fill_n(bytes_, 2 * kPage, 'x');
  }
  void TearDown() override { ::munmap(bytes_, 2 * kPage); }
  uint64_t At(size_t offset) const { return reinterpret_cast<uint64_t>(bytes_ + offset); }
  uint64_t Put(size_t offset, const std::string& text) {
    std::memcpy(bytes_ + offset, text.c_str(), text.size() + 1);
    return At(offset);
  }

  HostPid self_{::getpid()};
  char* bytes_ = nullptr;
};

TEST_F(Memory, IsReadAsFarAsItGoes) {
  EXPECT_EQ(ReadMemory(self_, At(0), 10), "xxxxxxxxxx");
  EXPECT_EQ(ReadMemory(self_, At(kPage - 5), 10).size(), 10u);
  EXPECT_EQ(ReadMemory(self_, At(2 * kPage - 3), 10), "xxx");
  EXPECT_EQ(ReadMemory(self_, At(2 * kPage), 10), "");
  EXPECT_EQ(ReadMemory(self_, 0, 10), "");
  EXPECT_EQ(ReadMemory(self_, At(0), 0), "");
}

TEST_F(Memory, StringsEndAtTheirNulOrTheLimit) {
  EXPECT_EQ(ReadString(self_, Put(kPage - 2, "across")), "across");
  EXPECT_EQ(ReadString(self_, Put(0, "")), "");
  EXPECT_EQ(ReadString(self_, At(10), 100), std::string(100, 'x'));
  EXPECT_EQ(ReadString(self_, At(2 * kPage - 4)), "xxxx");  // no NUL before the end of memory
  EXPECT_EQ(ReadString(self_, 0), "");
}

TEST_F(Memory, ArraysOfStrings) {
  const std::string longer(500, 'l');
  const std::array<uint64_t, 5> pointers{Put(0, "one"), Put(10, ""), Put(100, longer),
                                         Put(2 * kPage - 5, "last"), 0};
  std::memcpy(bytes_ + kPage, pointers.data(), sizeof pointers);
  EXPECT_THAT(ReadStrings(self_, At(kPage)), ElementsAre("one", "", longer, "last"));
  EXPECT_THAT(ReadStrings(self_, 0), IsEmpty());
  EXPECT_THAT(ReadStrings(self_, At(2 * kPage)), IsEmpty());
  // No NULL before the end of memory: what there is.
  std::memcpy(bytes_ + 2 * kPage - 16, pointers.data(), 16);
  EXPECT_THAT(ReadStrings(self_, At(2 * kPage - 16)), ElementsAre("one", ""));
}

TEST_F(Memory, ManyStrings) {
  std::vector<std::string> texts;
  std::vector<uint64_t> pointers;
  for (int i = 0; i < 300; ++i) texts.push_back("text " + std::to_string(i));
  for (const std::string& text : texts)
    pointers.push_back(reinterpret_cast<uint64_t>(text.c_str()));
  pointers.push_back(0);
  EXPECT_EQ(ReadStrings(self_, reinterpret_cast<uint64_t>(pointers.data())), texts);
}

TEST_F(Memory, HasABoundForStrings) {
  // One megabyte, again and again by the same pointer.
  const std::string large(1 << 20, 'b');
  std::vector<uint64_t> pointers(1000, reinterpret_cast<uint64_t>(large.c_str()));
  pointers.push_back(0);
  EXPECT_LE(ReadStrings(self_, reinterpret_cast<uint64_t>(pointers.data())).size(), 1u);
}

TEST_F(Memory, ValuesAreThereWholeOrNot) {
  const uint64_t value = 4711;
  std::memcpy(bytes_, &value, sizeof value);
  EXPECT_EQ(ReadValue<uint64_t>(self_, At(0)), value);
  EXPECT_EQ(ReadValue<uint64_t>(self_, At(2 * kPage - 4)), std::nullopt);
}

TEST_F(Memory, IsWritten) {
  EXPECT_TRUE(WriteMemory(self_, At(kPage - 2), "abcd", 4));
  EXPECT_EQ(ReadMemory(self_, At(kPage - 2), 4), "abcd");
  EXPECT_FALSE(WriteMemory(self_, At(2 * kPage - 2), "abcd", 4));
}

// A task that is gone: no answer, and no more.
TEST(Gone, EveryRequestSaysNo) {
  const HostPid nobody{0x3fffffff};
  EXPECT_FALSE(Seize(nobody).has_value());
  EXPECT_FALSE(Resume(nobody, Until::kNextStop));
  EXPECT_FALSE(Listen(nobody));
  EXPECT_FALSE(Interrupt(nobody));
  EXPECT_FALSE(EntryOf(nobody).has_value());
  EXPECT_FALSE(ResultOf(nobody).has_value());
  EXPECT_FALSE(EventMessage(nobody).has_value());
  EXPECT_FALSE(SignalInfo(nobody).has_value());
  EXPECT_FALSE(SkipCall(nobody, 0));
  EXPECT_FALSE(RewindCall(nobody, 0));
  EXPECT_FALSE(SetResult(nobody, 0));
  EXPECT_FALSE(SetArgument(nobody, 0, 0));
  EXPECT_EQ(ReadMemory(nobody, 0x1000, 4), "");
}

}  // namespace
}  // namespace plumbline::trace
