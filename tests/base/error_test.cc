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

Result<int> Doubled(Result<int> input) {
  TRY_ASSIGN(const int value, std::move(input));
  return 2 * value;
}

TEST(TryAssign, PassesTheErrorOn) {
  EXPECT_EQ(*Doubled(4), 8);
  EXPECT_EQ(Doubled(Fail("no")).error().message, "no");
}

}  // namespace
}  // namespace plumbline
