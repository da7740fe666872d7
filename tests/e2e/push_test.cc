// SPDX-License-Identifier: MIT
// ci/git/post-receive: what is pushed to a teacher's repository, graded.
#include <gmock/gmock.h>

#include "repository.h"

namespace plumbline::e2e {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

class Push : public Repositories {
 protected:
  Push() { Enrol("anna"); }
  // Whatever happened.
  ~Push() override {
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "tmp")) << Do("find tmp").out;
  }

  // The teacher makes a repository for a student, who clones it.
  void Enrol(const std::string& who) const {
    MustDo("who=" + who +
           "\ngit init -q --bare $who.git; ln -s \"$HOOKS\"/post-receive $who.git/hooks/\n"
           "printf '[plumbline]\\n program = %s\\n exercise = %s\\n gradebook = %s\\n html = %s\\n"
           " contact = nuria@example.org\\n' \"$P\" $T/three $T/book.db $T/pages "
           ">> $who.git/config\n"
           "git clone -q $who.git $who");
  }
  void Hand(const std::string& name, const std::string& text) const {
    (void)folder_.Write(name, text);
  }
  // What her terminal shows of a push that succeeds.
  std::string Pushed(const std::string& who, const std::string& refs = "HEAD:main") const {
    const Ran ran = Do("handed " + who + "; git -C " + who + " push -q origin " + refs);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.err;
  }
  std::string Handed(const std::string& text, const std::string& refs = "HEAD:main") const {
    Hand("anna/main.sh", text);
    return Pushed("anna", refs);
  }
  json Marks(const std::string& exercise = "three") const {
    json marks;
    const json book = json::parse(Do("$P gradebook --gradebook book.db --json").out);
    for (const json& student : book.at("students"))
      marks[student.at("id").get<std::string>()] = student.at("marks").at(exercise).at("points");
    return marks;
  }
  bool HasBook() const { return std::filesystem::exists(folder_.path() / "book.db"); }
  std::string Sql(const std::string& query) const {
    return Do("sqlite3 book.db \"" + query + "\"").out;
  }
  std::string Log() const { return Content(folder_.path() / "anna.git/plumbline.log"); }
};

TEST_F(Push, IsGraded) {
  const std::string told = Handed(kHalf);
  EXPECT_THAT(told, HasSubstr("Points: 1 of 3. Not passed yet."));
  EXPECT_THAT(told, HasSubstr("its status"));
  EXPECT_THAT(told, HasSubstr("In the gradebook, the mark of anna in three is now 1/3."));
  const std::string page = Content(folder_.path() / "pages/three/anna.html");
  EXPECT_NE(page.find("</html>"), std::string::npos) << page.size();
  Enrol("joan");
  Hand("joan/main.sh", kRight);
  EXPECT_THAT(Pushed("joan"), HasSubstr("Points: 3 of 3. Passed."));
  EXPECT_EQ(Marks(), (json{{"anna", 1.0}, {"joan", 3.0}}));
}

TEST_F(Push, TellsWhatDoesNotBuild) {
  Hand("anna/main.c", "int main(void) { return x; }\n");
  EXPECT_THAT(Pushed("anna"), HasSubstr("main.c:1"));
  EXPECT_EQ(Marks(), (json{{"anna", 0.0}}));
}

TEST_F(Push, MayBeForced) {
  (void)Handed(kHalf);
  Hand("anna/main.sh", kRight);
  const Ran ran = Do(
      "cd anna; git add -A; git commit -q --amend -m again; git push -q --force origin HEAD:main");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("Points: 3 of 3. Passed."));
  EXPECT_EQ(Sql("SELECT count(*) FROM attempt"), "2\n");
}

TEST_F(Push, AtOnceAreAllKept) {
  MustDo(
      "git -C anna.git config plumbline.studentFrom branch\n"
      "for i in 1 2 3 4; do git clone -q anna.git c$i; "
      "printf '# %s\\necho three\\nexit 3\\n' $i > c$i/main.sh; handed c$i; done\n"
      "for i in 1 2 3 4; do git -C c$i push -q origin HEAD:s$i & all+=($!); done\n"
      "for one in ${all[@]}; do wait $one; done");
  EXPECT_EQ(Marks(), (json{{"s1", 3.0}, {"s2", 3.0}, {"s3", 3.0}, {"s4", 3.0}}));
}

