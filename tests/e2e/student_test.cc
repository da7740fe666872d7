// SPDX-License-Identifier: MIT
// A student at home: a folder that knows its exercise, and hints, one at a time.
#include <gmock/gmock.h>

#include "program.h"

namespace plumbline::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class AtHome : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(Do("$P start open-files --language py work").status, 0);
    Take("solutions/py");
  }
  // The program of the exercise becomes the student's.
  void Take(const std::string& program) const {
    fs::copy_file(kExercises / "open-files" / program / "main.py", folder_.path() / "work/main.py",
                  fs::copy_options::overwrite_existing);
  }
  Ran Do(const std::string& line) const { return Shell(line, folder_.path()); }
  Ran Here(const std::string& line) const { return Do("cd work && " + line); }
  void ExpectRefused(const std::string& line, const std::string& what) const {
    const Ran ran = Do(line);
    EXPECT_EQ(ran.status, 2) << line;
    EXPECT_THAT(ran.out, IsEmpty()) << line;
    EXPECT_THAT(ran.err, HasSubstr(what)) << line;
  }
  const Folder folder_;
};

TEST_F(AtHome, NobodyHasToSayWhichExercise) {
  fs::create_directories(folder_.path() / "work/notes/more");
  for (const char* line :
       {"cd work && $P check --json", "cd work/notes/more && $P check --json",
        "$P check work --json", "$P check work/main.py --json",
        "cd work && $P check main.py --json", "$P check open-files work --json"}) {
    const Ran ran = Do(line);
    EXPECT_EQ(ran.status, 0) << line << "\n" << ran.err;
    const json grade = json::parse(ran.out);
    EXPECT_EQ(grade.at("exercise"), "open-files") << line;
    EXPECT_EQ(grade.at("submission").at("files"), json::array({"main.py"})) << line;
  }
}

TEST_F(AtHome, WhatIsSaidCountsMoreThanTheFolder) {
  EXPECT_EQ(json::parse(Do("$P check fork-return work --json").out).at("exercise"), "fork-return");
}

TEST_F(AtHome, AFolderOfAnExerciseIsMeantFromAnywhere) {
  fs::create_directories(folder_.path() / "own");
  fs::copy(kExercises / "fork-return", folder_.path() / "own/fork-return",
           fs::copy_options::recursive);
  ASSERT_EQ(Do("$P start own/fork-return --language c other").status, 0);
  const Ran ran = Do("cd other && env -u PLUMBLINE_EXERCISES $P check --json");
  EXPECT_EQ(json::parse(ran.out).at("exercise"), "fork-return") << ran.err;
}

// What it prints to do next can be done as it stands.
TEST_F(AtHome, AnIdThatOnlyAnOptionMadeKnownIsNotWritten) {
  fs::create_directories(folder_.path() / "own");
  fs::copy(kExercises / "fork-return", folder_.path() / "own/fork-return",
           fs::copy_options::recursive);
  const std::string known = "env -u PLUMBLINE_EXERCISES ";
  const Ran ran = Do(known + "$P start --exercises own/../own fork-return --language c other");
  ASSERT_EQ(ran.status, 0) << ran.err;
  const std::string folder = fs::canonical(folder_.path() / "own/fork-return").string();
  EXPECT_THAT(Content(folder_.path() / "other/.plumbline.yaml"), HasSubstr("\"" + folder + "\"\n"));
  EXPECT_THAT(ran.out, HasSubstr("plumbline show " + folder + "\n"));
  EXPECT_THAT(ran.err, HasSubstr("other/.plumbline.yaml names the exercise by its folder, " +
                                 folder + ", so it is for this machine alone"));
  EXPECT_EQ(json::parse(Do(known + "$P check other --json").out).at("exercise"), "fork-return");
}

// Another exercise of that id is not the one that was begun.
TEST_F(AtHome, AnIdThatMeansAnotherExerciseIsNotWritten) {
  fs::create_directories(folder_.path() / "own");
  fs::copy(kExercises / "fork-return", folder_.path() / "own/fork-return",
           fs::copy_options::recursive);
  EXPECT_EQ(Do("$P start --exercises own fork-return --language c other").status, 0);
  EXPECT_THAT(Content(folder_.path() / "other/.plumbline.yaml"), HasSubstr("own/fork-return\"\n"));
  const Ran same =
      Do("$P start --exercises \"$PLUMBLINE_EXERCISES\" fork-return --language c same");
  EXPECT_THAT(Content(folder_.path() / "same/.plumbline.yaml"),
              StartsWith("exercise: \"fork-return\"\n"));
  EXPECT_THAT(same.err, IsEmpty());
}

TEST_F(AtHome, StartOverwritesNoFolderOfAnotherExercise) {
  fs::create_directories(folder_.path() / "other");
  folder_.Write("other/.plumbline.yaml", "exercise: a\n");
  ExpectRefused("$P start fork-return --language c other", ".plumbline.yaml is there already");
  EXPECT_FALSE(fs::exists(folder_.path() / "other/main.c"));
}

