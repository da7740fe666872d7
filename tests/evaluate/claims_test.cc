// SPDX-License-Identifier: MIT
#include "evaluate/claims.h"

#include <map>

#include "tests/support/judging.h"

namespace plumbline::evaluate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Said;
using testing::Words;

class Values : public spec::PlaceholderSource {
 public:
  std::optional<std::string> ValueOf(const std::string& placeholder) const override {
    const auto it = values.find(placeholder);
    return it == values.end() ? std::nullopt : std::optional(it->second);
  }
  std::map<std::string, std::string> values{{"submission.pid", "2"}};
};

spec::Params Claim(const std::string& name, spec::ParamValue value) {
  spec::Params params;
  params.Set(name, std::move(value));
  return params;
}
spec::Params Equals(const std::string& text) { return Claim("equals", testing::TextOf(text)); }

// All that is said about the first claim that does not hold, a sentence a line; "" if all hold.
std::string Told(const spec::Params& params, std::string_view text, bool cut = false) {
  const auto finding = JudgeClaims(params, {Msg("the text"), text, cut}, Values());
  if (!finding) return "";
  EXPECT_EQ(finding->code, "wrong-text");
  std::string told = Said(finding->what) + "\n";
  for (const Message& evidence : finding->evidence) told += Said(evidence) + "\n";
  return told + Said(finding->why) + "\n" + Said(finding->next);
}

// --- equals

TEST(Claims, EqualsHoldsByteForByte) {
  EXPECT_EQ(Told(Equals("hola\n"), "hola\n"), "");
  EXPECT_EQ(Told(Equals(""), ""), "");
  EXPECT_NE(Told(Equals("hola\n"), "hola"), "");
  EXPECT_NE(Told(Equals("hola\n"), "hola\n\n"), "");
}

TEST(Claims, EqualsPutsPlaceholdersIn) {
  EXPECT_EQ(Told(Equals("ready {submission.pid}\n"), "ready 2\n"), "");
  const std::string told = Told(Equals("child {submission/1.pid}\n"), "child 3\n");
  EXPECT_THAT(told, HasSubstr("should name 'submission/1.pid'"));
  EXPECT_THAT(told, HasSubstr("Got: child 3\\n"));
}

TEST(Claims, EqualsShowsTheFirstDifference) {
  const std::string told = Told(Equals("one\ntwo\nthree\n"), "one\ntow\nthree\n");
  EXPECT_THAT(told, HasSubstr("the text differs from what it should be, first in line 2."));
  EXPECT_THAT(told, HasSubstr("Expected: two\\n"));
  EXPECT_THAT(told, HasSubstr("Got: tow\\n"));
  EXPECT_THAT(told, HasSubstr("The first byte that differs is number 6."));
}

TEST(Claims, EqualsShowsThePartOfALongLineThatDiffers) {
  const std::string told =
      Told(Equals(std::string(5000, 'a') + "b\n"), std::string(5000, 'a') + "c\n");
  EXPECT_THAT(told, HasSubstr("Expected: …aaaa"));
  EXPECT_THAT(told, HasSubstr("ab\\n"));
  EXPECT_LT(told.size(), 700U);
}

std::optional<Comparison> ComparisonOf(const std::string& expected, std::string_view got) {
  const auto finding = JudgeClaims(Equals(expected), {Msg("the text"), got, false}, Values());
  EXPECT_TRUE(finding);
  return finding ? finding->comparison : std::nullopt;
}

TEST(Claims, ComparesTwoTexts) {
  const auto comparison = ComparisonOf("one\ntwo\n", "one\ntow\n");
  ASSERT_TRUE(comparison);
  EXPECT_THAT(comparison->expected, ElementsAre("one\\n", "two\\n"));
  EXPECT_THAT(comparison->got, ElementsAre("one\\n", "tow\\n"));
}

TEST(Claims, ComparesNotWhereTheDifferenceIsBehindWhatIsKeptOfALine) {
  const std::string line(450, 'a');
  EXPECT_FALSE(ComparisonOf(line + "b\n", line + "c\n"));
  EXPECT_TRUE(ComparisonOf(line + "b\n", line + "c"));
}

TEST(Claims, ComparesNotWhatIsTheSameEscaped) { EXPECT_FALSE(ComparisonOf("a\n", "a\\n")); }

TEST(Claims, EqualsTellsAMissingNewline) {
  const std::string told = Told(Equals("one\ntwo\n"), "one\ntwo");
  EXPECT_THAT(told, HasSubstr("The newline at the end of the text is missing."));
  EXPECT_THAT(told, HasSubstr("It ends with: two"));
}

TEST(Claims, EqualsTellsThatThereIsNothing) {
  const std::string told = Told(Equals("one\n"), "");
  EXPECT_THAT(told, HasSubstr("There is nothing in the text."));
  EXPECT_THAT(told, HasSubstr("Expected: one\\n"));
  EXPECT_THAT(told, HasSubstr("in the program's own buffer"));
}

