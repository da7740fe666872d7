// SPDX-License-Identifier: MIT
#include "spec/expectation.h"

#include <filesystem>
#include <fstream>

#include "reading.h"

namespace plumbline::spec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Exercise Example() {
  return Good({.checks = "[{id: joined, fds.wired: {edges: [\"cat.1 -> wc.0\"]}},"
                         " {id: ends, any_of: [{processes.exit: {}}, {processes.left: {}}]}]"});
}

ExpectationResult Read(const std::string& text) {
  return ReadExpectation(text, "expect.yaml", Example(), graders::KindTables());
}

std::vector<std::string> CodesOf(const std::string& text) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : Read(text).diagnostics) codes.push_back(diagnostic.code);
  return codes;
}

TEST(Expectation, NamesWhatIsLostAndWhy) {
  const auto result = Read("loses: [joined, ends]\nfinding: {joined: swapped, ends: survivor}\n");
  EXPECT_THAT(result.diagnostics, IsEmpty());
  EXPECT_THAT(result.expectation.loses, ElementsAre("joined", "ends"));
  EXPECT_EQ(result.expectation.finding.at("joined"), "swapped");
  EXPECT_EQ(result.expectation.finding.at("ends"), "survivor");
}

TEST(Expectation, MayNameNoFinding) { EXPECT_THAT(CodesOf("loses: [ends]\n"), IsEmpty()); }

TEST(Expectation, IsHeldAgainstTheExercise) {
  EXPECT_THAT(CodesOf("loses: [join]\n"), ElementsAre("unknown-check"));
  EXPECT_THAT(CodesOf("loses: [ends]\nfinding: {joined: swapped}\n"), ElementsAre("not-lost"));
  EXPECT_THAT(CodesOf("loses: [ends]\nfinding: {ends: swapped}\n"), ElementsAre("unknown-finding"));
  EXPECT_THAT(CodesOf("loses: [ends]\nfinding: {end: killed}\n"), ElementsAre("unknown-check"));
}

TEST(Expectation, IsWellFormed) {
  EXPECT_THAT(CodesOf("{}\n"), ElementsAre("missing-key"));
  EXPECT_THAT(CodesOf("loses: []\n"), ElementsAre("empty-list"));
  EXPECT_THAT(CodesOf("loses: ends\n"), ElementsAre("wrong-type"));
  EXPECT_THAT(CodesOf("loses: [ends, ends]\n"), ElementsAre("duplicate-item"));
  EXPECT_THAT(CodesOf("loses: [ends]\nfindings: {ends: killed}\n"), ElementsAre("unknown-key"));
  EXPECT_THAT(CodesOf("loses: [ends]\nfinding: ends\n"), ElementsAre("wrong-type"));
  EXPECT_THAT(CodesOf("loses: [ends\n"), ElementsAre("yaml-syntax"));
}

TEST(Expectation, SuggestsTheFinding) {
  const auto result = Read("loses: [joined]\nfinding: {joined: swaped}\n");
  ASSERT_EQ(result.diagnostics.size(), 1u);
  EXPECT_EQ(Format(result.diagnostics[0], result.source),
            "expect.yaml:2:19: error: 'joined' has no finding 'swaped' [unknown-finding]\n"
            "    finding: {joined: swaped}\n"
            "                      ^\n"
            "  did you mean 'swapped'?\n");
}

TEST(Expectation, MustBeThere) {
  const auto result = LoadExpectation("/nonexistent/expect.yaml", Example(), graders::KindTables());
  ASSERT_EQ(result.diagnostics.size(), 1u);
  EXPECT_EQ(result.diagnostics[0].code, "unreadable");
}

TEST(ProgramsIn, AreFoldersByName) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "wrong-submissions";
  for (const char* name : {"b", "a"}) std::filesystem::create_directories(folder / "wrong" / name);
  std::ofstream(folder / "wrong" / "README.md") << "x";
  EXPECT_THAT(ProgramsIn(folder, "wrong"), ElementsAre(folder / "wrong/a", folder / "wrong/b"));
  EXPECT_THAT(ProgramsIn(folder / "none", "wrong"), IsEmpty());
}

}  // namespace
}  // namespace plumbline::spec
