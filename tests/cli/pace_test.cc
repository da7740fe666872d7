// SPDX-License-Identifier: MIT
#include "cli/pace.h"

#include <gmock/gmock.h>

namespace plumbline::cli {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

// A class whose time passes as the test says.
class PaceOf : public ::testing::Test {
 protected:
  Pace Of(size_t all, bool finishes_later) {
    return Pace(all, finishes_later, [this] { return now_; });
  }
  void Pass(int time) { now_ += seconds(time); }
  void Run(Pace& pace, int time) {
    Pass(time);
    pace.HasRun();
  }
  void Finish(Pace& pace, int time) {
    Pass(time);
    pace.IsDone();
  }

 private:
  std::chrono::steady_clock::time_point now_{};
};

TEST_F(PaceOf, OneThatIsFinishedWhenItHasRun) {
  Pace pace = Of(40, false);
  EXPECT_EQ(pace.Told(), "[....................] 0/40");
  pace.Begin(16);
  Run(pace, 2);
  pace.IsDone();
  EXPECT_EQ(pace.Told(), "[....................] 1/40, 1.3 min left");
  for (int i = 0; i < 15; ++i) {
    Run(pace, 1);
    pace.IsDone();
  }
  EXPECT_EQ(pace.Told(), "[########............] 16/40, 26 s left");
}

// Sixteen are run in 32 s, and finished in 16 s: each of the other 24 takes 3 s.
TEST_F(PaceOf, RunsOfManyAreNotThoseOfTheFirst) {
  Pace pace = Of(40, true);
  pace.Begin(16);
  for (int i = 0; i < 16; ++i) {
    Run(pace, 2);
    EXPECT_THAT(pace.Told(), Not(HasSubstr("left"))) << "of what comes then nothing is known";
  }
  Pass(1);
  EXPECT_THAT(pace.Told(), Not(HasSubstr("left")));
  for (int i = 0; i < 16; ++i) {
    Finish(pace, i == 0 ? 0 : 1);
    const int left = 24 * 3 + (15 - i);
    EXPECT_THAT(pace.Told(), HasSubstr(", " + ToString(Duration(seconds(left))) + " left"));
  }
  pace.Begin(16);
  Run(pace, 2);
  EXPECT_THAT(pace.Told(), HasSubstr("16/40, " + ToString(Duration(seconds(70))) + " left"));
}

// One that does not build is finished at once, and says nothing of how long the others take.
TEST_F(PaceOf, OneThatDoesNotBuildIsNoMeasure) {
  Pace pace = Of(20, true);
  pace.Begin(16);
  Run(pace, 1);
  pace.IsDone();
  EXPECT_EQ(pace.Told(), "[#...................] 1/20");
}

TEST_F(PaceOf, WhatIsRunTwiceIsOneAllTheSame) {
  Pace pace = Of(2, false);
  pace.Begin(2);
  Run(pace, 1);
  pace.IsDone();
  Run(pace, 1);
  Run(pace, 1);
  pace.IsDone();
  EXPECT_EQ(pace.Told(), "[####################] 2/2");
}

}  // namespace
}  // namespace plumbline::cli
