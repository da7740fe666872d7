// SPDX-License-Identifier: MIT
// broken/CODE*.yaml: exercises that are wrong, and beside each what a teacher is told, letter by
// letter. PLUMBLINE_APPROVE=1 in the environment writes those files anew.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "base/io.h"
#include "reading.h"

namespace plumbline::spec {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(PLUMBLINE_SOURCE) / "tests/spec/broken";

std::vector<std::string> NamesOfAll() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem());
  }
  std::ranges::sort(names);
  return names;
}

LoadResult ReadBroken(const std::string& name) {
  const auto text = ReadFile(kFolder / (name + ".yaml"));
  EXPECT_TRUE(text);
  return LoadText(text.value_or(""), name + ".yaml", kFolder, graders::KindTables());
}

class Broken : public testing::TestWithParam<std::string> {};

TEST_P(Broken, IsToldLetterByLetter) {
  const LoadResult loaded = ReadBroken(GetParam());
  const fs::path golden = kFolder / (GetParam() + ".txt");
  if (std::getenv("PLUMBLINE_APPROVE") != nullptr) std::ofstream(golden) << AllOf(loaded);
  EXPECT_EQ(AllOf(loaded), ReadFile(golden).value_or("(there is no " + golden.string() + ")"))
      << "if this is better: PLUMBLINE_APPROVE=1 ci/test -R Broken";
}

TEST_P(Broken, HasAPlaceInItsText) {
  const LoadResult loaded = ReadBroken(GetParam());
  const auto lines = std::ranges::count(loaded.source, '\n');
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    EXPECT_GE(diagnostic.mark.line, 1);
    EXPECT_LE(diagnostic.mark.line, lines + 1);
    EXPECT_GE(diagnostic.mark.column, 1);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Broken, testing::ValuesIn(NamesOfAll()), [](const auto& info) {
  std::string name = info.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

// The stable codes that the sources of the loader hold.
std::set<std::string> CodesInSources() {
  static const std::set<std::string> words{"until-graded", "small-world", "short-transfers"};
  std::set<std::string> codes;
  static const std::regex kebab("\"([a-z0-9]+(-[a-z0-9]+)+|alias|anchor|tag|tab|unreadable)\"");
  for (const auto& entry : fs::directory_iterator(fs::path(PLUMBLINE_SOURCE) / "src/spec")) {
    if (entry.path().extension() != ".cc") continue;
    const std::string text = ReadFile(entry.path()).value_or("");
    for (std::sregex_iterator match(text.begin(), text.end(), kebab), end; match != end; ++match)
      codes.insert((*match)[1]);
  }
  for (const std::string& word : words) codes.erase(word);
  return codes;
}

// What a file of this folder cannot show: each has a test elsewhere.
const std::set<std::string> kElsewhere{"unused-scenario", "unused-snapshot", "unreadable",
                                       "too-large",       "id-not-folder",   "not-lost",
                                       "unknown-finding"};

TEST(BrokenFiles, ShowEveryCodeThatThereIs) {
  std::set<std::string> shown = kElsewhere;
  for (const std::string& name : NamesOfAll()) {
    for (const Diagnostic& diagnostic : ReadBroken(name).diagnostics) shown.insert(diagnostic.code);
  }
  for (const std::string& code : CodesInSources())
    EXPECT_TRUE(shown.contains(code)) << "no file of tests/spec/broken is told '" << code << "'";
}

TEST(BrokenFiles, AreNamedByACodeThatTheyShow) {
  for (const std::string& name : NamesOfAll()) {
    if (name == "several") continue;
    const Diagnostics found = ReadBroken(name).diagnostics;
    EXPECT_TRUE(std::ranges::any_of(found, [&](const Diagnostic& diagnostic) {
      return name.starts_with(diagnostic.code);
    })) << name;
  }
}

TEST(BrokenFiles, AreAllApproved) {
  std::set<std::string> texts;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".txt") texts.insert(entry.path().stem());
  }
  const auto names = NamesOfAll();
  EXPECT_EQ(texts, std::set<std::string>(names.begin(), names.end()));
}

}  // namespace
}  // namespace plumbline::spec
