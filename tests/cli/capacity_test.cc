// SPDX-License-Identifier: MIT
#include "cli/capacity.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace plumbline::cli {
namespace {

TEST(Capacity, IsAsManyAsThereAreProcessors) {
  EXPECT_EQ(JobsAtOnce(8, 0, 1, MiB(64 << 10)), 8U);
  EXPECT_EQ(JobsAtOnce(8, 3, 1, MiB(64 << 10)), 3U);
  EXPECT_EQ(JobsAtOnce(2, 100, 1, MiB(64 << 10)), 2U);
}

TEST(Capacity, IsSeveralTimesThatIfAsked) {
  EXPECT_EQ(JobsAtOnce(2, 0, 3, MiB(64 << 10)), 6U);
  EXPECT_EQ(JobsAtOnce(8, 2, 3, MiB(64 << 10)), 6U);
  EXPECT_EQ(JobsAtOnce(8, 0, 3, MiB(16 << 10)), 12U);
}

TEST(Capacity, IsBoundedByMemory) {
  EXPECT_EQ(JobsAtOnce(64, 0, 1, MiB(16 << 10)), 12U);
  EXPECT_EQ(JobsAtOnce(64, 4, 1, MiB(16 << 10)), 4U);
  EXPECT_EQ(JobsAtOnce(64, 0, 1, MiB(100)), 1U) << "one is always tried";
}

TEST(Capacity, OfThisMachineIsAPartOfItsMemory) {
  const auto pages = static_cast<uint64_t>(::sysconf(_SC_PHYS_PAGES));
  const auto page = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
  EXPECT_GT(AvailableMemory().count, MiB(16).count);
  EXPECT_LE(AvailableMemory().count, pages * page);
}

}  // namespace
}  // namespace plumbline::cli
