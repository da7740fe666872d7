// SPDX-License-Identifier: MIT
#include "base/unique_fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <type_traits>

namespace plumbline {
namespace {

int NewDescriptor() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }
bool IsOpen(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

static_assert(!std::is_copy_constructible_v<UniqueFd> && !std::is_copy_assignable_v<UniqueFd>);
static_assert(!std::is_convertible_v<UniqueFd, int> && !std::is_convertible_v<int, UniqueFd>);

TEST(UniqueFd, ClosesWhatItOwns) {
  int number = -1;
  {
    const UniqueFd fd(NewDescriptor());
    number = fd.get();
    EXPECT_TRUE(fd);
    EXPECT_TRUE(IsOpen(number));
  }
  EXPECT_FALSE(IsOpen(number));
}

TEST(UniqueFd, IsEmptyAtFirst) {
  const UniqueFd fd;
  EXPECT_FALSE(fd);
  EXPECT_FALSE(fd.valid());
  EXPECT_EQ(fd.get(), -1);
}

TEST(UniqueFd, HandsOverWhenMoved) {
  UniqueFd from(NewDescriptor());
  const int number = from.get();
  UniqueFd to(std::move(from));
  EXPECT_FALSE(from);  // NOLINT(bugprone-use-after-move): empty is what a move leaves
  EXPECT_EQ(to.get(), number);
  UniqueFd other(NewDescriptor());
  const int replaced = other.get();
  other = std::move(to);
  EXPECT_FALSE(IsOpen(replaced));
  EXPECT_TRUE(IsOpen(number));
}

TEST(UniqueFd, SurvivesBeingMovedToItself) {
  UniqueFd fd(NewDescriptor());
  UniqueFd& same = fd;
  fd = std::move(same);
  EXPECT_TRUE(IsOpen(fd.get()));
}

TEST(UniqueFd, GivesAway) {
  UniqueFd fd(NewDescriptor());
  const UniqueFd taker(fd.Release());
  EXPECT_FALSE(fd);
  EXPECT_TRUE(IsOpen(taker.get()));
}

TEST(UniqueFd, ResetsToAnotherOrNothing) {
  UniqueFd fd(NewDescriptor());
  const int first = fd.get();
  fd.Reset(NewDescriptor());
  EXPECT_FALSE(IsOpen(first));
  const int second = fd.get();
  fd.Reset();
  EXPECT_FALSE(IsOpen(second));
  EXPECT_FALSE(fd);
}

}  // namespace
}  // namespace plumbline
