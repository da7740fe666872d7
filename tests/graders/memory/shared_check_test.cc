// SPDX-License-Identifier: MIT
#include "graders/memory/shared_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

struct Family {
  RecordingBuilder b;
  ProcessIndex submission = b.Start("submission", "/lab/counter");
  ProcessIndex first = b.Fork(submission);
  ProcessIndex second = b.Fork(submission);

  record::Recording Counting() {
    b.Snapshot("counting");
    return b.Build();
  }
};

Use Shared(const Words& who) {
  Use use(graders::memory::Shared());
  return use.With("at", "counting").Who(who);
}

TEST(MemorySharedCheck, PassesWithOneMappingInCommon) {
  Family family;
  family.b.Share(family.first, 1).Share(family.first, 2).Share(family.second, 2);
  EXPECT_EQ(Shared({"submission/*"}).On(family.Counting()), "pass");
}

TEST(MemorySharedCheck, ReportsMemoryOfTheirOwn) {
  Family family;
  family.b.Share(family.first, 1).Share(family.second, 2);
  Use shared = Shared({"submission/1", "submission/2"});
  EXPECT_EQ(shared.On(family.Counting()), "private");
  EXPECT_THAT(shared.told(), HasSubstr("At 'counting' the processes have no memory in common"));
  EXPECT_THAT(shared.told(), HasSubstr("has shared mappings that it can write to (1)"));
}

TEST(MemorySharedCheck, WantsItInAllOfThem) {
  Family family;
  family.b.Share(family.first, 1).Share(family.second, 1);
  EXPECT_EQ(Shared({"submission/*"}).On(family.Counting()), "pass");
  Use shared = Shared({"submission", "submission/*"});
  EXPECT_EQ(shared.On(family.Counting()), "private");
  EXPECT_THAT(shared.told(), HasSubstr("your program (process 2) has no shared mapping."));
}

TEST(MemorySharedCheck, WantsToWriteThere) {
  Family family;
  family.b.Share(family.first, 1, false).Share(family.second, 1);
  Use shared = Shared({"submission/*"});
  EXPECT_EQ(shared.On(family.Counting()), "private");
  EXPECT_THAT(shared.told(), HasSubstr("has shared mappings, but cannot write to them."));
}

TEST(MemorySharedCheck, WantsASingleOneToShareWithAnybody) {
  Family family;
  family.b.Share(family.submission, 1);
  EXPECT_EQ(Shared({"submission"}).On(family.Counting()), "private");
  family.b.Share(family.first, 1);
  EXPECT_EQ(Shared({"submission"}).On(family.Counting()), "pass");
}

TEST(MemorySharedCheck, FindsNobody) {
  EXPECT_EQ(Shared({"submission/3"}).On(Family().Counting()), "nobody");
}

TEST(MemorySharedCheck, IsNotReachedWithoutTheSnapshot) {
  EXPECT_EQ(Shared({"submission"}).On(Family().b.Build()), "not reached");
}

TEST(MemorySharedCheck, IsUnjudgeableWithoutMemory) {
  Family family;
  family.b.Observed({});
  EXPECT_EQ(Shared({"submission"}).On(family.Counting()), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
