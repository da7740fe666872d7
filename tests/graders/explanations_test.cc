// SPDX-License-Identifier: MIT
// What holds of every text that teaches a kind, so that each is whole and fits a terminal.
#include "graders/explanations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "graders/builtin.h"

namespace plumbline::graders {
namespace {

using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;

constexpr size_t kMostColumns = 80;
const std::map<std::string_view, std::string_view> kSeeIn{
    {"ca", "Vegeu: "}, {"es", "Véase: "}, {"en", "See: "}};

std::string NameOf(const Explanation& one) { return one.kind + "." + std::string(one.lang); }

// Characters; none of these texts has a wide or a combining one.
size_t Columns(std::string_view line) {
  return static_cast<size_t>(
      std::ranges::count_if(line, [](char byte) { return (byte & 0xc0) != 0x80; }));
}

std::vector<std::string_view> Fences(const Explanation& one) {
  std::vector<std::string_view> fences;
  for (const std::string_view line : Lines(one.text)) {
    if (line.starts_with("```")) fences.push_back(line);
  }
  return fences;
}

TEST(Explanations, AreThereForEachKindInEachLanguage) {
  for (const spec::KindTable& kind : KindTables()) {
    for (const auto& [lang, see] : kSeeIn)
      EXPECT_NE(ExplanationOf(kind.name, lang), nullptr) << kind.name << " " << lang;
  }
}

TEST(Explanations, AreOfKindsAndLanguagesThatThereAre) {
  std::set<std::string> kinds, seen;
  for (const spec::KindTable& kind : KindTables()) kinds.insert(kind.name);
  for (const Explanation& one : Explanations()) {
    EXPECT_TRUE(kinds.contains(one.kind)) << NameOf(one);
    EXPECT_TRUE(kSeeIn.contains(one.lang)) << NameOf(one);
    EXPECT_TRUE(seen.insert(NameOf(one)).second) << NameOf(one);
  }
}

TEST(Explanations, HaveATitleOfTheirOwn) {
  std::set<std::string_view> titles;
  for (const Explanation& one : Explanations()) {
    EXPECT_THAT(one.title, Not(IsEmpty())) << NameOf(one);
    EXPECT_TRUE(titles.insert(one.title).second) << NameOf(one) << ": " << one.title;
  }
}

// The list of all kinds names them side by side.
TEST(Explanations, HaveATitleThatFitsBesideTheKind) {
  size_t widest = 0;
  for (const spec::KindTable& kind : KindTables()) widest = std::max(widest, kind.name.size());
  for (const Explanation& one : Explanations())
    EXPECT_LE(widest + 2 + Columns(one.title), kMostColumns) << NameOf(one) << ": " << one.title;
}

TEST(Explanations, HaveAPicture) {
  for (const Explanation& one : Explanations()) {
    const std::vector<std::string_view> fences = Fences(one);
    EXPECT_EQ(fences.size() % 2, 0u) << NameOf(one) << ": a fence is not closed";
    EXPECT_EQ(std::ranges::count(fences, "```text"), 1) << NameOf(one);
  }
}

TEST(Explanations, DifferInTheirPictures) {
  std::map<std::string, std::string> seen;
  for (const Explanation& one : Explanations()) {
    const size_t begin = one.text.find("```text");
    ASSERT_NE(begin, std::string_view::npos) << NameOf(one);
    const std::string picture(one.text.substr(begin, one.text.find("\n```\n", begin) - begin));
    const auto [it, is_new] = seen.emplace(picture, one.kind);
    EXPECT_TRUE(is_new || it->second == one.kind) << NameOf(one) << " and " << it->second;
  }
}

TEST(Explanations, EndWithWhereToReadMore) {
  for (const Explanation& one : Explanations()) {
    const std::string_view last = Lines(one.text).back();
    EXPECT_TRUE(last.starts_with(kSeeIn.at(one.lang))) << NameOf(one) << ": " << last;
    EXPECT_TRUE(last.contains('(')) << NameOf(one) << " names no manual page";
  }
}

TEST(Explanations, FitATerminal) {
  for (const Explanation& one : Explanations()) {
    std::vector<size_t> widths;
    for (const std::string_view line : Lines(one.text)) {
      widths.push_back(Columns(line));
      EXPECT_FALSE(line.ends_with(' ')) << NameOf(one) << ": '" << line << "'";
      EXPECT_FALSE(line.contains('\t')) << NameOf(one) << ": '" << line << "'";
    }
    EXPECT_THAT(widths, Each(Le(kMostColumns))) << NameOf(one);
    EXPECT_TRUE(one.text.ends_with('\n') && IsUtf8(one.text)) << NameOf(one);
  }
}

TEST(Explanations, AreFoundByKindAndLanguage) {
  const Explanation* const one = ExplanationOf("fds.leaked", "ca");
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(NameOf(*one), "fds.leaked.ca");
  EXPECT_EQ("# " + std::string(one->title), Lines(one->text).front());
  EXPECT_EQ(ExplanationOf("fds.leaked", "de"), nullptr);
  EXPECT_EQ(ExplanationOf("fds.none", "ca"), nullptr);
}

}  // namespace
}  // namespace plumbline::graders
