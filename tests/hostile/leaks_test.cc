// SPDX-License-Identifier: MIT
// A sample of what `ci/run leaks` counts a thousand times.
#include "tests/hostile/leaks.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hostile/child.h"

namespace plumbline::hostile {
namespace {

TEST(Leaks, AKilledGraderOrSupervisorLeavesNothing) {
  constexpr int kRuns = 12;
  const UniqueFd program(::open(PLUMBLINE_PROGRAM, O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(program);
  InChild([&] {
    LeaveTheOthers();
    const Pen pen;
    const Folder folder;
    Leaks leaks(program, folder.path(), pen, 7);
    for (int run = 0; run < kRuns; ++run) EXPECT_THAT(leaks.KillOne(), ::testing::IsEmpty()) << run;
    EXPECT_GT(leaks.graders_killed() + leaks.supervisors_killed(), 0);
  });
}

}  // namespace
}  // namespace plumbline::hostile