TEST(Claims, EqualsTellsATextThatEndsTooEarly) {
  const std::string told = Told(Equals("one\ntwo\n"), "one\n");
  EXPECT_THAT(told, HasSubstr("the text ends too early. Bytes that are missing: 4."));
  EXPECT_THAT(told, HasSubstr("It ends with: one\\n"));
  EXPECT_THAT(told, HasSubstr("What should come next: two\\n"));
}

TEST(Claims, EqualsTellsTheSameHoweverMuchOfALongTextCame) {
  const std::string text(100'000, 'x');
  const std::string told = Told(Equals(text), text.substr(0, 60'000));
  EXPECT_THAT(told, HasSubstr("more than 4096 bytes are missing"));
  EXPECT_EQ(told, Told(Equals(text), text.substr(0, 70'000)));
}

TEST(Claims, EqualsTellsATextThatGoesOnTooLong) {
  const std::string told = Told(Equals("one\n"), "one\ntwo\n");
  EXPECT_THAT(told, HasSubstr("the text goes on after its end. Bytes too many: 4."));
  EXPECT_THAT(told, HasSubstr("Too much: two\\n"));
}

TEST(Claims, EqualsDoesNotHoldOfATextThatIsNotKeptWhole) {
  EXPECT_THAT(Told(Equals("one\n"), "one\n", true), HasSubstr("longer than what is kept of it"));
  EXPECT_THAT(Told(Equals("one\ntwo\n"), "one\n", true), HasSubstr("longer than what is kept"));
}

TEST(Claims, EqualsGuessesTheCause) {
  EXPECT_THAT(Told(Equals("hola\n"), std::string_view("hola\0\n", 6)), HasSubstr("A zero byte"));
  EXPECT_THAT(Told(Equals("hola\n"), "hola\r\n"), HasSubstr("\\r\\n instead of \\n"));
  EXPECT_THAT(Told(Equals("got 1\n"), "got  1\n"), HasSubstr("Only blanks and newlines differ."));
  EXPECT_THAT(Told(Equals("Hola\n"), "hola\n"), HasSubstr("Only upper and lower case differ."));
}

TEST(Claims, EscapesWhatAProgramWrote) {
  const std::string told = Told(Equals("hola\n"), "\x1b[31m\xe2\x80\xae\xff\n");
  EXPECT_THAT(told, HasSubstr("\\x1b[31m\\u202e\\xff"));
  EXPECT_EQ(told.find('\x1b'), std::string::npos);
}

// --- lines

TEST(Claims, LinesAreAllAndEachEnds) {
  const auto lines = Claim("lines", Words{"a {submission.pid}", "b"});
  EXPECT_EQ(Told(lines, "a 2\nb\n"), "");
  EXPECT_THAT(Told(lines, "a 2\nb"), HasSubstr("newline"));
  EXPECT_THAT(Told(lines, "b\na 2\n"), HasSubstr("first in line 1"));
  EXPECT_THAT(Told(lines, "a 2\nb\nc\n"), HasSubstr("goes on after its end"));
  EXPECT_EQ(Told(Claim("lines", Words{}), ""), "");
}

TEST(Claims, LinesMayComeInAnyOrder) {
  auto lines = Claim("lines", Words{"a", "b", "b"});
  lines.Set("unordered", true);
  EXPECT_EQ(Told(lines, "b\na\nb\n"), "");
  EXPECT_THAT(Told(lines, "b\na\nb"), HasSubstr("The newline at the end of the text is missing."));
  const std::string told = Told(lines, "b\na\na\nc\n");
  EXPECT_THAT(told, HasSubstr("does not have just the lines that it should have"));
  EXPECT_THAT(told, HasSubstr("Missing: b"));
  EXPECT_THAT(told, HasSubstr("Too much: a"));
  EXPECT_THAT(told, HasSubstr("Too much: c"));
}

// --- in_order

TEST(Claims, LinesInOrderMayHaveOthersBetween) {
  const auto lines = Claim("in_order", Words{"got 1", "got 2"});
  EXPECT_EQ(Told(lines, "ready\ngot 1\nx\ngot 2\nbye\n"), "");
  EXPECT_THAT(Told(lines, "got 2\ngot 1\n"),
              HasSubstr("In the text this line comes too early: got 2"));
  const std::string told = Told(lines, "ready\ngot 1\nbye\n");
  EXPECT_THAT(told, HasSubstr("In the text this line is missing: got 2"));
  EXPECT_THAT(told, HasSubstr("The line before it did come: got 1"));
  EXPECT_THAT(told, HasSubstr("What came next: bye"));
  EXPECT_THAT(Told(lines, "got 1\n"), HasSubstr("Nothing came after that."));
}

TEST(Claims, LinesInOrderAreWholeLines) {
  EXPECT_NE(Told(Claim("in_order", Words{"got 1"}), "got 12\n"), "");
  EXPECT_NE(Told(Claim("in_order", Words{"bye"}), "good bye\n"), "");
  EXPECT_THAT(Told(Claim("in_order", Words{"bye"}), "x\nbye"), HasSubstr("newline"));
  EXPECT_EQ(Told(Claim("in_order", Words{"bye"}), "bye\nmore"), "");
}

TEST(Claims, LinesInOrderMayRepeat) {
  const auto lines = Claim("in_order", Words{"a", "a"});
  EXPECT_EQ(Told(lines, "a\nb\na\n"), "");
  EXPECT_NE(Told(lines, "a\n"), "");
}

// --- The others.

TEST(Claims, MatchesIsAboutTheWholeText) {
  const auto pattern = Claim("matches", std::string("\\d+\n"));
  EXPECT_EQ(Told(pattern, "12\n"), "");
  EXPECT_NE(Told(pattern, "12\n\n"), "");
  const std::string told = Told(pattern, "x\n");
  EXPECT_THAT(told, HasSubstr("does not have the form"));
  EXPECT_THAT(told, HasSubstr("Expected form: \\d+\\n"));
  EXPECT_THAT(told, HasSubstr("Got: x\\n"));
  EXPECT_THAT(Told(pattern, ""), HasSubstr("Got: nothing"));
}

TEST(Claims, MatchesPutsPlaceholdersIn) {
  const auto pattern = Claim("matches", std::string("ready {submission.pid} \\d{2}\n"));
  EXPECT_EQ(Told(pattern, "ready 2 10\n"), "");
  EXPECT_THAT(Told(pattern, "ready 3 10\n"), HasSubstr("Expected form: ready 2 \\d{2}"));
  EXPECT_THAT(Told(Claim("matches", std::string("{submission/1.pid}")), "3"),
              HasSubstr("should name 'submission/1.pid'"));
}

TEST(Claims, MatchesTakesADotForANewlineOnlyIfItSaysSo) {
  EXPECT_NE(Told(Claim("matches", std::string(".+")), "a\nb\n"), "");
  EXPECT_EQ(Told(Claim("matches", std::string("(?s).+")), "a\nb\n"), "");
}

TEST(Claims, MatchesTextThatIsNotUtf8) {
  EXPECT_EQ(Told(Claim("matches", std::string("(?s).+")), "\xff\xfe"), "");
}

TEST(Claims, ContainsAndLacksAPart) {
  EXPECT_EQ(Told(Claim("contains", testing::TextOf("no-hi-es.txt")), "cat: no-hi-es.txt: x\n"), "");
  const std::string lost = Told(Claim("contains", testing::TextOf("x")), "hola\n");
  EXPECT_THAT(lost, HasSubstr("does not contain what it should"));
  EXPECT_THAT(lost, HasSubstr("Expected: x"));
  EXPECT_EQ(Told(Claim("lacks", testing::TextOf("x")), "hola\n"), "");
  const std::string extra = Told(Claim("lacks", testing::TextOf("b\n")), "a\nb\n");
  EXPECT_THAT(extra, HasSubstr("contains what it should not, in line 2."));
  EXPECT_THAT(extra, HasSubstr("Too much: b\\n"));
}

TEST(Claims, StartsWithLooksAtTheBeginning) {
  const auto start = Claim("starts_with", testing::TextOf("ready {submission.pid}\n"));
  EXPECT_EQ(Told(start, "ready 2\nand more"), "");
  EXPECT_EQ(Told(start, "ready 2\n", true), "");
  EXPECT_THAT(Told(start, "ready 3\n"), HasSubstr("first in line 1"));
  EXPECT_THAT(Told(start, "rea"), HasSubstr("ends too early"));
}

TEST(Claims, EmptyIsTrueOrFalse) {
  EXPECT_EQ(Told(Claim("empty", true), ""), "");
  EXPECT_EQ(Told(Claim("empty", false), "x"), "");
  EXPECT_THAT(Told(Claim("empty", false), ""), HasSubstr("There is nothing in the text."));
  const std::string told = Told(Claim("empty", true), "x\n");
  EXPECT_THAT(told, HasSubstr("There should be nothing in the text."));
  EXPECT_THAT(told, HasSubstr("Got: x\\n"));
}

TEST(Claims, AllThatAreGivenMustHold) {
  auto both = Claim("contains", testing::TextOf("a"));
  both.Set("lacks", testing::TextOf("b"));
  EXPECT_EQ(Told(both, "a"), "");
  EXPECT_NE(Told(both, "ab"), "");
  EXPECT_NE(Told(both, "c"), "");
}

}  // namespace
}  // namespace plumbline::evaluate
