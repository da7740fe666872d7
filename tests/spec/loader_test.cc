// SPDX-License-Identifier: MIT
// Folders with an exercise.yaml; all exercises of the project.
#include <filesystem>
#include <fstream>

#include "reading.h"
#include "spec/expectation.h"

namespace plumbline::spec {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

// A folder NAME with this exercise.yaml.
fs::path Folder(const std::string& name, const std::string& text) {
  const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
  const fs::path folder = fs::path(testing::TempDir()) / "loader" / test / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::ofstream(folder / "exercise.yaml") << text;
  return folder;
}

std::vector<std::string> CodesOf(const LoadResult& loaded) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : loaded.diagnostics) codes.push_back(diagnostic.code);
  return codes;
}

TEST(Load, ReadsTheFileOfAFolder) {
  const fs::path folder = Folder("x", TextOf(Parts{}));
  const LoadResult loaded = Load(folder, graders::KindTables());
  EXPECT_TRUE(loaded.ok()) << AllOf(loaded);
  EXPECT_EQ(loaded.exercise.id, "x");
  EXPECT_EQ(loaded.exercise.folder, folder);
}

TEST(Load, TakesAFolderWithASlashAtItsEnd) {
  EXPECT_TRUE(Load(Folder("x", TextOf(Parts{})) / "", graders::KindTables()).ok());
}

TEST(Load, HoldsTheIdAgainstTheFolder) {
  const fs::path folder = Folder("y", TextOf(Parts{}));
  const LoadResult loaded = Load(folder, graders::KindTables());
  EXPECT_THAT(CodesOf(loaded), ElementsAre("id-not-folder"));
  EXPECT_EQ(loaded.diagnostics[0].mark.line, 2);
  EXPECT_EQ(loaded.diagnostics[0].mark.column, 5);
  EXPECT_EQ(loaded.diagnostics[0].file, (folder / "exercise.yaml").string());
}

TEST(Load, TellsThatThereIsNoFile) {
  const LoadResult loaded = Load("/nonexistent/x", graders::KindTables());
  EXPECT_THAT(CodesOf(loaded), ElementsAre("unreadable"));
  EXPECT_THAT(AllOf(loaded), testing::StartsWith("/nonexistent/x/exercise.yaml: error: "));
}

TEST(Load, TellsThatItIsAFolder) {
  const fs::path folder = Folder("z", "");
  fs::remove(folder / "exercise.yaml");
  fs::create_directories(folder / "exercise.yaml");
  EXPECT_THAT(CodesOf(Load(folder, graders::KindTables())), ElementsAre("unreadable"));
}

TEST(Load, RefusesALargeFileBeforeReadingIt) {
  const fs::path folder = Folder("large", "");
  fs::resize_file(folder / "exercise.yaml", uintmax_t{1} << 40);
  EXPECT_THAT(CodesOf(Load(folder, graders::KindTables())), ElementsAre("too-large"));
}

TEST(Load, FindsSolutionsAndFixturesInTheFolder) {
  const fs::path folder =
      Folder("x", TextOf(Parts{.scenarios = "{plain: {stdin: {text: {fixture: data/words.txt}},"
                                            " peers: {server: {solution: c, port: 7}}}}"}));
  fs::create_directories(folder / "solutions/c");
  fs::create_directories(folder / "data");
  std::ofstream(folder / "data/words.txt") << "a\n";
  const LoadResult loaded = Load(folder, graders::KindTables());
  ASSERT_TRUE(loaded.ok()) << AllOf(loaded);
  const Scenario& plain = loaded.exercise.scenarios.at("plain");
  EXPECT_EQ(plain.input.text.pieces[0].text, "a\n");
  EXPECT_EQ(plain.peers[0].solution, "c");
}

TEST(Load, DoesNotFollowALinkOutOfTheFolder) {
  const fs::path folder =
      Folder("x", TextOf(Parts{.scenarios = "{plain: {stdin: {text: {fixture: passwd}}}}"}));
  fs::create_symlink("/etc/passwd", folder / "passwd");
  EXPECT_THAT(CodesOf(Load(folder, graders::KindTables())), ElementsAre("path-outside"));
}

// --- The project's own

std::vector<fs::path> Exercises() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(fs::path(PLUMBLINE_SOURCE) / "exercises")) {
    if (fs::exists(entry.path() / "exercise.yaml")) folders.push_back(entry.path());
  }
  std::ranges::sort(folders);
  return folders;
}

class ShippedExercise : public testing::TestWithParam<fs::path> {};

TEST_P(ShippedExercise, HasNoMistakes) {
  const LoadResult loaded = Load(GetParam(), graders::KindTables());
  EXPECT_TRUE(loaded.ok()) << AllOf(loaded);
  EXPECT_FALSE(loaded.exercise.checks.empty());
  for (const Check& check : loaded.exercise.checks) EXPECT_FALSE(check.scenarios.empty());
  for (const Diagnostic& note : Dubious(loaded.exercise, graders::KindTables(), "exercise.yaml"))
    ADD_FAILURE() << Format(note, loaded.source);
}

TEST_P(ShippedExercise, HasExpectationsWithoutMistakes) {
  const Exercise exercise = Load(GetParam(), graders::KindTables()).exercise;
  const auto wrong = ProgramsIn(GetParam(), "wrong");
  EXPECT_FALSE(wrong.empty());
  for (const fs::path& folder : wrong) {
    const auto result = LoadExpectation(folder / "expect.yaml", exercise, graders::KindTables());
    for (const Diagnostic& diagnostic : result.diagnostics)
      ADD_FAILURE() << Format(diagnostic, result.source);
  }
}

INSTANTIATE_TEST_SUITE_P(All, ShippedExercise, testing::ValuesIn(Exercises()),
                         [](const auto& info) {
                           std::string name = info.param.filename();
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace plumbline::spec
