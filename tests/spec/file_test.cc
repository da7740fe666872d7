// SPDX-License-Identifier: MIT
// The keys of the file around scenarios and checks.
#include "reading.h"

namespace plumbline::spec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

LoadResult ReadText(const std::string& text) {
  return LoadText(text, "x.yaml", testing::TempDir(), graders::KindTables());
}

std::vector<std::string> CodesOf(const LoadResult& loaded) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : loaded.diagnostics) codes.push_back(diagnostic.code);
  return codes;
}

TEST(File, HasItsKeys) {
  const Exercise exercise = Good({});
  EXPECT_EQ(exercise.id, "x");
  EXPECT_EQ(exercise.topic, "pipes");
  EXPECT_EQ(exercise.title, (Localized{{"en", "X"}}));
  EXPECT_THAT(exercise.languages, ElementsAre("c", "py"));
  EXPECT_THAT(exercise.scenario_order, ElementsAre("plain"));
  ASSERT_EQ(exercise.checks.size(), 1u);
  EXPECT_EQ(exercise.checks[0].id, "ends");
  EXPECT_EQ(exercise.folder, testing::TempDir());
}

TEST(File, HasDefaults) {
  const Exercise exercise = Good({});
  EXPECT_THAT(exercise.programs, IsEmpty());
  EXPECT_EQ(exercise.passing, std::nullopt);
  EXPECT_EQ(exercise.requires_rung, "");
  EXPECT_EQ(exercise.limits.cpu, 10s);
  EXPECT_EQ(exercise.limits.virtual_time, 24h * 10);
  EXPECT_EQ(exercise.limits.memory, MiB(256));
  EXPECT_EQ(exercise.limits.processes, 64);
  EXPECT_EQ(exercise.limits.descriptors, 256);
  EXPECT_EQ(exercise.limits.file, MiB(64));
  EXPECT_EQ(exercise.limits.output, MiB(16));
}

TEST(File, TakesEveryOtherKey) {
  const Exercise exercise = Good(
      {.more = "programs: {server: {files: [\"server*\", common.h]}, client: {files: [client.c]}}\n"
               "limits: {cpu: 250ms, virtual: 1h, memory: 64MiB, processes: 9, descriptors: 20,"
               " file: 1KiB, output: 2B}\n"
               "passing: 1\nrequires: B\n"});
  ASSERT_EQ(exercise.programs.size(), 2u);
  EXPECT_EQ(exercise.programs[0].name, "server");
  EXPECT_THAT(exercise.programs[0].files, ElementsAre("server*", "common.h"));
  EXPECT_EQ(exercise.programs[1].name, "client");
  EXPECT_EQ(exercise.limits.cpu, 250ms);
  EXPECT_EQ(exercise.limits.virtual_time, 1h);
  EXPECT_EQ(exercise.limits.memory, MiB(64));
  EXPECT_EQ(exercise.limits.processes, 9);
  EXPECT_EQ(exercise.limits.descriptors, 20);
  EXPECT_EQ(exercise.limits.file, KiB(1));
  EXPECT_EQ(exercise.limits.output, Bytes{2});
  EXPECT_EQ(exercise.passing, 1);
  EXPECT_EQ(exercise.requires_rung, "B");
}

TEST(File, NeedsEachRequiredKey) {
  const auto codes = CodesOf(ReadText("format: 1\n"));
  EXPECT_THAT(codes, ElementsAre("missing-key", "missing-key", "missing-key", "missing-key",
                                 "missing-key", "missing-key"));
}

TEST(File, TellsAllMistakesInOnePassInTheirOrder) {
  const LoadResult loaded = ReadText(
      "format: 2\nid: a b\ntopic: pipe\ntitle: X\nlanguages: [c, java]\n"
      "scenarios: {plain: {arg: []}}\nchecks: [{id: ends, processes.exits: {}}]\npassing: 0\n");
  EXPECT_THAT(CodesOf(loaded),
              ElementsAre("unknown-format", "bad-name", "unknown-word", "wrong-type",
                          "unknown-word", "unknown-key", "unknown-kind", "out-of-range"));
}

TEST(File, KnowsTheTopicsOfTheKinds) {
  EXPECT_THAT(CodesOf(ReadText("format: 1\nid: x\ntopic: calls\ntitle: {en: X}\nlanguages: [c]\n"
                               "scenarios: {a: {}}\nchecks: [{id: b, processes.exit: {}}]\n")),
              IsEmpty());
}

TEST(File, IsOfFormatOne) {
  for (const char* format : {"0", "2", "1.0", "one", "\"1\""}) {
    const LoadResult loaded = ReadText(std::string("format: ") + format + "\n");
    EXPECT_THAT(CodesOf(loaded)[0], testing::AnyOf("unknown-format", "wrong-type", "missing-key"))
        << format;
    EXPECT_EQ(loaded.diagnostics.size(), 7u) << AllOf(loaded);
  }
}

TEST(File, MayBeginWithAByteOrderMark) {
  const LoadResult loaded = ReadText("\xef\xbb\xbf" + TextOf(Parts{}));
  EXPECT_TRUE(loaded.ok()) << AllOf(loaded);
  EXPECT_EQ(loaded.source, TextOf(Parts{}));
}

TEST(File, MayHaveLinesOfDos) {
  std::string text;
  for (const char c : TextOf(Parts{})) text += c == '\n' ? "\r\n" : std::string(1, c);
  const LoadResult loaded = ReadText(text);
  EXPECT_TRUE(loaded.ok()) << AllOf(loaded);
}

TEST(File, IsRefusedWhenTooLarge) {
  EXPECT_THAT(CodesOf(ReadText("#" + std::string(1 << 20, ' '))), ElementsAre("too-large"));
}

TEST(File, TakesTextsInThreeLanguages) {
  const Exercise exercise = Good(
      {.checks = "[{id: ends, title: {en: A, ca: B, es: C}, hint: {ca: D}, processes.exit: {}}]"});
  EXPECT_EQ(exercise.checks[0].title, (Localized{{"en", "A"}, {"ca", "B"}, {"es", "C"}}));
  ASSERT_EQ(exercise.checks[0].hints.size(), 1u);
  EXPECT_EQ(exercise.checks[0].hints[0], (Localized{{"ca", "D"}}));
}

TEST(File, HasAnotherHashWhenItsTextIsAnother) {
  const std::string one = Good({}).hash;
  EXPECT_EQ(one, Good({}).hash);
  EXPECT_NE(one, Good({.more = "# no more\n"}).hash);
  EXPECT_EQ(one.size(), 64u);
}

}  // namespace
}  // namespace plumbline::spec
