// SPDX-License-Identifier: MIT
#include "gradebook/packed.h"

#include <gtest/gtest.h>

namespace plumbline::gradebook {
namespace {

TEST(Packed, IsSmallAndComesBack) {
  const std::string text(100'000, 'x');
  EXPECT_LT(Pack(text).size(), 2'000U);
  EXPECT_EQ(*Unpack(Pack(text)), text);
  EXPECT_EQ(*Unpack(Pack("")), "");
}

TEST(Packed, RefusesWhatItDidNotMake) {
  const std::string packed = Pack("a recording");
  EXPECT_FALSE(Unpack(""));
  EXPECT_FALSE(Unpack("5"));
  EXPECT_FALSE(Unpack("x\n"));
  EXPECT_FALSE(Unpack(packed.substr(0, packed.size() - 4)));
  EXPECT_FALSE(Unpack("999" + packed));
  EXPECT_FALSE(Unpack(Pack(std::string(5000, 'x')), KiB(4)));
}

}  // namespace
}  // namespace plumbline::gradebook
