// SPDX-License-Identifier: MIT
#include "report/changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::report {
namespace {

using evaluate::Verdict;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

GradeDocument Grade() {
  GradeDocument grade;
  grade.exercise_hash = "e";
  grade.build.ok = true;
  for (const char* id : {"a", "b", "c"}) {
    GradeDocument::Check& check = grade.checks.emplace_back();
    check.id = id;
    check.verdict = Verdict::kFailed;
    check.findings.push_back({.code = "hung", .what = "It did not end."});
  }
  return grade;
}

std::vector<std::string> Fresh(const GradeDocument& before, const GradeDocument& now) {
  std::vector<std::string> ids;
  for (const auto& check : ChangedSince(before, now).grade.checks) ids.push_back(check.id);
  return ids;
}

TEST(Changes, AreNoneOfTheSameGrade) {
  EXPECT_THAT(Fresh(Grade(), Grade()), IsEmpty());
  EXPECT_EQ(ChangedSince(Grade(), Grade()).same, 3);
}

TEST(Changes, AreOtherVerdictsAndOtherReasons) {
  GradeDocument now = Grade();
  now.checks[0].verdict = Verdict::kPassed;
  now.checks[2].findings[0].what = "It ended with 1.";
  EXPECT_THAT(Fresh(Grade(), now), ElementsAre("a", "c"));
  EXPECT_EQ(ChangedSince(Grade(), now).same, 1);
}

TEST(Changes, AreNotThatALineMoved) {
  GradeDocument now = Grade();
  now.checks[0].findings[0].location = {"main.c", 9, "main"};
  EXPECT_THAT(Fresh(Grade(), now), IsEmpty());
}

TEST(Changes, AreAllOfAnotherExerciseAndOfAFirstBuild) {
  GradeDocument before = Grade();
  before.exercise_hash = "f";
  EXPECT_THAT(Fresh(before, Grade()), ElementsAre("a", "b", "c"));
  before = Grade();
  before.build.ok = false;
  EXPECT_THAT(Fresh(before, Grade()), ElementsAre("a", "b", "c"));
}

}  // namespace
}  // namespace plumbline::report
