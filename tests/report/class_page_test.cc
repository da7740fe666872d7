// SPDX-License-Identifier: MIT
#include "report/class_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/report/sample_class.h"

namespace plumbline::report {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;

const Translator& English() {
  static const Translator english("en", {});
  return english;
}

std::string Written(const ClassReport& report, const Translator& translator = English()) {
  return ToClassPage(report, translator, "token", "1.2").value();
}

ClassReport WithMarks(int most, const std::vector<std::optional<double>>& points) {
  ClassReport report;
  report.exercises = {{.id = "one", .title = "One", .max_points = most}};
  for (const auto& one : points)
    report.students.push_back({.id = "s", .marks = {{.points = one, .handed_in = true}}});
  return report;
}

TEST(ClassPage, SpreadsMarksOverTenths) {
  EXPECT_THAT(SpreadOf(WithMarks(20, {0, 1.9, 2, 19, 20, 23, std::nullopt}), 0),
              ElementsAre(2, 1, 0, 0, 0, 0, 0, 0, 0, 3));
  EXPECT_THAT(SpreadOf(WithMarks(0, {0}), 0), ElementsAre(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
}

TEST(ClassPage, CountsGradesAlone) {
  EXPECT_THAT(MeanOf(WithMarks(20, {1, 2, std::nullopt, 6}), 0), Optional(3.0));
  EXPECT_THAT(MedianOf(WithMarks(20, {6, std::nullopt, 1, 2}), 0), Optional(2.0));
  EXPECT_THAT(MedianOf(WithMarks(20, {6, 1, 2, 4}), 0), Optional(3.0));
  EXPECT_EQ(MeanOf(WithMarks(20, {std::nullopt}), 0), std::nullopt);
  EXPECT_EQ(MedianOf(WithMarks(20, {}), 0), std::nullopt);
}

TEST(ClassPage, TellsTheWorstFirstAndNothingOfWhatNobodyLost) {
  const std::string page = Written(testing::SampleClass());
  const size_t worst = page.find("<code>no-spare-ends</code>");
  const size_t next = page.find("<code>joined</code>");
  ASSERT_NE(worst, std::string::npos);
  ASSERT_NE(next, std::string::npos);
  EXPECT_LT(worst, next);
  EXPECT_THAT(page, Not(HasSubstr("<code>count</code>")));
  EXPECT_THAT(page.substr(worst, next - worst),
              AllOf(HasSubstr("<td>80 %</td>"), HasSubstr("still holds descriptor 6"),
                    HasSubstr("<a href=\"attempts/4.html\">Ana 4</a>")));
}

TEST(ClassPage, TellsWhoHasNoGradeAndWhoHandedNothingIn) {
  const std::string page = Written(testing::SampleClass());
  EXPECT_THAT(page,
              HasSubstr("Handed in: 11 of 12 · without a grade: 1 · mean 9 of 20 · median 9"));
  EXPECT_THAT(page, HasSubstr("<td><a href=\"attempts/10.html\">no grade</a></td>"));
  EXPECT_THAT(page, HasSubstr("Ana 11 <span class=\"faint\">s11</span></th><td>–</td>"));
  EXPECT_THAT(page, HasSubstr("Handed in: 0 of 12</p>"));
}

TEST(ClassPage, TakesNoNameForMarkup) {
  const std::string page = Written(testing::SampleClass());
  EXPECT_THAT(page, Not(AnyOf(HasSubstr("<script>"), HasSubstr("\x1b"), HasSubstr("\"><b>"))));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)"));
}

TEST(ClassPage, SpeaksItsLanguage) {
  const Translator catalan("ca", {PLUMBLINE_LOCALE});
  EXPECT_THAT(Written(testing::SampleClass(), catalan),
              AllOf(HasSubstr("<html lang=\"ca\">"), HasSubstr("Com es reparteixen les notes")));
}

TEST(ClassPage, OfNobodyIsAPageToo) { EXPECT_THAT(Written({}), HasSubstr("Students: 0")); }

TEST(ClassPage, NeedsAToken) {
  EXPECT_FALSE(ToClassPage(testing::SampleClass(), English(), "", "1.2"));
}

}  // namespace
}  // namespace plumbline::report
