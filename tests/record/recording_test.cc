// SPDX-License-Identifier: MIT
#include "record/recording.h"

namespace plumbline::record {
namespace {

TEST(Facet, HasAWordBothWays) {
  for (int i = 0; i <= static_cast<int>(kLastFacet); ++i) {
    const auto facet = static_cast<Facet>(i);
    EXPECT_EQ(FacetNamed(ToString(facet)), facet) << ToString(facet);
  }
  EXPECT_EQ(FacetNamed("smell"), std::nullopt);
}

TEST(Outcome, HasAWordBothWays) {
  for (int i = 0; i <= static_cast<int>(Outcome::kError); ++i) {
    const auto outcome = static_cast<Outcome>(i);
    EXPECT_EQ(OutcomeNamed(ToString(outcome)), outcome) << ToString(outcome);
  }
  EXPECT_EQ(OutcomeNamed("fine"), std::nullopt);
  EXPECT_EQ(ToString(Outcome::kProcessorLimit), "processor-limit");
}

TEST(Outcome, OfNoKnownValueIsAnError) { EXPECT_EQ(ToString(static_cast<Outcome>(99)), "error"); }

TEST(Recording, FindsObjectsFromOneOnAndSnapshotsByName) {
  Recording recording;
  recording.objects = {{ObjectKind::kPipe, "pipe", ""}};
  recording.snapshots["end"].name = "end";
  EXPECT_EQ(recording.object(0), nullptr);
  EXPECT_EQ(recording.object(1), &recording.objects[0]);
  EXPECT_EQ(recording.object(2), nullptr);
  EXPECT_NE(recording.snapshot("end"), nullptr);
  EXPECT_EQ(recording.snapshot("later"), nullptr);
}

}  // namespace
}  // namespace plumbline::record
