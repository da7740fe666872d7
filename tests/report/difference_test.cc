// SPDX-License-Identifier: MIT
#include "report/difference.h"

#include "evaluate/comparison.h"
#include "tests/report/sample.h"

namespace plumbline::testing {
namespace {

using report::DifferingLine;
using ::testing::ElementsAre;

// "=a", "-b", "+c"; without its newline a line ends with "¬".
std::vector<std::string> Compared(const std::string& expected, const std::string& got) {
  const auto at = std::ranges::mismatch(expected, got).in1 - expected.begin();
  std::vector<std::string> lines;
  for (const DifferingLine& line :
       report::LineByLine(evaluate::Compare(expected, got, static_cast<size_t>(at)))) {
    const char* sign = line.side == DifferingLine::Side::kBoth       ? "="
                       : line.side == DifferingLine::Side::kExpected ? "-"
                                                                     : "+";
    lines.push_back(sign + line.text + (line.newline ? "" : "¬"));
  }
  return lines;
}

TEST(LineByLine, TellsWhatIsMissingAndWhatIsTooMuch) {
  EXPECT_THAT(Compared("a\nb\nc\n", "a\nx\nc\n"), ElementsAre("=a", "-b", "+x", "=c"));
  EXPECT_THAT(Compared("a\nb\n", "a\nb\nc\n"), ElementsAre("=a", "=b", "+c"));
  EXPECT_THAT(Compared("a\nb\nc\n", "b\nc\n"), ElementsAre("-a", "=b", "=c"));
}

TEST(LineByLine, SeesANewlineThatIsMissing) {
  EXPECT_THAT(Compared("a\nb\n", "a\nb"), ElementsAre("=a", "-b", "+b¬"));
}

TEST(LineByLine, ShowsBytesThatNobodySees) {
  EXPECT_THAT(Compared("a \n", "a\t\xff\n"), ElementsAre("-a ", "+a\\t\\xff"));
}

TEST(LineByLine, MarksWhatALineHasInCommon) {
  const auto lines = report::LineByLine(
      {.line = 1, .expected = {"sum: 15 €\\n"}, .got = {"sum: 16 €\\n"}, .cut = false});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].same_before, 6U);
  EXPECT_EQ(lines[0].same_after, 4U);
  EXPECT_EQ(lines[1].same_before, 6U);
}

TEST(LineByLine, CutsNoCharacterInTwo) {
  // U+20AC and U+20AD differ in their last byte alone.
  const auto lines = report::LineByLine(
      {.line = 1, .expected = {"\xe2\x82\xac"}, .got = {"\xe2\x82\xad"}, .cut = false});
  EXPECT_EQ(lines[0].same_before, 0U);
  EXPECT_EQ(lines[0].same_after, 0U);
}

TEST(LineByLine, LooksAtTheFirstFortyLinesOfAGradeThatHasMore) {
  std::vector<std::string> many(100000, "a\\n");
  const auto lines = report::LineByLine({.line = 1, .expected = many, .got = many, .cut = false});
  EXPECT_EQ(lines.size(), 40U);
}

TEST(Compare, BeginsThreeLinesBeforeAndEndsAfterForty) {
  std::string expected;
  for (int i = 1; i <= 100; ++i) expected += std::to_string(i) + "\n";
  std::string got = expected;
  got[got.find("10\n")] = 'x';
  const auto at = static_cast<size_t>(std::ranges::mismatch(expected, got).in1 - expected.begin());
  const auto comparison = evaluate::Compare(expected, got, at);
  EXPECT_EQ(comparison.line, 7);
  EXPECT_EQ(comparison.expected.front(), "7\\n");
  EXPECT_EQ(comparison.got[3], "x0\\n");
  EXPECT_EQ(comparison.expected.size(), 40U);
  EXPECT_TRUE(comparison.cut);
}

TEST(Compare, KeepsTheNewlineOfALineThatIsTooLong) {
  const std::string line(500, 'a');
  EXPECT_THAT(Compared(line + "\nb\n", line + "\nc\n"),
              ElementsAre("=" + line.substr(0, 400) + "…", "-b", "+c"));
  EXPECT_THAT(Compared(line + "\n", "b" + line),
              ElementsAre("-" + line.substr(0, 400) + "…", "+b" + line.substr(0, 399) + "…¬"));
}

TEST(Compare, IsInTheFindingOfATextThatDiffers) {
  Sample sample = PassingSample();
  sample.Add("text", 1, "usage",
             {ClauseOf("output.text")
                  .With("of", Words{"submission.stderr"})
                  .With("equals", spec::Text(TextOf("usage: main FILES\n")))});
  const auto grade = sample.Grade();
  ASSERT_EQ(grade.checks.back().findings.size(), 1U);
  const auto& comparison = grade.checks.back().findings[0].comparison;
  ASSERT_TRUE(comparison);
  EXPECT_THAT(comparison->expected, ElementsAre("usage: main FILES\\n"));
  EXPECT_THAT(comparison->got, ElementsAre("usage: main FILE\\n"));
}

}  // namespace
}  // namespace plumbline::testing
