// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace plumbline {
namespace {

TEST(ErrnoError, NamesWhatAndWhy) {
  const Status status = ErrnoError("open /x", ENOENT);
  EXPECT_EQ(status.error().message, "open /x: No such file or directory");
  EXPECT_EQ(status.error().code, ENOENT);
}

TEST(ErrnoError, TakesTheCurrentErrno) {
  errno = EACCES;
  const Status status = ErrnoError("mount");
  EXPECT_EQ(status.error().code, EACCES);
}

TEST(Error, ShowsItsHintBehindIt) {
  EXPECT_EQ(Status(Fail("no gcc", "install gcc")).error().ToString(), "no gcc (install gcc)");
  EXPECT_EQ(Status(Fail("no gcc")).error().ToString(), "no gcc");
}

Result<int> Doubled(Result<int> input) {
  TRY_ASSIGN(const int value, std::move(input));
  return 2 * value;
}

TEST(TryAssign, PassesTheErrorOn) {
  EXPECT_EQ(*Doubled(4), 8);
  EXPECT_EQ(Doubled(Fail("no")).error().message, "no");
}

Result<std::string> After(Status first) {
  TRY(std::move(first));
  return "done";
}

TEST(Try, GoesOnOrPassesTheErrorOn) {
  EXPECT_EQ(*After({}), "done");
  const auto failed = After(Fail("no", "do"));
  EXPECT_EQ(failed.error().hint, "do");
}

}  // namespace
}  // namespace plumbline