TEST_F(AtHome, WhereNothingSaysTheExerciseItIsAsked) {
  ExpectRefused("$P check", "which exercise, and which submission?");
  ExpectRefused("$P hint", "which exercise, and which submission?");
  ExpectRefused("$P check open-files", "which submission of 'open-files'?");
  ExpectRefused("$P check open-filse", "did you mean 'open-files'?");
  folder_.Write("main.c", "int main(void) { return 0; }\n");
  ExpectRefused("$P check main.c", "is a file, not an exercise");
}

TEST_F(AtHome, AFaultyFolderIsToldWithItsLine) {
  folder_.Write("work/.plumbline.yaml", "exercise: open-files\nlangage: py\n");
  ExpectRefused("$P check work", "work/.plumbline.yaml:2:1: error: unknown key 'langage'");
  folder_.Write("work/.plumbline.yaml", "exercise: open-filse\n");
  ExpectRefused("$P check work", "did you mean 'open-files'?");
  folder_.Write("work/.plumbline.yaml", std::string(100'000, ' '));
  ExpectRefused("$P check work", "work/.plumbline.yaml");
}

// --- Hints.

TEST_F(AtHome, HintsComeOneAtATime) {
  Take("wrong/scandir-listed");
  const Ran first = Here("$P hint --check itself");
  EXPECT_THAT(first.out, AllOf(StartsWith("itself: "), HasSubstr("\nHint 1 of 2: "),
                               HasSubstr("plumbline explain ")));
  EXPECT_THAT(first.out, HasSubstr("The next one comes with the same command."));
  const Ran second = Do("$P hint work --check itself");
  EXPECT_THAT(second.out, AllOf(HasSubstr("\nHint 2 of 2: "), HasSubstr("There are no more hints."),
                                Not(HasSubstr("same command"))));
  const Ran all = Here("$P hint --check itself --lang es");
  EXPECT_THAT(all.out, AllOf(HasSubstr("\n- "), HasSubstr("No hay más pistas.")));
  EXPECT_EQ(all.status, 0);
}

TEST_F(AtHome, HintsAreOfTheSubmissionThatTheyWereGivenFor) {
  Take("wrong/scandir-listed");
  EXPECT_THAT(Here("$P hint --check itself").out, HasSubstr("Hint 1 of 2"));
  fs::copy(folder_.path() / "work", folder_.path() / "copy", fs::copy_options::recursive);
  EXPECT_THAT(Do("$P hint copy --check itself").out, HasSubstr("Hint 1 of 2"));
  EXPECT_THAT(Do("XDG_STATE_HOME=$PWD/state $P hint work --check itself").out,
              HasSubstr("Hint 1 of 2"));
}

TEST_F(AtHome, TheReportTellsTheFirstHintAlone) {
  Take("wrong/scandir-listed");
  EXPECT_THAT(Here("$P check").out, HasSubstr("(1 more: plumbline hint)"));
  EXPECT_THAT(Here("$P check --audience teacher").out, Not(HasSubstr("plumbline hint)")));
}

TEST_F(AtHome, HintsGoOnAfterTheOneThatTheReportTold) {
  Take("wrong/scandir-listed");
  Here("$P check --audience teacher");
  Do("$P check --student anna --gradebook class.db open-files work");
  EXPECT_FALSE(fs::exists(folder_.path() / ".local/state/plumbline"));
  EXPECT_EQ(Here("$P check").status, 0);
  EXPECT_THAT(Here("$P hint --check itself").out, HasSubstr("\nHint 2 of 2: "));
  EXPECT_THAT(Here("$P check").out, HasSubstr("(1 more: plumbline hint)"));
  EXPECT_THAT(Here("$P hint --check itself").out, HasSubstr("There are no more hints."));
  const Ran nowhere = Do("touch state; XDG_STATE_HOME=$PWD/state $P check work");
  EXPECT_EQ(nowhere.status, 0) << nowhere.err;
}

TEST_F(AtHome, WithoutAFailedCheckThereIsNoHint) {
  EXPECT_EQ(Here("$P hint").out, "Nothing failed: there is nothing to give a hint for.\n");
  folder_.Write("work/main.py", "print(\n");
  EXPECT_EQ(Here("$P hint").out, "Your program could not be built.\n");
  ExpectRefused("$P hint work --check itselv", "did you mean 'itself'?");
}

TEST_F(AtHome, WhatCannotBeKeptIsNotGiven) {
  Take("wrong/scandir-listed");
  const Ran ran = Do("touch state; XDG_STATE_HOME=$PWD/state $P hint work --check itself");
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.err, HasSubstr("state/plumbline"));
  EXPECT_THAT(ran.out, IsEmpty());
  const Ran homeless = Do("HOME=/nowhere $P hint work --check itself");
  EXPECT_THAT(homeless.out, HasSubstr("Hint 1 of 2"));
}

}  // namespace
}  // namespace plumbline::e2e
