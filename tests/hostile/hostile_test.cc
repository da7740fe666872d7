// SPDX-License-Identifier: MIT
// Each attack of attacks.json, graded from each account and on each rung that this machine has: the
// harm did not happen, nothing stays, there is a grade or a clear finding, and the grader goes on.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>

#include "base/io.h"
#include "base/text.h"
#include "sandbox/landlock.h"
#include "tests/hostile/child.h"
#include "tests/hostile/grading.h"
#include "tests/hostile/outside.h"
#include "tests/hostile/pen.h"
#include "tests/hostile/table.h"

namespace plumbline::hostile {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr size_t kMostShown = 4000;  // of what an attack says
constexpr std::string_view kEscape = "escape";

const std::vector<Attack>& Table() {
  static const std::vector<Attack> table = ReadTable(PLUMBLINE_HOSTILE "/attacks.json");
  return table;
}

std::vector<std::string> FilesLeft(const fs::path& folder) {
  static const std::set<std::string> kOurs{"outside",    "endure", "submission",
                                           "report.txt", "runs",   "cache"};
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!kOurs.contains(entry.path().filename())) left.push_back(entry.path().filename());
  }
  return left;
}

// --- What a grade says.

std::set<std::string> FindingsIn(const json& grade) {
  std::set<std::string> findings;
  for (const json& check : grade.at("checks")) {
    const std::string verdict = check.at("verdict");
    if (verdict == "passed") continue;
    const json& first = check.at("findings");
    findings.insert(check.at("id").get<std::string>() + ": " +
                    (first.empty() ? verdict : first.front().at("code").get<std::string>()));
  }
  return findings;
}

const json* ScenarioIn(const json& grade, const std::string& name) {
  for (const json& scenario : grade.at("scenarios")) {
    if (scenario.at("name") == name) return &scenario;
  }
  return nullptr;
}

std::string WordsOf(const Graded& graded) {
  std::string words;
  if (graded.recording) {
    for (const auto& [name, stream] : graded.recording->streams) words += stream.bytes;
  }
  for (const json& diagnostic : graded.grade.at("build").at("diagnostics"))
    words += diagnostic.at("file").get<std::string>() + ": " +
             diagnostic.at("message").get<std::string>() + "\n";
  std::erase(words, '\r');  // of a terminal
  return words;
}

void ExpectGrade(const Attack& attack, const Graded& graded, const Outside& outside) {
  ASSERT_TRUE(graded.grade.is_object()) << graded.err;
  EXPECT_LE(graded.status, 1) << graded.err;
  EXPECT_FALSE(graded.grade.at("points").is_null()) << "a check is in error";
  const json* const run = ScenarioIn(graded.grade, "attack");
  ASSERT_NE(run, nullptr);
  EXPECT_EQ(run->at("outcome"), attack.outcome);
  EXPECT_EQ(run->at("status"), attack.status);
  std::set<std::string> found = FindingsIn(graded.grade);
  for (const std::string& chance : attack.may_find) found.erase(chance);
  const std::set<std::string> expected(attack.finds.begin(), attack.finds.end());
  if (attack.outcome != "not-built") {
    EXPECT_EQ(found, expected);
    EXPECT_FALSE(found.contains("calm: wrong-text")) << "the run after the attack was spoiled";
  }
  const std::string words = WordsOf(graded);
  for (const std::string& line : attack.says)
    EXPECT_TRUE(words.contains(outside.Fill(line) + "\n")) << "not said: " << line;
  if (::testing::Test::HasFailure())
    std::cout << "It said:\n"
              << words.substr(0, kMostShown) << graded.err
              << graded.grade.at("scenarios").dump().substr(0, kMostShown) << '\n';
}

void ExpectRefusal(const Attack& attack, const Graded& graded) {
  EXPECT_EQ(graded.status, 2);
  EXPECT_THAT(graded.err, HasSubstr(attack.refused));
  EXPECT_TRUE(graded.grade.is_null());
}

// What a person reads: no character that a terminal obeys or that turns the text about, no line
// that an automatic runner obeys, and not too much of it.
void ExpectPlain(const std::string& text, const char* where) {
  constexpr size_t kMost = 256 << 10;
  static const char* const kTurning[] = {"\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d",
                                         "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"};
  EXPECT_TRUE(IsUtf8(text)) << where;
  EXPECT_LT(text.size(), kMost) << where;
  EXPECT_TRUE(std::ranges::none_of(text, [](unsigned char c) {
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
  })) << where;
  EXPECT_FALSE(text.contains("\u009b")) << where;
  for (const char* turning : kTurning) EXPECT_FALSE(text.contains(turning)) << where;
  for (const std::string_view line : Lines(text)) {
    EXPECT_FALSE(line.starts_with("::") || line.starts_with("##[")) << where << ": " << line;
    EXPECT_FALSE(line.starts_with("{\"schema\"")) << where << ": " << line;
  }
}

void ExpectNothingHappened(const Outside& outside, const Pen& pen, const Folder& folder) {
  EXPECT_THAT(outside.Harm(), IsEmpty());
  EXPECT_THAT(pen.Left({outside.bystander()}), IsEmpty());
  EXPECT_THAT(FilesLeft(folder.path()), IsEmpty());
}