// Names are words for nobody: not for a shell, not for a program's options.
TEST_F(Push, OfHostileNamesIsAnyOther) {
  Hand("anna/-rf", "x");
  Hand("anna/$(touch pwned)", "x");
  EXPECT_THAT(Handed(kRight), HasSubstr("Points: 3 of 3"));
  MustDo("git -C anna.git config plumbline.studentFrom branch");
  const std::string told =
      Pushed("anna",
             "HEAD:refs/heads/-rf 'HEAD:refs/heads/$(touch${IFS}pwned)' 'HEAD:refs/heads/;id' "
             "$'HEAD:refs/heads/\\u202exyz' HEAD:refs/heads/a/b HEAD:refs/heads/mar");
  EXPECT_THAT(told, HasSubstr("not graded: -rf cannot be a student's name"));
  EXPECT_THAT(told, HasSubstr("\\$\\(touch\\$\\{IFS\\}pwned\\) cannot be"));
  EXPECT_THAT(told, HasSubstr("$'\\342\\200\\256xyz' cannot be"));
  EXPECT_THAT(told, HasSubstr("a/b cannot be"));
  EXPECT_EQ(Marks(), (json{{"anna", 3.0}, {"mar", 3.0}}));
  EXPECT_EQ(Do("find . -name '*pwned' ! -name '*touch*'").out, "");
}

// Neither what is graded nor when it came is for the pushed tree to say.
TEST_F(Push, IsReadAsItIsInTheRepository) {
  Hand("anna/main.sh", "echo three\n[ '$Format:%H$ $Id$' = '$Format'':%H$ $Id''$' ] && exit 3\n");
  Hand("attributes",
       "[attr]gone export-ignore\nmain.sh gone\n*.sh export-subst ident eol=crlf text "
       "working-tree-encoding=UTF-16\n");
  const Ran ran =
      Do("cd anna; export GIT_COMMITTER_DATE='2001-01-01 00:00 +0000'; git add main.sh; "
         "cp ../attributes .gitattributes; git add .gitattributes; git commit -q -m old; "
         "git replace HEAD^{tree} $(git mktree </dev/null); "
         "git push -q origin HEAD:main 'refs/replace/*:refs/replace/*'");
  EXPECT_THAT(ran.err, HasSubstr("Points: 3 of 3")) << ran.out;
  EXPECT_EQ(Sql("SELECT submitted > 1600000000 FROM attempt"), "1\n");
}

TEST_F(Push, OfALinkIsRefused) {
  MustDo("ln -s /etc/passwd anna/passwd");
  const std::string told = Handed(kRight);
  EXPECT_THAT(told, HasSubstr("three: not graded: what was pushed/passwd: a link"));
  EXPECT_THAT(told, HasSubstr("anna has no mark in three: refused."));
  EXPECT_EQ(Marks(), (json{{"anna", nullptr}}));
}

TEST_F(Push, LeavesSubmodulesOut) {
  Hand("anna/main.sh", kRight);
  Hand("anna/.gitmodules", "[submodule \"s\"]\n path = sub\n url = ../joan.git\n");
  MustDo(
      "cd anna; git add -A; git update-index --add --cacheinfo "
      "160000,0123456789012345678901234567890123456789,sub; git commit -q -m sub");
  const Ran ran = Do("git -C anna push -q origin HEAD:main");
  EXPECT_THAT(ran.err, HasSubstr("Points: 3 of 3"));
}

TEST_F(Push, OfTagsOtherBranchesAndNothingIsNoSubmission) {
  const std::string told = Handed(kRight, "HEAD:refs/tags/v1 HEAD:draft");
  EXPECT_THAT(told, HasSubstr("refs/tags/v1 is no branch"));
  EXPECT_THAT(told, HasSubstr("draft is not a branch that is graded; that is main"));
  EXPECT_EQ(Pushed("anna", ":draft"), "");
  EXPECT_FALSE(HasBook());
}

TEST_F(Push, OfManyIsGradedInPart) {
  MustDo(
      "git -C anna.git config plumbline.studentFrom branch; "
      "git -C anna.git config plumbline.path nowhere");
  std::string refs;
  for (int i = 0; i < 10; ++i) refs += " HEAD:s" + std::to_string(i);
  const std::string told = Handed(kRight, refs);
  EXPECT_THAT(told, HasSubstr("no folder of an exercise is in what was pushed"));
  EXPECT_THAT(told, Not(HasSubstr("s7: not graded")));
  EXPECT_THAT(told, HasSubstr("s8: not graded, too many at once"));
  EXPECT_THAT(told, HasSubstr("s9: not graded, too many at once"));
}

// The machine fails (a socket cannot be where a file is): nobody's zero, and somebody to ask.
TEST_F(Push, HasNoGradeWhenTheMachineFails) {
  WriteExercise("three", "files: {far: {}}, peers: {far: {kind: echo, path: far}}");
  const std::string told = Handed(kRight);
  EXPECT_THAT(told, HasSubstr("no grade: the machine could not grade it. This is not your "
                              "program's fault; ask nuria@example.org."));
  EXPECT_THAT(told, HasSubstr("The marks are as they were."));
  EXPECT_THAT(Log(), HasSubstr("anna, three, status 3"));
  EXPECT_THAT(Do("$P gradebook --gradebook book.db --student anna").out,
              HasSubstr("scenario plain: "));
  EXPECT_EQ(Marks(), (json{{"anna", nullptr}}));
}

