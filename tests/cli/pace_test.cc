// SPDX-License-Identifier: MIT
#include "cli/pace.h"

#include <gmock/gmock.h>

namespace plumbline::cli {
namespace {

using std::chrono::seconds;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

// A class whose time passes as the test says.
class PaceOf : public ::testing::Test {
 protected:
  Pace Of(size_t all) {
    return Pace(all, [this] { return now_; });
  }
  void Pass(int time) { now_ += seconds(time); }
  void Run(Pace& pace, int time) {
    Pass(time);
    pace.HasRun();
  }
  void Finish(Pace& pace, int time) {
    Run(pace, time);
    pace.IsDone();
  }

 private:
  std::chrono::steady_clock::time_point now_{};
};

TEST_F(PaceOf, EachTakesWhatTheOthersTook) {
  Pace pace = Of(40);
  EXPECT_EQ(pace.Told(), "[....................] 0/40");
  for (int i = 0; i < 16; ++i) Finish(pace, 2);
  EXPECT_EQ(pace.Told(), "[########............] 16/40, 48 s left");
  Pass(1);
  EXPECT_THAT(pace.Told(), EndsWith(", 47 s left"));
}

// Those that somebody judges are finished together.
TEST_F(PaceOf, WhatWasRunIsNotRunAgain) {
  Pace pace = Of(20);
  for (int i = 0; i < 10; ++i) Run(pace, 3);
  EXPECT_EQ(pace.Told(), "[....................] 0/20, 30 s left");
  for (int i = 0; i < 10; ++i) pace.IsDone();
  EXPECT_EQ(pace.Told(), "[##########..........] 10/20, 30 s left");
}

TEST_F(PaceOf, AStragglerNeverTakesLessThanNothing) {
  Pace pace = Of(5);
  for (int i = 0; i < 4; ++i) Finish(pace, 2);
  Pass(100);
  EXPECT_THAT(pace.Told(), EndsWith("4/5, 2 s left"));
}

TEST_F(PaceOf, WhatIsRunTwiceIsOneAllTheSame) {
  Pace pace = Of(2);
  Finish(pace, 1);
  Run(pace, 1);
  Finish(pace, 1);
  EXPECT_EQ(pace.Told(), "[####################] 2/2");
  EXPECT_THAT(pace.Told(), Not(HasSubstr("left")));
}

}  // namespace
}  // namespace plumbline::cli
