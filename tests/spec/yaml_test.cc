// SPDX-License-Identifier: MIT
// Text to a tree with positions, and what YAML allows and an exercise does not.
#include "reading.h"
#include "spec/node.h"

namespace plumbline::spec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Parsing {
  std::optional<Node> root;
  Diagnostics diagnostics;
};

Parsing Parse(const std::string& text) {
  Parsing parsing;
  parsing.root = ParseYaml(text, "x.yaml", parsing.diagnostics);
  return parsing;
}

std::vector<std::string> CodesOf(const std::string& text) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : Parse(text).diagnostics) codes.push_back(diagnostic.code);
  return codes;
}

// "LINE:COLUMN" of the first mistake.
std::string PlaceOf(const std::string& text) {
  const Parsing parsing = Parse(text);
  if (parsing.diagnostics.empty()) return "none";
  const Mark& mark = parsing.diagnostics[0].mark;
  return std::to_string(mark.line) + ":" + std::to_string(mark.column);
}

TEST(Yaml, BecomesATreeWithPlaces) {
  const Parsing parsing = Parse("a: [1, {b: \"c\\n\"}]\nd: ~\n");
  ASSERT_THAT(parsing.diagnostics, IsEmpty());
  const Node* list = parsing.root->Find("a");
  ASSERT_NE(list, nullptr);
  ASSERT_TRUE(list->IsList());
  EXPECT_EQ(list->mark.column, 4);
  EXPECT_EQ(list->items[0].text, "1");
  EXPECT_FALSE(list->items[0].quoted);
  const Node* c = list->items[1].Find("b");
  EXPECT_EQ(c->text, "c\n");
  EXPECT_TRUE(c->quoted);
  EXPECT_EQ(c->mark.line, 1);
  EXPECT_EQ(c->mark.column, 12);
  EXPECT_EQ(parsing.root->Find("d")->kind, Node::Kind::kNull);
  EXPECT_EQ(parsing.root->Find("e"), nullptr);
}

TEST(Yaml, CountsCharactersAndNotBytes) { EXPECT_EQ(PlaceOf("{ñandú: 1, ñandú: 2}"), "1:12"); }

TEST(Yaml, TakesBlocksForTextInQuotes) {
  const Parsing parsing = Parse("a: |\n  7\nb: >\n  true\n");
  EXPECT_TRUE(parsing.root->Find("a")->quoted);
  EXPECT_EQ(parsing.root->Find("a")->text, "7\n");
  EXPECT_TRUE(parsing.root->Find("b")->quoted);
}

TEST(Yaml, RefusesWhatAnExerciseCannotHave) {
  EXPECT_THAT(CodesOf("a: 1\na: 2\na: 3\n"), ElementsAre("duplicate-key", "duplicate-key"));
  EXPECT_THAT(CodesOf("a: {b: 1, c: 2, b: 3}"), ElementsAre("duplicate-key"));
  EXPECT_THAT(CodesOf("a: 1\n---\nb: 2\n---\nc: 3\n"), ElementsAre("second-document"));
  EXPECT_THAT(CodesOf("a: &x 1\nb: *x\n"), ElementsAre("anchor", "alias"));
  EXPECT_THAT(CodesOf("a: &x [1]\nb: {<<: *x}\n"), ElementsAre("anchor", "alias"));
  EXPECT_THAT(CodesOf("a: !!str 1\nb: !mine {}\n"), ElementsAre("tag", "tag"));
  EXPECT_THAT(CodesOf("{[a]: 1, {b: c}: 2, ~: 3}"),
              ElementsAre("key-no-word", "key-no-word", "key-no-word"));
  EXPECT_THAT(CodesOf("a:\n\t- b\n"), ElementsAre("tab"));
  EXPECT_THAT(CodesOf("a: [1\n"), ElementsAre("yaml-syntax"));
  EXPECT_THAT(CodesOf("a: 'b\n"), ElementsAre("unclosed-quote"));
  EXPECT_THAT(CodesOf("{a: \"b\\\"}\n"), ElementsAre("unclosed-quote"));
  EXPECT_THAT(CodesOf("a: 'it''s'\nb: \"\\\\\"\n"), IsEmpty());
  EXPECT_THAT(CodesOf("a: *nothing\n"), ElementsAre("yaml-syntax"));
  EXPECT_THAT(CodesOf(""), ElementsAre("empty-file"));
  EXPECT_THAT(CodesOf("# nothing\n"), ElementsAre("empty-file"));
  EXPECT_THAT(CodesOf(std::string("a: b\0c", 6)), ElementsAre("nul-byte"));
  EXPECT_THAT(CodesOf("a: \x1b[0m"), ElementsAre("control-character"));
  EXPECT_THAT(CodesOf("a: caf\xe9\n"), ElementsAre("not-utf8"));
}

TEST(Yaml, EndsWhereTheParserCannotGoOn) {
  EXPECT_THAT(CodesOf(",a: 1\nb: 2"), ElementsAre("yaml-syntax"));
  EXPECT_THAT(CodesOf("[a], b"), ElementsAre("yaml-syntax"));
  EXPECT_THAT(CodesOf("{a: b}\n? c"), ElementsAre("yaml-syntax"));
}