// The run says nothing of the program, and why.
void ExpectError(const Attack& attack, const Graded& graded, const Outside& outside) {
  ASSERT_TRUE(graded.grade.is_object()) << graded.err;
  EXPECT_EQ(graded.status, 3);
  EXPECT_TRUE(graded.grade.at("points").is_null());
  EXPECT_THAT(graded.grade.dump(), HasSubstr(attack.misses));
  if (attack.only_on.empty()) return;  // what it says is of what it has elsewhere
  const std::string words = WordsOf(graded);
  for (const std::string& line : attack.says)
    EXPECT_TRUE(words.contains(outside.Fill(line) + "\n")) << "not said: " << line << words;
}

void Try(const Attack& attack, const Stand& stand, const UniqueFd& program) {
  LeaveTheOthers();
  const Pen pen;
  if (stand.unprivileged) BecomeNobody();
  const Folder folder;
  const Outside outside(folder.path() / "outside");
  Grader grader(program, folder.path(), stand.rung);
  const Graded graded = grader.Grade(attack, outside);
  const bool on_c = stand.rung == "C";
  const bool is_about = !on_c || attack.only_on == "C" ||
                        (attack.category != kEscape && attack.harm_alone_on_c.empty());
  if (!attack.refused.empty())
    ExpectRefusal(attack, graded);
  else if (on_c && !attack.misses.empty())
    ExpectError(attack, graded, outside);
  else if (is_about)
    ExpectGrade(attack, graded, outside);
  ExpectPlain(graded.report, "the report");
  ExpectPlain(graded.err, "standard error");
  ExpectNothingHappened(outside, pen, folder);
  // The machine answers, and so does the grader.
  const Graded after = grader.Grade(Harmless(), outside);
  EXPECT_EQ(after.status, 0) << after.err;
}

class Attacks : public ::testing::TestWithParam<Attack> {};

TEST_P(Attacks, AreHeld) {
  const UniqueFd program(::open(PLUMBLINE_PROGRAM, O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(program) << PLUMBLINE_PROGRAM;
  std::vector<Stand> stands = Stands();
  if (GetParam().once) stands.erase(stands.begin(), stands.end() - 1);
  for (const Stand& stand : stands) {
    if (!GetParam().IsFor(stand.rung)) continue;
    SCOPED_TRACE(stand.name);
    InChild([&] { Try(GetParam(), stand, program); });
    if (IsSkipped() || HasFailure()) return;
  }
}

std::string NameOf(const ::testing::TestParamInfo<Attack>& info) {
  return info.param.category + "_" + info.param.name;
}
INSTANTIATE_TEST_SUITE_P(All, Attacks, ::testing::ValuesIn(Table()), NameOf);

// Without namespaces.
class SharedAttacks : public ::testing::TestWithParam<Attack> {};

TEST_P(SharedAttacks, DoNoHarm) {
  if (sandbox::LandlockLevel() < sandbox::kLeastLandlockLevel)
    GTEST_SKIP() << "needs: Landlock of level " << sandbox::kLeastLandlockLevel;
  const UniqueFd program(::open(PLUMBLINE_PROGRAM, O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(program) << PLUMBLINE_PROGRAM;
  std::vector<Stand> stands = SharedStands();
  if (GetParam().once) stands.erase(stands.begin(), stands.end() - 1);
  for (const Stand& stand : stands) {
    SCOPED_TRACE(stand.name);
    InChild([&] { Try(GetParam(), stand, program); });
    if (IsSkipped() || HasFailure()) return;
  }
}

// What gets out, and what takes everything.
std::vector<Attack> AttacksOnC() {
  std::vector<Attack> attacks;
  for (const Attack& attack : Table()) {
    if (attack.IsFor("C")) attacks.push_back(attack);
  }
  return attacks;
}
INSTANTIATE_TEST_SUITE_P(All, SharedAttacks, ::testing::ValuesIn(AttacksOnC()), NameOf);

// --- The table itself.

size_t HeldOn(const std::string& rung) {
  return static_cast<size_t>(
      std::ranges::count_if(Table(), [&](const Attack& attack) { return attack.IsFor(rung); }));
}

TEST(Table, IsCountedInTheReadme) {
  const auto readme = ReadFile(PLUMBLINE_HOSTILE "/README.md");
  ASSERT_TRUE(readme);
  EXPECT_THAT(*readme, HasSubstr("So " + std::to_string(HeldOn("A")) + " attacks are held on A, " +
                                 std::to_string(HeldOn("B")) + " on B and " +
                                 std::to_string(HeldOn("C")) + " on C"));
}

TEST(Table, HasAtLeastEightyAttacks) { EXPECT_GE(Table().size(), 80U); }

TEST(Table, HasEachAttackOnceAndNamesAFile) {
  std::set<std::string> names;
  for (const Attack& attack : Table()) {
    EXPECT_TRUE(names.insert(attack.category + "/" + attack.name).second) << attack.name;
    EXPECT_TRUE(fs::exists(fs::path(PLUMBLINE_HOSTILE) / attack.source)) << attack.source;
    EXPECT_NE(attack.what, "") << attack.name;
    EXPECT_FALSE(attack.says.empty() && attack.refused.empty())
        << attack.name << ": nothing shows that it ran";
  }
}

TEST(Table, NamesEachFile) {
  std::set<std::string> sources;
  for (const Attack& attack : Table()) sources.insert(attack.source);
  for (const char* category : {"escape", "exhaustion", "output", "build"}) {
    const fs::path folder = fs::path(PLUMBLINE_HOSTILE) / category;
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::directory_iterator(folder))
      EXPECT_TRUE(sources.contains(category + ("/" + entry.path().filename().string())))
          << entry.path();
  }
}

}  // namespace
}  // namespace plumbline::hostile
