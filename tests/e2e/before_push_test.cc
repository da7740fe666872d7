// SPDX-License-Identifier: MIT
// ci/git/pre-push: what a student is about to push, checked.
#include <gmock/gmock.h>

#include "repository.h"

namespace plumbline::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class BeforePush : public Repositories {
 protected:
  BeforePush() {
    MustDo(
        "git init -q --bare far.git; git clone -q far.git near\n"
        "ln -s \"$HOOKS\"/pre-push near/.git/hooks/; git -C near config plumbline.program \"$P\"");
  }
  ~BeforePush() override { EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "tmp")); }

  void Hand(const std::string& name, const std::string& text) const {
    (void)folder_.Write("near/" + name, text);
  }
  // Exercises are found by their ids in the teacher's folder.
  Ran Pushed(const std::string& how = "HEAD:main") const {
    return Do("export PLUMBLINE_EXERCISES=$T; handed near; git -C near push -q origin " + how);
  }
  bool Arrived() const { return Do("git -C far.git rev-parse -q --verify main").status == 0; }
};

TEST_F(BeforePush, OfWhatPassesGoesOn) {
  Hand(".plumbline.yaml", "# my work\nexercise: three  # of May\nlanguage: sh\n");
  Hand("main.sh", kRight);
  const Ran ran = Pushed();
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("Points: 3 of 3. Passed."));
  EXPECT_TRUE(Arrived());
}

TEST_F(BeforePush, OfWhatFailsStops) {
  Hand(".plumbline.yaml", "exercise: three\n");
  Hand("main.sh", kHalf);
  const Ran ran = Pushed();
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("Points: 1 of 3. Not passed yet."));
  EXPECT_THAT(ran.err, HasSubstr("below the passing grade: not pushed."));
  EXPECT_FALSE(Arrived());
  EXPECT_EQ(Do("git -C near push -q --no-verify origin HEAD:main").status, 0);
}

// What is committed counts, not what lies around.
TEST_F(BeforePush, LooksAtWhatIsCommitted) {
  Hand(".plumbline.yaml", "exercise: three\n");
  Hand("main.sh", kRight);
  MustDo("handed near");
  Hand("main.sh", kHalf);
  EXPECT_EQ(Do("PLUMBLINE_EXERCISES=$T git -C near push -q origin HEAD:main").status, 0);
}

TEST_F(BeforePush, ChecksEachFolder) {
  for (const char* folder : {"one", "two", " three -rf"}) {
    Hand(std::string(folder) + "/.plumbline.yaml", "exercise: three\n");
    Hand(std::string(folder) + "/main.sh", std::string("# ") + folder + "\n" + kRight);
  }
  Hand("two/main.sh", kHalf);
  const Ran ran = Pushed();
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("Points: 3 of 3"));
  EXPECT_THAT(ran.err, HasSubstr("Points: 1 of 3"));
}

TEST_F(BeforePush, IsToldByTheConfiguration) {
  MustDo(
      "git -C near config plumbline.exercise ../three; git -C near config plumbline.path work/; "
      "git -C near config plumbline.language sh");
  Hand("work/main.sh", kHalf);
  Hand("work/main.c", "int main(void) { return 3; }\n");
  EXPECT_THAT(Pushed().err, HasSubstr("Program in sh"));
  EXPECT_FALSE(Arrived());
}

// No grade, and no way to one, is no reason to hold anything back.
TEST_F(BeforePush, IsNotStoppedByTheMachine) {
  WriteExercise("three", "files: {far: {}}, peers: {far: {kind: echo, path: far}}");
  Hand(".plumbline.yaml", "exercise: three\n");
  Hand("main.sh", kRight);
  const Ran ran = Pushed();
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.err, HasSubstr("no grade (status 3); the push goes on without"));
  EXPECT_TRUE(Arrived());
}

TEST_F(BeforePush, IsNotStoppedByMistakes) {
  const auto told = [&](const std::string& declaration) {
    Hand(".plumbline.yaml", declaration);
    const Ran ran = Pushed();
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.err;
  };
  Hand("main.sh", kRight);
  EXPECT_THAT(told("exercise: ../three\n"), HasSubstr(".plumbline.yaml:1: write it like"));
  EXPECT_THAT(told("\nexcercise: three\n"), HasSubstr("yaml:2: there is no key 'excercise'"));
  EXPECT_THAT(told("language: c\n"), HasSubstr("says of no exercise"));
  EXPECT_THAT(told("exercise: four\n"), HasSubstr("no grade (status 2)"));
  MustDo("git -C near rm -q .plumbline.yaml");
  EXPECT_THAT(Pushed().err, HasSubstr("nothing says which exercise this is"));
  MustDo("git -C near config plumbline.program /nowhere");
  Hand("main.sh", kHalf);
  EXPECT_THAT(Pushed().err, HasSubstr("not installed, so nothing is checked"));
}

// An exercise decides what is done with whose programs: one that came with a clone is not trusted.
TEST_F(BeforePush, DoesNotFollowWhatCameWithTheClone) {
  Hand(".plumbline.yaml", "exercise: mine\n");
  Hand("main.sh", kRight);
  MustDo("cp -r three near/mine; mkdir near/exercises; cp -r three near/exercises/mine");
  EXPECT_THAT(Pushed().err, HasSubstr("there is no exercise 'mine'"));
}

TEST_F(BeforePush, OfTagsAndDeletionsChecksNothing) {
  Hand(".plumbline.yaml", "exercise: three\n");
  Hand("main.sh", kHalf);
  EXPECT_EQ(Pushed("HEAD:refs/tags/v1").err, "");
  EXPECT_EQ(Pushed(":refs/tags/v1").err, "");
}

// pre-commit.com, "pre-push": what is pushed stands in the environment.
TEST_F(BeforePush, ServesPreCommit) {
  Hand(".plumbline.yaml", "exercise: three\n");
  Hand("main.sh", kHalf);
  MustDo("handed near");
  const Ran ran =
      Do("cd near; PLUMBLINE_EXERCISES=$T PRE_COMMIT_TO_REF=$(git rev-parse HEAD) "
         "\"$HOOKS\"/pre-push </dev/null");
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("below the passing grade"));
}

}  // namespace
}  // namespace plumbline::e2e
