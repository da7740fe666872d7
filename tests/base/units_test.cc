// SPDX-License-Identifier: MIT
#include "base/units.h"

#include <gtest/gtest.h>

namespace plumbline {
namespace {

using namespace std::chrono_literals;

TEST(Bytes, AreReadInTheUnitThatFits) {
  EXPECT_EQ(ToString(Bytes{0}), "0 B");
  EXPECT_EQ(ToString(Bytes{512}), "512 B");
  EXPECT_EQ(ToString(Bytes{1023}), "1023 B");
  EXPECT_EQ(ToString(KiB(64)), "64 KiB");
  EXPECT_EQ(ToString(Bytes{3 << 19}), "1.5 MiB");
  EXPECT_EQ(ToString(MiB(5 * 1024)), "5 GiB");
}

TEST(Bytes, AreNotReadAs1024OfAnything) {
  EXPECT_EQ(ToString(Bytes{MiB(1).count - 1}), "1 MiB");
  EXPECT_EQ(ToString(Bytes{973 << 10}), "973 KiB");
}

TEST(Bytes, AreOrdered) { EXPECT_LT(KiB(1023), MiB(1)); }

TEST(Duration, IsReadInTheUnitThatFits) {
  EXPECT_EQ(ToString(0ns), "0 s");
  EXPECT_EQ(ToString(Duration(1ns)), "1 ns");
  EXPECT_EQ(ToString(Duration(1500ns)), "1.5 us");
  EXPECT_EQ(ToString(Duration(250ms)), "250 ms");
  EXPECT_EQ(ToString(Duration(10s)), "10 s");
  EXPECT_EQ(ToString(Duration(2min)), "2 min");
  EXPECT_EQ(ToString(Duration(90min)), "1.5 h");
  EXPECT_EQ(ToString(Duration(240h)), "10 d");
}

TEST(Duration, IsNotReadAsAThousandOfAnything) {
  EXPECT_EQ(ToString(Duration(999999us)), "1 s");
  EXPECT_EQ(ToString(Duration(59999ms)), "1 min");
}

TEST(Duration, MayBeNegative) { EXPECT_EQ(ToString(Duration(-5s)), "-5 s"); }

}  // namespace
}  // namespace plumbline
