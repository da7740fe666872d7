// SPDX-License-Identifier: MIT
#include "graders/output/distinct_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/judging.h"
#include "tests/support/recording_builder.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;

Use Distinct(const Words& of) {
  Use use(graders::output::Distinct());
  return use.With("of", of);
}

record::Recording Saying(const std::string& error, const std::string& scenario = "plain") {
  RecordingBuilder b;
  const auto submission = b.Scenario(scenario).Start("submission", "/lab/kill");
  if (!error.empty()) b.Write(submission, 2, error);
  b.Exit(submission, 1);
  return b.Build();
}

TEST(OutputDistinctCheck, ComparesTheScenariosOfTheCheck) {
  const auto one = Saying("no such process\n", "one");
  const auto two = Saying("no such signal\n", "two");
  const auto again = Saying("no such signal\n", "three");
  EXPECT_EQ(Distinct({"submission.stderr"}).On(one, {&one, &two}), "pass");
  Use distinct = Distinct({"submission.stderr"});
  EXPECT_EQ(distinct.On(one, {&one, &two, &again}), "same-text");
  EXPECT_THAT(distinct.told(), HasSubstr("'submission.stderr' in the scenario 'two' and "
                                         "'submission.stderr' in the scenario 'three' are the"));
  EXPECT_THAT(distinct.told(), HasSubstr("Both: no such signal\\n"));
}

TEST(OutputDistinctCheck, ComparesTheStreamsOfOneRun) {
  RecordingBuilder b;
  b.Connection("a").Connection("b").Output("a.received", "x").Output("b.received", "x");
  EXPECT_EQ(Distinct({"a.received"}).On(b.Build()), "pass");
  EXPECT_EQ(Distinct({"a.received", "b.received"}).On(b.Build()), "same-text");
}

TEST(OutputDistinctCheck, ComparesEachOfAGroup) {
  spec::Connect connect;
  connect.as = "c";
  connect.count = 2;
  RecordingBuilder b;
  b.Connection("c1").Connection("c2").Output("c1.received", "1").Output("c2.received", "2");
  EXPECT_EQ(Distinct({"c.received"}).Step(connect).On(b.Build()), "pass");
}

TEST(OutputDistinctCheck, TakesTwoEmptyTextsForTheSame) {
  const auto one = Saying("", "one");
  const auto two = Saying("", "two");
  Use distinct = Distinct({"submission.stderr"});
  EXPECT_EQ(distinct.On(one, {&one, &two}), "same-text");
  EXPECT_THAT(distinct.told(), HasSubstr("Both are empty."));
}

TEST(OutputDistinctCheck, IsStandardOutputByDefault) {
  Use use(graders::output::Distinct());
  EXPECT_EQ(use.On(Saying("x")), "pass");
}

TEST(OutputDistinctCheck, IsNotReachedWithoutTheStream) {
  const auto one = Saying("x");
  Use distinct = Distinct({"a.received"});
  EXPECT_EQ(distinct.On(one), "not reached");
  EXPECT_THAT(distinct.told(), HasSubstr("There never was 'a.received' in the scenario 'plain'."));
}

}  // namespace
}  // namespace plumbline::testing
