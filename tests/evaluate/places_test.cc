// SPDX-License-Identifier: MIT
#include "evaluate/places.h"

#include "tests/support/recording_builder.h"

namespace plumbline::evaluate {
namespace {

using record::Location;
using testing::RecordingBuilder;

const Location kPipe{"main.c", 14, "main"};
const Location kFork{"main.c", 20, "start"};
const Location kCopy{"main.c", 31, "start"};
const Location kWait{"main.c", 40, "main"};

// A parent that waits, and a child that copies one end of a pipe and inherits the other.
struct PlacesTest : ::testing::Test {
  PlacesTest() {
    parent = b.Start("submission", "/lab/main");
    pipe = b.Pipe(parent, 3, 4, kPipe);
    child = b.Fork(parent);
    b.raw().events.back().where = kFork;
    b.Dup(child, 4, 1);
    b.raw().events.back().where = kCopy;
    b.Asleep(parent, "wait4", -1, kWait);
    b.Snapshot("here");
  }
  const record::Snapshot& here() { return *b.raw().snapshot("here"); }

  RecordingBuilder b;
  spec::Exercise exercise;
  record::ProcessIndex parent, child;
  int pipe;
};

TEST_F(PlacesTest, WhereAProcessWaits) {
  EXPECT_EQ(WaitsAt(here(), parent), kWait);
  EXPECT_EQ(WaitsAt(here(), child), std::nullopt);
}

TEST_F(PlacesTest, WhereADescriptorComesFrom) {
  const Scene scene(exercise, b.raw());
  EXPECT_EQ(MadeAt(scene, pipe), kPipe);
  EXPECT_EQ(GotAt(scene, {parent, 4}, pipe, here()), kPipe);
  EXPECT_EQ(GotAt(scene, {child, 1}, pipe, here()), kCopy);
  EXPECT_EQ(GotAt(scene, {child, 3}, pipe, here()), kFork);
}

TEST_F(PlacesTest, NothingOfWhatNobodyMade) {
  const Scene scene(exercise, b.raw());
  EXPECT_EQ(MadeAt(scene, 0), std::nullopt);
  EXPECT_EQ(BornAt(scene, parent), std::nullopt);
  EXPECT_EQ(BornAt(scene, record::kGrader), std::nullopt);
  EXPECT_EQ(BornAt(scene, 99), std::nullopt);
}

}  // namespace
}  // namespace plumbline::evaluate
