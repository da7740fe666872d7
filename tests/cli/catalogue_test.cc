// SPDX-License-Identifier: MIT
#include "cli/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "folder.h"

namespace plumbline::cli {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Catalogue, FindsAnIdInTheFirstRootThatHasIt) {
  const Folder near, far;
  near.Write("pipe-chain/exercise.yaml", "");
  far.Write("pipe-chain/exercise.yaml", "");
  far.Write("sigusr1/exercise.yaml", "");
  EXPECT_EQ(FindExercise("pipe-chain", {near.path(), far.path()}), near.path() / "pipe-chain");
  EXPECT_EQ(FindExercise("sigusr1", {near.path(), far.path()}), far.path() / "sigusr1");
}

TEST(Catalogue, TakesAFolder) {
  const Folder folder;
  folder.Write("mine/exercise.yaml", "");
  const std::string mine = folder.path() / "mine";
  EXPECT_EQ(FindExercise(mine, {}), mine);
  EXPECT_EQ(FindExercise(mine + "/", {}), mine + "/");
}

TEST(Catalogue, TakesTheFileInTheFolder) {
  const Folder folder;
  const auto file = folder.Write("mine/exercise.yaml", "");
  EXPECT_EQ(FindExercise(file, {}), folder.path() / "mine");
}

TEST(Catalogue, ASubmissionInThePlaceOfTheExerciseIsTold) {
  const Folder folder;
  const auto found = FindExercise(folder.Write("main.c", ""), {});
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().text, HasSubstr("the exercise comes first"));
}

TEST(Catalogue, AnUnknownIdIsAnsweredWithTheNearest) {
  const Folder root;
  root.Write("pipe-chain/exercise.yaml", "");
  root.Write("sigusr1/exercise.yaml", "");
  const auto typo = FindExercise("pipe-chian", {root.path()});
  ASSERT_FALSE(typo);
  EXPECT_EQ(typo.error().status, 2);
  EXPECT_THAT(typo.error().text,
              AllOf(HasSubstr("'pipe-chian'"), HasSubstr("did you mean 'pipe-chain'?")));
  const auto strange = FindExercise("quite-something-else", {root.path()});
  ASSERT_FALSE(strange);
  EXPECT_THAT(strange.error().text, HasSubstr("plumbline list"));
}

TEST(Catalogue, SaysWhenThereIsNowhereToLook) {
  const auto found = FindExercise("pipe-chain", {});
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().text, HasSubstr("--exercises"));
}

TEST(Catalogue, AFolderWithoutAnExerciseIsNone) {
  const Folder folder;
  folder.Write("mine/main.c", "");
  const auto found = FindExercise(folder.path() / "mine", {});
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().text, HasSubstr("without an exercise.yaml"));
}

TEST(Catalogue, ListsExercisesByName) {
  const Folder root;
  root.Write("b/exercise.yaml", "");
  root.Write("a/exercise.yaml", "");
  root.Write("none/readme", "");
  EXPECT_THAT(ExercisesIn(root.path()), ElementsAre(root.path() / "a", root.path() / "b"));
  EXPECT_TRUE(ExercisesIn(root.path() / "missing").empty());
}

TEST(Catalogue, SearchesTheOptionThenTheEnvironment) {
  const Folder option, environment;
  ::setenv("PLUMBLINE_EXERCISES", environment.path().c_str(), 1);
  Options options;
  options.exercises_folder = option.path();
  const auto roots = ExerciseRoots(options);
  ::unsetenv("PLUMBLINE_EXERCISES");
  ASSERT_GE(roots.size(), 2u);
  EXPECT_EQ(roots[0], option.path());
  EXPECT_EQ(roots[1], environment.path());
}

TEST(Catalogue, AFaultyExerciseStopsWithItsDiagnostics) {
  const Folder root;
  root.Write("faulty/exercise.yaml", "format: 1\nid: faulty\nnonsense: 3\n");
  Options options;
  options.exercise = root.path() / "faulty";
  const auto loaded = LoadExercise(options);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().status, 2);
  EXPECT_THAT(loaded.error().text,
              AllOf(HasSubstr("exercise.yaml:3:"), HasSubstr("nonsense"), HasSubstr("^")));
}

}  // namespace
}  // namespace plumbline::cli
