// SPDX-License-Identifier: MIT
#include "spec/values.h"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "base/text.h"

namespace plumbline::spec {
namespace {

class Source : public PlaceholderSource {
 public:
  std::optional<std::string> ValueOf(const std::string& placeholder) const override {
    if (placeholder == "submission.pid") return "12";
    return std::nullopt;
  }
};

Text Of(TextPiece piece) { return {.pieces = {std::move(piece)}}; }

TEST(Substitute, GivesPlaceholdersTheirValues) {
  EXPECT_EQ(Substitute("ready {submission.pid}\n", Source()), "ready 12\n");
}

TEST(Substitute, TakesADoubledBraceForOne) {
  EXPECT_EQ(Substitute("{{submission.pid} {{{submission.pid}", Source()), "{submission.pid} {12");
}

TEST(Substitute, LeavesWhatHasNoValueAndNamesTheFirst) {
  std::string missing;
  EXPECT_EQ(Substitute("{a.pid} {b.pid}", Source(), &missing), "{a.pid} {b.pid}");
  EXPECT_EQ(missing, "a.pid");
}

TEST(Substitute, LeavesBracesThatOpenNothing) {
  for (const char* text : {"{", "a {", "{}", "{a\nb}", "{a{", "}"})
    EXPECT_EQ(Substitute(text, Source()), text);
}

TEST(PlaceholdersIn, NamesThemInTheirOrder) {
  EXPECT_EQ(PlaceholdersIn("{b.pid} {{no} {a.client}"),
            (std::vector<std::string>{"b.pid", "a.client"}));
}

TEST(Materialize, JoinsPiecesAndLeavesRawOnesAlone) {
  const Text text{.pieces = {{.kind = TextPiece::Kind::kText, .text = "{submission.pid}"},
                             {.kind = TextPiece::Kind::kRaw, .text = "{submission.pid}"}}};
  EXPECT_EQ(Materialize(text, Source()), "12{submission.pid}");
}

TEST(Materialize, NumbersLines) {
  const Text text =
      Of({.kind = TextPiece::Kind::kNumbered, .text = "{n} {submission.pid}\n", .count = 3});
  EXPECT_EQ(Materialize(text, Source()), "1 12\n2 12\n3 12\n");
}

TEST(Materialize, NamesWhatANumberedTextMisses) {
  std::string missing;
  Materialize(Of({.kind = TextPiece::Kind::kNumbered, .text = "{x.pid}", .count = 1}), Source(),
              &missing);
  EXPECT_EQ(missing, "x.pid");
}

TEST(Materialize, MakesOneLineOfAnExactSize) {
  for (const uint64_t size : {0, 1, 2, 4096}) {
    const std::string line = Materialize(Of({.kind = TextPiece::Kind::kLine, .size = size}));
    EXPECT_EQ(line.size(), size);
    EXPECT_EQ(line.find('\n'), size == 0 ? std::string::npos : size - 1);
  }
}

TEST(Materialize, MakesLinesOfAnExactSizeNoneTwice) {
  for (const uint64_t size : {1, 2, 8, 9, 10, 64, 65, 72, 73, 74, 75, 100, 1000, 65536, 1 << 20}) {
    const std::string bytes = Materialize(Of({.kind = TextPiece::Kind::kBytes, .size = size}));
    ASSERT_EQ(bytes.size(), size);
    EXPECT_EQ(bytes.back(), '\n');
    const auto lines = Lines(bytes);
    EXPECT_EQ(std::set<std::string_view>(lines.begin(), lines.end()).size(), lines.size());
  }
}

TEST(Materialize, MakesTheSameLinesAgainAndNotInOrder) {
  const Text text = Of({.kind = TextPiece::Kind::kBytes, .size = 4096});
  const std::string bytes = Materialize(text);
  EXPECT_EQ(bytes, Materialize(text));
  const auto lines = Lines(bytes);
  EXPECT_FALSE(std::ranges::is_sorted(lines));
}

TEST(Range, IsWrittenAsInTheFile) {
  EXPECT_EQ(ToString(Range{3, 3}), "3");
  EXPECT_EQ(ToString(Range{1, 3}), "1..3");
  EXPECT_EQ(ToString(Range{2, {}}), "2..");
  EXPECT_EQ(ToString(Range{0, 4}), "..4");
  EXPECT_EQ(ToString(Range{0, 0}), "0");
}

TEST(Range, ContainsItsBounds) {
  EXPECT_TRUE((Range{1, 3}.Contains(1)));
  EXPECT_TRUE((Range{1, 3}.Contains(3)));
  EXPECT_FALSE((Range{1, 3}.Contains(4)));
  EXPECT_FALSE((Range{1, {}}.Contains(0)));
}

TEST(SignalSet, ContainsAnyOrItsNumbers) {
  EXPECT_TRUE((SignalSet{.any = true, .numbers = {}}.Contains(9)));
  EXPECT_TRUE((SignalSet{.any = false, .numbers = {9}}.Contains(9)));
  EXPECT_FALSE((SignalSet{.any = false, .numbers = {9}}.Contains(15)));
}

TEST(Localized, FallsBackToEnglishThenToAny) {
  EXPECT_EQ(In({{"ca", "u"}, {"en", "one"}}, "ca"), "u");
  EXPECT_EQ(In({{"ca", "u"}, {"en", "one"}}, "es"), "one");
  EXPECT_EQ(In({{"ca", "u"}}, "es"), "u");
  EXPECT_EQ(In({}, "es"), "");
}

}  // namespace
}  // namespace plumbline::spec
