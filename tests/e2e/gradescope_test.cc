// SPDX-License-Identifier: MIT
// `package gradescope`: what is uploaded, done as Gradescope does it.
#include <gmock/gmock.h>

#include "program.h"

namespace plumbline::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

class Gradescope : public ::testing::Test {
 protected:
  Ran Do(const std::string& line) const { return Shell(line, folder_.path()); }
  void Package(const std::string& options = "") const {
    const Ran ran = Do("$P package gradescope pipe-chain -o auto.zip " + options);
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("made auto.zip"));
    EXPECT_THAT(ran.out, HasSubstr("24 autograder points"));
  }
  // What Gradescope gets to show.
  json Graded(const std::string& submission) const {
    const Ran ran = Do("rm -rf results; mkdir results; " PLUMBLINE_ROOM " $PWD/auto.zip " +
                       submission + " $PWD/results");
    EXPECT_EQ(ran.status, 0) << ran.err << File("results/setup") << File("results/stdout");
    return json::parse(File("results/results.json"), nullptr, false);
  }
  std::string File(const std::string& name) const { return Content(folder_.path() / name); }
  static std::string Own(const std::string& name) {
    return (kExercises / "pipe-chain" / name).string();
  }

  Folder folder_;
};

// The one of a check.
json TestOf(const json& results, const std::string& id) {
  for (const json& test : results.at("tests")) {
    if (test.at("tags").at(0) == id) return test;
  }
  ADD_FAILURE() << "no test " << id;
  return {};
}

TEST_F(Gradescope, GivesFullMarksToWhatIsRight) {
  ASSERT_NO_FATAL_FAILURE(Package("--lang ca"));
  const json results = Graded(Own("solutions/c"));
  EXPECT_EQ(results.at("score"), 24);
  EXPECT_EQ(TestOf(results, "reaped").at("output"), "superada");
  EXPECT_THAT(File("results/setup"), HasSubstr("no mistakes"));
}

TEST_F(Gradescope, ExplainsWhatIsWrong) {
  ASSERT_NO_FATAL_FAILURE(Package("--isolation C"));
  const json results = Graded(Own("wrong/parent-keeps-write-end"));
  EXPECT_LT(results.at("score"), 24);
  EXPECT_GT(results.at("score"), 0);
  int failed = 0;
  for (const json& test : results.at("tests")) {
    if (test.at("status") == "passed") continue;
    failed += 1;
    EXPECT_THAT(test.at("output").get<std::string>(), HasSubstr("main.c:")) << test;
  }
  EXPECT_GT(failed, 0);
}

TEST_F(Gradescope, TellsWhatDoesNotBuild) {
  ASSERT_NO_FATAL_FAILURE(Package());
  (void)folder_.Write("broken/main.c", "int main(void) { return x; }\n");
  const json results = Graded("broken");
  EXPECT_EQ(results.at("score"), 0);
  EXPECT_THAT(results.dump(), HasSubstr("main.c:1"));
}

// Nobody waits for an answer that never comes: she reads what is missing.
TEST_F(Gradescope, TellsWhoHandedInNothing) {
  ASSERT_NO_FATAL_FAILURE(Package());
  fs::create_directory(folder_.path() / "empty");
  const json results = Graded("empty");
  ASSERT_TRUE(results.is_object()) << File("results/results.json");
  EXPECT_EQ(results.at("score"), 0);
  EXPECT_THAT(results.at("output").get<std::string>(), HasSubstr("submission"));
}

// Then the autograder has failed, not the work: without a score it is no zero.
TEST_F(Gradescope, GivesNoScoreWhenTheMachineFails) {
  ASSERT_NO_FATAL_FAILURE(Package("--isolation A"));  // which no container there gives
  const Ran ran =
      Do("mkdir results; " PLUMBLINE_ROOM " $PWD/auto.zip " + Own("solutions/c") + " $PWD/results");
  EXPECT_NE(ran.status, 0);
  EXPECT_FALSE(fs::exists(folder_.path() / "results/results.json"));
  EXPECT_THAT(File("results/stdout"), HasSubstr("the machine failed, not the program"));
}

TEST_F(Gradescope, PackageHasNoSolutionAndIsTheSameEachTime) {
  ASSERT_NO_FATAL_FAILURE(Package());
  const std::string first = File("auto.zip");
  ASSERT_NO_FATAL_FAILURE(Package());
  EXPECT_TRUE(first == File("auto.zip"));
  const std::string names = Do("unzip -Z1 auto.zip").out;
  EXPECT_THAT(names, HasSubstr("exercises/pipe-chain/exercise.yaml\n"));
  EXPECT_THAT(names, HasSubstr("run_autograder\n"));
  for (const char* kept : {"solutions", "wrong", "starter"})
    EXPECT_THAT(names, Not(HasSubstr(kept)));
}

TEST_F(Gradescope, RefusesWhatCannotBeGradedThere) {
  const Ran ran = Do("$P package gradescope echo-server");
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("needs isolation B"));
  EXPECT_TRUE(fs::is_empty(folder_.path()));
  EXPECT_EQ(Do("$P package gradescope echo-server --isolation B -o b.zip").status, 0);
  EXPECT_EQ(Do("$P package moodle pipe-chain").status, 2);
}

}  // namespace
}  // namespace plumbline::e2e