TEST_F(Push, HasNoGradeWithoutTheGradebook) {
  Hand("book.db", std::string(200, 'x'));
  EXPECT_THAT(Handed(kRight), HasSubstr("no grade: the gradebook cannot be read"));
  EXPECT_THAT(Log(), HasSubstr("not a database"));
}

// What is wrong with an exercise may be what it hides.
TEST_F(Push, DoesNotTellWhatAnExerciseHides) {
  WriteExercise("three", "", "  - {id: secret, output.text: {lnes: [hidden]}}\n");
  const std::string told = Handed(kRight);
  EXPECT_THAT(told, HasSubstr("no grade: an exercise is not in order"));
  EXPECT_THAT(told, Not(HasSubstr("lnes")));
  EXPECT_THAT(Log(), HasSubstr("lnes"));
  EXPECT_FALSE(HasBook());
}

TEST_F(Push, IsNotGradedByWhatItBrings) {
  Hand("anna/three/exercise.yaml", "format: 1\n");
  Hand("anna/.plumbline.yaml", "exercise: four\n");
  Hand("anna/hooks/post-receive", "exit 1\n");
  EXPECT_THAT(Handed(kHalf), HasSubstr("Points: 1 of 3"));
}

TEST_F(Push, MayHaveSeveralExercises) {
  WriteExercise("tres", "");
  MustDo("git -C anna.git config --add plumbline.exercise $T/tres");
  Hand("anna/three/main.sh", kHalf);
  Hand("anna/tres/main.sh", kRight);
  (void)Pushed("anna");
  EXPECT_EQ(Marks("three"), (json{{"anna", 1.0}}));
  EXPECT_EQ(Marks("tres"), (json{{"anna", 3.0}}));
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "pages/tres/anna.html"));
}

TEST_F(Push, IsOfWhoIsInTheClass) {
  Enrol("joan");
  Hand("roster.csv", "id,name\nu1,anna\n");
  MustDo(
      "git -C anna.git config plumbline.roster $T/roster.csv; "
      "git -C joan.git config plumbline.roster $T/roster.csv");
  EXPECT_THAT(Handed(kRight), HasSubstr("It is in the gradebook."));
  Hand("joan/main.sh", kRight);
  EXPECT_THAT(Pushed("joan"), HasSubstr("three: not graded: nobody in the roster is 'joan'"));
  EXPECT_EQ(Marks(), (json{{"u1", 3.0}}));
}

TEST_F(Push, ComesFromWhomTheServerSays) {
  MustDo("git -C anna.git config plumbline.studentFrom GL_USER");
  EXPECT_THAT(Handed(kRight), HasSubstr("not graded: '' cannot be a student's name"));
  MustDo("cd anna; git commit -q --allow-empty -m more; GL_USER=mar git push -q origin HEAD:main");
  EXPECT_EQ(Marks(), (json{{"mar", 3.0}}));
}

TEST_F(Push, SaysWhatIsNotSet) {
  MustDo("git -C anna.git config plumbline.program /nowhere/plumbline");
  EXPECT_THAT(Handed(kRight), HasSubstr("no grade: plumbline is not installed"));
  MustDo("git -C anna.git config --unset plumbline.exercise");
  EXPECT_THAT(Handed(kHalf), HasSubstr("no grade: no exercise is set"));
}

// Whoever hangs up has a grade all the same.
TEST_F(Push, IsGradedWhenNobodyListens) {
  MustDo("git -C anna.git config core.hooksPath /dev/null");
  (void)Handed(kRight);
  MustDo(
      "cd anna.git; exec {gone}> >(:); wait $!\n"
      "printf '%s %s refs/heads/main\\n' $(git rev-parse main main) "
      "| GIT_DIR=. bash hooks/post-receive >&$gone");
  EXPECT_EQ(Marks(), (json{{"anna", 3.0}}));
}

TEST_F(Push, LeavesNothingWhenItIsEnded) {
  Hand("ender", "#!/bin/bash\nkill -TERM $PPID\n");
  Hand("anna/main.sh", kRight);
  MustDo(
      "chmod +x ender; "
      "git -C anna.git config plumbline.program $T/ender");
  (void)Pushed("anna");
  EXPECT_FALSE(HasBook());
}

// What one left who was killed; not what one uses who still grades.
TEST_F(Push, RemovesWhatAnotherLeft) {
  MustDo(
      "mkdir tmp/plumbline-push-dead tmp/plumbline-push-alive; touch "
      "tmp/plumbline-push-{dead,alive}/lock\n"
      "exec 7> tmp/plumbline-push-alive/lock; flock 7\n"
      "echo 'exit 3' > anna/main.sh; handed anna; git -C anna push -q origin HEAD:main\n"
      "test -e tmp/plumbline-push-alive; test ! -e tmp/plumbline-push-dead");
  MustDo("rm -r tmp/plumbline-push-alive");
}

}  // namespace
}  // namespace plumbline::e2e
