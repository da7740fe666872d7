// SPDX-License-Identifier: MIT
#include "graders/memory/left_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

Use Left() { return Use(graders::memory::Left()); }

TEST(MemoryLeftCheck, PassesWhenNothingIsLeft) {
  RecordingBuilder b;
  b.Exit(b.Start("submission", "/lab/counter"));
  EXPECT_EQ(Left().On(b.Build()), "pass");
}

TEST(MemoryLeftCheck, NamesEachObject) {
  RecordingBuilder b;
  b.Exit(b.Start("submission", "/lab/counter"));
  b.Ipc("shared memory", "/dev/shm/x").Ipc("semaphore", "System V 3 (key 0x1)");
  b.Ipc("message queue", "/q\x1b");
  Use left = Left();
  EXPECT_EQ(left.On(b.Build()), "object-left");
  EXPECT_THAT(left.told(), HasSubstr("Objects left at the end, which outlive every process: 3."));
  EXPECT_THAT(left.told(), HasSubstr("Left: shared memory, /dev/shm/x."));
  EXPECT_THAT(left.told(), HasSubstr("Left: a semaphore, System V 3 (key 0x1)."));
  EXPECT_THAT(left.told(), HasSubstr("Left: a message queue, /q\\x1b."));
}

TEST(MemoryLeftCheck, SaysThatTheProgramHung) {
  RecordingBuilder b;
  b.Asleep(b.Start("submission", "/lab/counter"), "futex").Ipc("shared memory", "/dev/shm/x");
  b.Outcome(record::Outcome::kDeadlocked);
  Use left = Left();
  EXPECT_EQ(left.On(b.Build()), "object-left");
  EXPECT_THAT(left.told(), HasSubstr("waits for a lock, a semaphore"));
}

TEST(MemoryLeftCheck, IsNotReachedWhenTheProgramCouldNotEnd) {
  RecordingBuilder b;
  b.Start("submission", "/lab/counter");
  b.Ipc("shared memory", "/dev/shm/x").Stuck(0, "await: {output: x}", "");
  EXPECT_EQ(Left().Step(spec::AwaitOutput{}).On(b.Build()), "not reached");
}

TEST(MemoryLeftCheck, IsUnjudgeableWithoutObjects) {
  RecordingBuilder b;
  b.Observed({});
  EXPECT_EQ(Left().On(b.Build()), "unjudgeable");
}

}  // namespace
}  // namespace plumbline::testing