TEST(Yaml, SaysWhereTheBadByteIs) {
  EXPECT_EQ(PlaceOf("a: 1\nb: caf\xe9\n"), "2:7");
  EXPECT_EQ(PlaceOf("a: 1\n\xc3\xa9: \x7f\n"), "2:4");
}

TEST(Yaml, EndsWithABombOfAliases) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 20; ++level) {
    const std::string name = "a" + std::to_string(level);
    const std::string item = "*a" + std::to_string(level - 1);
    bomb += name + ": &" + name + " [";
    for (int copy = 0; copy < 9; ++copy) bomb += (copy == 0 ? "" : ", ") + item;
    bomb += "]\n";
  }
  const auto codes = CodesOf(bomb);
  EXPECT_EQ(std::ranges::count(codes, "alias"), 19 * 9);
}

TEST(Yaml, NamesTheKeyWhereNothingIsWritten) {
  const Parsing parsing = Parse("a:\nb: [x, ]\nc: ~\n");
  EXPECT_EQ(parsing.root->Find("a")->mark.line, 1);
  EXPECT_EQ(parsing.root->Find("c")->mark.column, 4);
  EXPECT_EQ(PlaceOf("a:\n  : b\n"), "2:3");
}

TEST(Yaml, ReadsALongLineInNoTime) {
  std::string line = "a: [";
  while (line.size() < 1'000'000) line += "{é: \"{cwd}\", b: *x}, ";
  line += "]";
  const Parsing parsing = Parse(line);
  EXPECT_EQ(parsing.diagnostics.size(), 1u);
  std::string good = "[";
  while (good.size() < 1'000'000) good += "{é: \"{cwd}\", b: 'x'}, ";
  EXPECT_THAT(Parse(good + "]").diagnostics, IsEmpty());
}

TEST(Yaml, EndsWithACycle) { EXPECT_THAT(CodesOf("a: &a [*a]\n"), ElementsAre("anchor", "alias")); }

TEST(Yaml, IsNoDeeperThanSixtyFourLevels) {
  const auto nested = [](size_t depth) {
    return std::string(depth, '[') + "a" + std::string(depth, ']');
  };
  EXPECT_THAT(CodesOf(nested(64)), IsEmpty());
  EXPECT_THAT(CodesOf(nested(65)), ElementsAre("too-deep"));
  EXPECT_THAT(CodesOf(std::string(100'000, '[')), ElementsAre("too-deep"));
  EXPECT_THAT(CodesOf(std::string(100'000, '{')), ElementsAre("too-deep"));
}

TEST(Yaml, TellsMistakesOfTheShapeTogetherWithOthers) {
  EXPECT_THAT(Codes({.more = "passing: 0\npassing: 1\nrequires: D\n"}),
              ElementsAre("out-of-range", "duplicate-key", "unknown-word"));
}

TEST(PlainWords, AreWhatTheCoreSchemaSays) {
  for (const char* number : {"0", "017", "-1", "+3", "1.5", ".5", "1.", "1e3", "1.5E-7", "0x1F",
                             "0o17", ".inf", "-.INF", ".nan"})
    EXPECT_EQ(TypeOfPlain(number), PlainType::kNumber) << number;
  for (const char* word : {"true", "False", "TRUE"})
    EXPECT_EQ(TypeOfPlain(word), PlainType::kBool) << word;
  for (const char* text :
       {"yes", "no", "on", "off", "y",   "1..3",  "2..",   "10s",  "1e",         "e3", "-",
        ".",   "+",  "0x", "0xg", "0o8", "1_000", "12:30", "tRue", "2030-01-01", "nan"})
    EXPECT_EQ(TypeOfPlain(text), PlainType::kText) << text;
}

TEST(Flow, IsWrittenOnOneLine) {
  const Parsing parsing = Parse("send:\n  to: a\n  text: [\"x\\n\", {bytes: 1B}]\n  more: ~\n");
  EXPECT_EQ(ToFlow(*parsing.root), R"({send: {to: a, text: ["x\n", {bytes: 1B}], more: ~}})");
}

TEST(Flow, EscapesQuotes) { EXPECT_EQ(ToFlow(*Parse("'say \"no\"'").root), R"("say \"no\"")"); }

TEST(Description, IsWhatAReaderWouldSay) {
  const auto describe = [](const std::string& text) { return Describe(*Parse(text).root); };
  EXPECT_EQ(describe("~"), "nothing");
  EXPECT_EQ(describe("[a]"), "a list");
  EXPECT_EQ(describe("{a: b}"), "a map of keys");
  EXPECT_EQ(describe("\"a\""), "text in quotes");
  EXPECT_EQ(describe("true"), "true or false");
  EXPECT_EQ(describe("7"), "a number");
  EXPECT_EQ(describe("a"), "text");
}

}  // namespace
}  // namespace plumbline::spec
