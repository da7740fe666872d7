// SPDX-License-Identifier: MIT
// The small languages that a scalar can hold.
#include "spec/notation.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

namespace plumbline::spec {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

const IsWord kNothing = [](const std::string&) { return false; };
IsWord Only(const std::string& word) {
  return [word](const std::string& other) { return other == word; };
}

template <typename T>
std::string CodeOf(const Parsed<T>& parsed) {
  return parsed ? "" : parsed.error().code;
}

// --- Who

TEST(Who, HasABase) {
  EXPECT_EQ(ParseWho("submission", kNothing)->base, Who::Base::kSubmission);
  EXPECT_EQ(ParseWho("all", kNothing)->base, Who::Base::kAll);
  EXPECT_EQ(ParseWho("cat", kNothing)->base, Who::Base::kProgram);
  EXPECT_EQ(ParseWho("cat", Only("cat"))->base, Who::Base::kName);
  EXPECT_EQ(ParseWho("cat", kNothing)->word, "cat");
  EXPECT_EQ(ParseWho("python3.11", kNothing)->word, "python3.11");
}

TEST(Who, MayListenOrHold) {
  const auto port = ParseWho("listens:8080", kNothing);
  EXPECT_EQ(port->base, Who::Base::kListensPort);
  EXPECT_EQ(port->port, 8080);
  const auto path = ParseWho("listens:run/sock", kNothing);
  EXPECT_EQ(path->base, Who::Base::kListensPath);
  EXPECT_EQ(path->word, "run/sock");
  EXPECT_EQ(ParseWho("holds:f", kNothing)->base, Who::Base::kHolds);
  EXPECT_EQ(ParseWho("holds:8080", kNothing)->base, Who::Base::kHolds);
}

TEST(Who, MayBeAGroup) {
  const auto who = ParseWho("group:cat#2/1", kNothing);
  EXPECT_EQ(who->base, Who::Base::kGroup);
  ASSERT_EQ(who->group.size(), 1u);
  EXPECT_EQ(who->group[0].word, "cat");
  EXPECT_EQ(who->group[0].number, 2);
  EXPECT_EQ(who->group[0].path.size(), 1u);
  EXPECT_EQ(who->text, "group:cat#2/1");
}

TEST(Who, MayHaveANumberAndAPath) {
  const auto who = ParseWho("sleep#3/1/*/**", kNothing);
  EXPECT_EQ(who->word, "sleep");
  EXPECT_EQ(who->number, 3);
  using S = Who::Step;
  EXPECT_THAT(who->path, ElementsAre(Who::Segment{S::kChild, 1}, Who::Segment{S::kChildren, 0},
                                     Who::Segment{S::kDescendants, 0}));
}

TEST(Who, RefusesWhatIsNone) {
  for (const char* text : {"", "a b", "cat#0", "cat#", "cat#x", "cat#1#2", "/1", "cat/0", "cat/x",
                           "listen:7", "holds:", "listens:", "group:", "group:a b", "a{b", "a>b",
                           "cat#9999999999999999999", "#1", "submission/1x"})
    EXPECT_EQ(CodeOf(ParseWho(text, kNothing)), "bad-who") << text;
  for (const char* text : {"listens:0", "listens:65536", "listens:007"})
    EXPECT_EQ(CodeOf(ParseWho(text, kNothing)), "bad-port") << text;
}

TEST(Who, SuggestsThePrefix) {
  EXPECT_EQ(ParseWho("listen:7", kNothing).error().hint, "did you mean 'listens'?");
  EXPECT_THAT(ParseWho("x:7", kNothing).error().hint, testing::HasSubstr("listens:, holds:"));
}

// --- Edges

TEST(Edge, HasTwoEnds) {
  const auto edge = ParseEdge("cat#2.1 -> carta.txt", kNothing, kNothing);
  ASSERT_TRUE(edge);
  const auto& from = std::get<DescriptorEnd>(edge->from);
  EXPECT_EQ(from.who.word, "cat");
  EXPECT_EQ(from.who.number, 2);
  EXPECT_EQ(from.fd, 1);
  EXPECT_EQ(std::get<PathEnd>(edge->to).path, "carta.txt");
  EXPECT_EQ(edge->text, "cat#2.1 -> carta.txt");
}

TEST(Edge, MayEndAnywhere) {
  EXPECT_EQ(std::get<DescriptorEnd>(ParseEdge("wc.* -> x.0", kNothing, kNothing)->from).fd,
            std::nullopt);
  EXPECT_EQ(std::get<ChannelEnd>(ParseEdge("a->wc.0", kNothing, Only("a"))->from).channel, "a");
  EXPECT_EQ(std::get<PathEnd>(ParseEdge("a->wc.0", kNothing, kNothing)->from).path, "a");
  EXPECT_EQ(std::get<DescriptorEnd>(ParseEdge("submission/1.0 -> x.3", kNothing, kNothing)->from)
                .who.path.size(),
            1u);
}

TEST(Edge, RefusesWhatIsNone) {
  for (const char* text : {"", "a", "->", "a ->", "-> a", "a -> b -> c", "cat.stdin -> wc.0",
                           "submission -> wc.0", "cat.1 -> all", "cat.9999999 -> wc.0"})
    EXPECT_EQ(CodeOf(ParseEdge(text, kNothing, kNothing)), "bad-edge") << text;
  EXPECT_EQ(CodeOf(ParseEdge("second -> wc.0", Only("second"), kNothing)), "bad-edge");
  EXPECT_EQ(CodeOf(ParseEdge("a b.1 -> wc.0", kNothing, kNothing)), "bad-who");
}

TEST(Edge, SaysTheNumberOfAStream) {
  EXPECT_EQ(ParseEdge("cat.stderr -> wc.0", kNothing, kNothing).error().hint,
            "write the descriptor's number: cat.2");
}

// --- Quantities

TEST(Quantity, HasAUnit) {
  EXPECT_EQ(*ParseSize("12B"), Bytes{12});
  EXPECT_EQ(*ParseSize("64KiB"), KiB(64));
  EXPECT_EQ(*ParseSize("1MiB"), MiB(1));
  EXPECT_EQ(*ParseDuration("250ms"), 250ms);
  EXPECT_EQ(*ParseDuration("10s"), 10s);
  EXPECT_EQ(*ParseDuration("2min"), 2min);
  EXPECT_EQ(*ParseDuration("3h"), 3h);
  EXPECT_EQ(*ParseDuration("10d"), 240h);
}

TEST(Quantity, RefusesOtherUnitsAndSuggestsItsOwn) {
  for (const char* text : {"12", "12 B", "12b", "12KB", "1GiB", "B", "-1B", "1.5KiB", "", "12BB"})
    EXPECT_EQ(CodeOf(ParseSize(text)), "wrong-unit") << text;
  for (const char* text : {"10", "10m", "10sec", "1 s", "s", "-1s", "1.5s", ""})
    EXPECT_EQ(CodeOf(ParseDuration(text)), "wrong-unit") << text;
  EXPECT_EQ(CodeOf(ParseSize("012B")), "leading-zero");
  EXPECT_EQ(ParseDuration("10m").error().hint, "the units are ms, s, min, h, d");
  EXPECT_EQ(ParseSize("10").error().hint, "write it like 64KiB (B, KiB, MiB)");
}

TEST(Quantity, FitsWhateverItsDigitsAre) {
  EXPECT_EQ(CodeOf(ParseDuration("99999d")), "");
  EXPECT_GT(*ParseDuration("99999d"), Duration(0));
  EXPECT_EQ(CodeOf(ParseDuration("100000d")), "out-of-range");
  EXPECT_EQ(CodeOf(ParseSize("999999999999MiB")), "");
  EXPECT_EQ(CodeOf(ParseSize("1000000000000MiB")), "out-of-range");
}

// The pattern, which the schema has, and the parser, which the loader has, take the same.
TEST(Quantity, IsTakenByThePatternJustWhenItIsParsed) {
  std::mt19937 random(7);
  const std::string letters = "0123456789BKiMsmhdn. ";
  const RE2 sizes(SizePattern());
  const RE2 some(SizePattern(true));
  const RE2 durations(DurationPattern());
  int taken = 0;
  for (int trial = 0; trial < 200'000; ++trial) {
    std::string text;
    const size_t digits = random() % 4;
    for (size_t at = 0; at < digits; ++at) text += letters[random() % 10];
    const size_t length = random() % 4;
    for (size_t at = 0; at < length; ++at) text += letters[random() % letters.size()];
    const auto size = ParseSize(text);
    EXPECT_EQ(size.has_value(), RE2::FullMatch(text, sizes)) << text;
    EXPECT_EQ(size && size->count > 0, RE2::FullMatch(text, some)) << text;
    EXPECT_EQ(ParseDuration(text).has_value(), RE2::FullMatch(text, durations)) << text;
    taken += size || ParseDuration(text) ? 1 : 0;
  }
  EXPECT_GT(taken, 1000);
}

// --- Counts and ranges

TEST(RangeNotation, HasFourForms) {
  EXPECT_EQ(*ParseRange("3"), (Range{3, 3}));
  EXPECT_EQ(*ParseRange("1..3"), (Range{1, 3}));
  EXPECT_EQ(*ParseRange("2.."), (Range{2, std::nullopt}));
  EXPECT_EQ(*ParseRange("..4"), (Range{0, 4}));
  EXPECT_EQ(*ParseSizeRange("1KiB..1MiB"), (Range{1024, 1048576}));
}

TEST(RangeNotation, IsReadAsItIsWritten) {
  std::mt19937 random(7);
  for (int trial = 0; trial < 1000; ++trial) {
    const int64_t least = random() % 100;
    const Range range{least, random() % 2 == 0 ? std::optional<int64_t>()
                                               : std::optional<int64_t>(least + random() % 100)};
    const auto again = ParseRange(ToString(range));
    ASSERT_TRUE(again) << ToString(range);
    EXPECT_EQ(*again, range) << ToString(range);
  }
}

TEST(RangeNotation, RefusesWhatIsNone) {
  for (const char* text : {"", "..", "a", "1...3", "1..2..3", "-1", "1-3", "1 ..3"})
    EXPECT_EQ(CodeOf(ParseRange(text)), "bad-range") << text;
  EXPECT_EQ(CodeOf(ParseRange("3..1")), "empty-range");
  EXPECT_EQ(CodeOf(ParseRange("03")), "leading-zero");
  EXPECT_EQ(CodeOf(ParseRange("3s..")), "wrong-unit");
  EXPECT_EQ(CodeOf(ParseRange("1000000000000000000")), "out-of-range");
  EXPECT_EQ(CodeOf(ParseSizeRange("1..2KiB")), "wrong-unit");
}

TEST(Integer, MayBeNegative) {
  EXPECT_EQ(*ParseInteger("-12", "a number"), -12);
  EXPECT_EQ(*ParseInteger("0", "a number"), 0);
  for (const char* text : {"", "-", "x", "1.5", "1..2", "+1", "0x1F"})
    EXPECT_EQ(CodeOf(ParseInteger(text, "a port")), "wrong-type") << text;
  EXPECT_EQ(ParseInteger("x", "a port").error().message, "expected a port, found 'x'");
  EXPECT_EQ(CodeOf(ParseInteger("3s", "a number")), "wrong-unit");
  EXPECT_EQ(CodeOf(ParseInteger("007", "a number")), "leading-zero");
}

// --- Modes, dates, names

TEST(Mode, IsOctal) {
  EXPECT_EQ(*ParseMode("0644"), 0644);
  EXPECT_EQ(*ParseMode("755"), 0755);
  EXPECT_EQ(*ParseMode("4755"), 04755);
  for (const char* text : {"", "64", "00644", "0648", "rw-r--r--", "-644"})
    EXPECT_EQ(CodeOf(ParseMode(text)), "bad-mode") << text;
}

TEST(Date, Exists) {
  EXPECT_EQ(*ParseDate("2028-02-29T23:59:59Z"), "2028-02-29T23:59:59Z");
  for (const char* text :
       {"2030-02-29T00:00:00Z", "2030-13-01T00:00:00Z", "2030-01-01T24:00:00Z",
        "2030-01-01T00:60:00Z", "2030-01-01T00:00:60Z", "2030-01-01 00:00:00", "2030-01-01",
        "2030-01-01T00:00:00", "2030-01-01T00:00:00+01:00", "tomorrow", ""})
    EXPECT_EQ(CodeOf(ParseDate(text)), "bad-date") << text;
}

TEST(Name, BeginsWithALetterOrDigit) {
  for (const char* name : {"a", "A-b_9", "7"}) EXPECT_TRUE(IsName(name)) << name;
  for (const char* name : {"", "-a", "_a", "a b", "a.b", "à", "a/b"})
    EXPECT_FALSE(IsName(name)) << name;
}

TEST(Suggestion, IsForASlipOnly) {
  EXPECT_EQ(DidYouMean("snapshott", {"send", "snapshot"}), "did you mean 'snapshot'?");
  EXPECT_EQ(DidYouMean("connect", {"send", "snapshot"}), "");
  EXPECT_EQ(DidYouMean("send", {"send"}), "");
}

}  // namespace
}  // namespace plumbline::spec
