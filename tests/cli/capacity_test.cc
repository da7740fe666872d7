// SPDX-License-Identifier: MIT
#include "cli/capacity.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace plumbline::cli {
namespace {

TEST(Capacity, IsAsManyAsThereAreProcessors) {
  EXPECT_EQ(JobsAtOnce(8, 1, MiB(64 << 10)), 8U);
  EXPECT_EQ(JobsAtOnce(1, 1, MiB(64 << 10)), 1U);
}

TEST(Capacity, IsSeveralTimesThatIfAsked) { EXPECT_EQ(JobsAtOnce(2, 3, MiB(64 << 10)), 6U); }

TEST(Capacity, IsBoundedByMemory) {
  EXPECT_EQ(JobsAtOnce(64, 1, MiB(16 << 10)), 12U);
  EXPECT_EQ(JobsAtOnce(8, 3, MiB(16 << 10)), 12U);
  EXPECT_EQ(JobsAtOnce(64, 1, MiB(100)), 1U) << "one is always tried";
}

TEST(Capacity, OfThisMachineIsAPartOfItsMemory) {
  const auto pages = static_cast<uint64_t>(::sysconf(_SC_PHYS_PAGES));
  const auto page = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
  EXPECT_GT(AvailableMemory().count, MiB(16).count);
  EXPECT_LE(AvailableMemory().count, pages * page);
}

}  // namespace
}  // namespace plumbline::cli
