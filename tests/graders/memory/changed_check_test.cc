// SPDX-License-Identifier: MIT
#include "graders/memory/changed_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

Use Changed() {
  Use use(graders::memory::Changed());
  return use.With("between", Words{"before", "after"});
}

TEST(MemoryChangedCheck, PassesWhenOneOfThemDiffers) {
  RecordingBuilder b;
  b.MemoryHash(1, "aa").MemoryHash(2, "bb").Snapshot("before");
  b.MemoryHash(2, "cc").Snapshot("after");
  EXPECT_EQ(Changed().On(b.Build()), "pass");
}

TEST(MemoryChangedCheck, ReportsMemoryThatIsTheSame) {
  RecordingBuilder b;
  b.MemoryHash(1, "aa").Snapshot("before").Snapshot("after");
  Use changed = Changed();
  EXPECT_EQ(changed.On(b.Build()), "unchanged");
  EXPECT_THAT(changed.told(), HasSubstr("Between 'before' and 'after' no byte"));
  EXPECT_THAT(changed.told(), HasSubstr("Pieces of shared memory that were compared: 1."));
}

TEST(MemoryChangedCheck, ComparesOnlyWhatIsThereAtBothMoments) {
  RecordingBuilder b;
  b.Snapshot("before").MemoryHash(1, "aa").Snapshot("after");
  Use changed = Changed();
  EXPECT_EQ(changed.On(b.Build()), "unchanged");
  EXPECT_THAT(changed.told(), HasSubstr("There was no shared memory at both moments."));
}

TEST(MemoryChangedCheck, IsNotReachedWithoutBothSnapshots) {
  RecordingBuilder b;
  b.Snapshot("before");
  EXPECT_EQ(Changed().On(b.Build()), "not reached");
}

TEST(MemoryChangedCheck, IsUnjudgeableWithoutContents) {
  RecordingBuilder b;
  b.Observed({record::Facet::kMemory}).Snapshot("before").Snapshot("after");
  EXPECT_EQ(Changed().On(b.Build()), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
