// SPDX-License-Identifier: MIT
#include "graders/processes/made_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

Use Made() { return Use(graders::processes::Made()); }

TEST(ProcessesMadeCheck, CountsBirthsOfTheirDoer) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  const auto child = b.Fork(submission);
  b.Fork(submission, record::Born::How::kVfork);
  b.Fork(child, record::Born::How::kClone);
  const auto recording = b.Build();
  EXPECT_EQ(Made().On(recording), "pass");
  EXPECT_EQ(Made().By({"submission"}).Count(2, 2).On(recording), "pass");
  EXPECT_EQ(Made().By({"all"}).Count(3, 3).On(recording), "pass");
  EXPECT_EQ(Made().By({"submission/*"}).Count(1, 1).On(recording), "pass");
}

TEST(ProcessesMadeCheck, ReportsTooFew) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Fork(submission);
  Use made = Made();
  EXPECT_EQ(made.Count(2, {}).On(b.Build()), "too-few");
  EXPECT_THAT(made.told(), HasSubstr("Processes made: 1; there should be: at least 2."));
  EXPECT_THAT(made.told(), HasSubstr("your program (process 2) made child 1 of your program"));
}

TEST(ProcessesMadeCheck, ReportsAChildThatGoesOnAfterAFailedExec) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/chain");
  const auto child = b.Fork(submission);
  b.Exec(child, "/usr/bin/sort", {"sort"}, {}, 2);
  const auto extra = b.Fork(child);
  b.raw().events.back().where = Location{"main.c", 20, "main"};
  b.Exec(extra, "/usr/bin/wc");
  Use made = Made();
  EXPECT_EQ(made.By({"submission/*"}).Count(0, 0).On(b.Build()), "too-many");
  EXPECT_THAT(made.told(), HasSubstr("A child whose exec failed"));
  EXPECT_EQ(made.finding().evidence.size(), 1U);
}

TEST(ProcessesMadeCheck, TellsWhereTheLastOneTooManyWasMade) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Event(submission, record::Born{b.Fork(submission), record::Born::How::kFork},
          Location{"main.c", 20, "main"});
  Use made = Made();
  EXPECT_EQ(made.By({"submission"}).Count(1, 1).On(b.Build()), "too-many");
  EXPECT_EQ(made.finding().location->line, 20);
}

TEST(ProcessesMadeCheck, PassesWhenChildrenMakeNone) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/chain");
  const auto child = b.Fork(submission, record::Born::How::kVfork);
  b.Exec(child, "/usr/bin/sort", {"sort"}, {}, 2).Exit(child, 127);
  EXPECT_EQ(Made().By({"submission/*"}).Count(0, 0).On(b.Build()), "pass");
}

TEST(ProcessesMadeCheck, LeavesOutWhatAnInterpreterMakesForItself) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/usr/bin/python3");
  b.ForkInternal(submission);
  EXPECT_EQ(Made().By({"submission"}).Count(0, 0).On(b.Build()), "pass");
}

TEST(ProcessesMadeCheck, ReportsThreadsInstead) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Thread(submission, 10).Thread(submission, 11);
  Use made = Made();
  EXPECT_EQ(made.By({"submission"}).Count(2, 2).On(b.Build()), "threads");
  EXPECT_THAT(made.told(),
              HasSubstr("Processes made: 0, threads: 2; there should be processes: 2."));
}

TEST(ProcessesMadeCheck, DoesNotMindThreadsWhereProcessesAreEnough) {
  RecordingBuilder b;
  const auto submission = b.Start("submission", "/lab/main");
  b.Thread(submission, 10);
  b.Fork(submission);
  EXPECT_EQ(Made().On(b.Build()), "pass");
}

TEST(ProcessesMadeCheck, FindsNobody) {
  RecordingBuilder b;
  b.Start("submission", "/lab/main");
  EXPECT_EQ(Made().By({"submission/1"}).On(b.Build()), "nobody");
}

}  // namespace
}  // namespace plumbline::testing
