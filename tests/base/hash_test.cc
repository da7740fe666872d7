// SPDX-License-Identifier: MIT
#include "base/hash.h"

#include <gtest/gtest.h>

#include <string>

namespace plumbline {
namespace {

TEST(Hasher, IsSha256OfItsFieldsWithTheirLengths) {
  EXPECT_EQ(Hasher().Finish(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hasher().Add("abc").Finish(),
            "aab5f9ae99b2e38fb462025c8f72f570c9c811705d2a4277dc855d7fa293fe97");  // sha256("3:abc")
}

TEST(Hasher, TellsFieldsApart) {
  EXPECT_NE(Hasher().Add("ab").Add("c").Finish(), Hasher().Add("a").Add("bc").Finish());
  EXPECT_NE(Hasher().Add("").Finish(), Hasher().Finish());
  EXPECT_NE(Hasher().Add("1:a").Finish(), Hasher().Add("1").Add("a").Finish());
}

TEST(Hasher, TakesAnyBytes) {
  const std::string zeros("\0\0", 2);
  EXPECT_NE(Hasher().Add(zeros).Finish(), Hasher().Add("").Finish());
}

}  // namespace
}  // namespace plumbline
