// SPDX-License-Identifier: MIT
// A class, from its folder to its marks, as a teacher does it.
#include <gmock/gmock.h>
#include <signal.h>

#include "classroom.h"

namespace plumbline::e2e {
namespace {

using nlohmann::json;
using ::testing::AnyOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

class Class : public Classroom {
 protected:
  Class() {
    Hand("anna/main.sh", kRight);
    Hand("joan/main.sh", kHalf);
    Hand("mar/main.sh", kRight);
  }
};

TEST_F(Class, IsGraded) {
  const Ran ran = Grade();
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("3 graded, 2 of them passed; 0 unchanged; 0 refused; 0 in error"));
  EXPECT_EQ(Marks(), (json{{"anna", 3.0}, {"joan", 1.0}, {"mar", 3.0}}));
  EXPECT_THAT(Do("$P gradebook").out, HasSubstr("joan     joan  1/3"));
}

TEST_F(Class, ShowsHowFarItIs) {
  for (int i = 0; i < 17; ++i)
    Hand("s" + std::to_string(i) + "/main.sh", "# " + std::to_string(i) + "\n" + kRight);
  const std::string line = "$P grade --exercise three --submissions class";
  const Ran shown = Do("script -qec \"" + line + "\" /dev/null");
  EXPECT_EQ(shown.status, 0) << shown.out;
  EXPECT_THAT(shown.out, HasSubstr("three: [....................] 0/19"));
  EXPECT_THAT(shown.out, HasSubstr("three: [....................] 0/19; running "));
  // With each that is done, and what is left of the time.
  for (int done = 1; done < 19; ++done)
    EXPECT_THAT(shown.out, ContainsRegex(" " + std::to_string(done) + "/19, [^;]* left; "));
  EXPECT_THAT(shown.out, HasSubstr("three: [################....] 16/19, "));
  EXPECT_EQ(Do(line).err, "") << "nobody looks";
}

TEST_F(Class, HasAPage) {
  (void)folder_.Write("class.csv", "id,name\nanna,Anna B\njoan,Joan\nmar,Mar\nzoe,Zoe\n");
  (void)Grade("--roster class.csv");
  const Ran alone = Do("$P report class gradebook.db");
  ASSERT_EQ(alone.status, 0) << alone.err;
  EXPECT_THAT(alone.out, HasSubstr("Handed in: 3 of 4 · mean 2.33 of 3 · median 3"));
  EXPECT_THAT(alone.out, HasSubstr("<code>status</code>"));
  EXPECT_THAT(alone.out, Not(HasSubstr("<a href=\"attempts")));
  EXPECT_EQ(Do("$P report class gradebook.db -o pages/ --lang ca").status, 0);
  const std::string index = Content(folder_.path() / "pages/index.html");
  EXPECT_THAT(index, HasSubstr("Anna B"));
  const size_t link = index.find("attempts/");
  ASSERT_NE(link, std::string::npos);
  const std::string page = index.substr(link, index.find('"', link) - link);
  EXPECT_THAT(Content(folder_.path() / "pages" / page), HasSubstr("<h1>Three (three)</h1>"));
  // Without the stroke too; and a mark without a hand-in is one.
  EXPECT_EQ(Do("$P gradebook --student zoe --exercise three --adjust 2 --reason seen").status, 0);
  const Ran other = Do("$P report class gradebook.db -o others --lang ca");
  EXPECT_THAT(Content(folder_.path() / "others/index.html"), HasSubstr("mitjana 2.25 de 3"));
  EXPECT_EQ(Do("$P report class nothing.db").status, 2);
  EXPECT_EQ(Do("touch file; $P report class gradebook.db -o file/pages/").status, 3);
}

// In another language than that of the grades, where the exercise is here as it was; and with the
// files that are still there.
TEST_F(Class, HasAPageInTheReadersLanguage) {
  (void)Grade("--lang en");
  const auto page = [&](const std::string& exercises) {
    const Ran ran = Do(exercises + " $P report class gradebook.db -o pages/ --lang ca");
    EXPECT_EQ(ran.status, 0) << ran.err;
    const std::string index = Content(folder_.path() / "pages/index.html");
    const size_t link = index.find("attempts/", index.find("<summary>"));
    const std::string name = index.substr(link, index.find('"', link) - link);
    return ran.err + index + Content(folder_.path() / "pages" / name);
  };
  const std::string here = page("PLUMBLINE_EXERCISES=$PWD");
  EXPECT_THAT(here, HasSubstr("ha acabat amb estat 0"));
  EXPECT_THAT(here, Not(AnyOf(HasSubstr("ended with status"), HasSubstr("note: "))));
  EXPECT_THAT(here, HasSubstr("<code>echo three</code>")) << "her source";

  Hand("joan/main.sh", std::string(kHalf) + "# another one now\n");
  WriteExercise("3", "args: [x]");
  const std::string gone = page("PLUMBLINE_EXERCISES=$PWD");
  EXPECT_THAT(gone, HasSubstr("note: findings stay in the language of the grades, en"));
  EXPECT_THAT(gone, HasSubstr("ended with status 0"));
  EXPECT_THAT(gone, Not(HasSubstr("<code>echo three</code>")));
  EXPECT_THAT(page(""), HasSubstr("note: findings stay in the language of the grades, en"));
}

// Nor do those that were not built keep the language of their grades.
TEST_F(Class, TellsWhatWasNotBuiltInTheReadersLanguage) {
  Hand("joan/main.sh", "if\n");
  (void)Grade("--lang en");
  const auto page = [&](const std::string& lang) {
    const Ran ran =
        Do("PLUMBLINE_EXERCISES=$PWD $P report class gradebook.db -o pages --lang " + lang);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.err + Do("cat pages/attempts/2.html").out;
  };
  EXPECT_THAT(page("en"), HasSubstr("Your program could not be built."));
  const std::string told = page("ca");
  EXPECT_THAT(told, HasSubstr("ha pogut compilar."));
  EXPECT_THAT(told, HasSubstr("syntax error")) << "what the compiler said";
  EXPECT_THAT(told, Not(AnyOf(HasSubstr("could not be built"), HasSubstr("note: "))));
}

// What was not built loses what there is to lose now.
TEST_F(Class, JudgesWhatWasNotBuiltAgain) {
  Hand("joan/main.sh", "if\n");
  (void)Grade();
  WriteExercise("0");
  EXPECT_THAT(Do("$P regrade --exercise three").out, HasSubstr("3 judged again"));
  EXPECT_EQ(Marks().at("joan"), 0.0);
  const Ran page = Do("PLUMBLINE_EXERCISES=$PWD $P report class gradebook.db --lang ca");
  EXPECT_THAT(page.err, Not(HasSubstr("note: "))) << "all are of the exercise as it is";
}

TEST_F(Class, IsNotRunAgain) {
  (void)Grade();
  Hand("joan/main.sh", kRight);
  const Ran ran = Grade();
  EXPECT_THAT(ran.out, HasSubstr("1 graded, 1 of them passed; 2 unchanged"));
  EXPECT_EQ(Marks().at("joan"), 3.0);
}

TEST_F(Class, ListsWhatGetsNoGrade) {
  Hand("nora/notes.txt", "nothing");
  Hand("quim.zip", "no archive");
  const Ran ran = Grade();
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("2 refused"));
  EXPECT_THAT(ran.out, HasSubstr("refused: nora, three: "));
  EXPECT_THAT(ran.out, HasSubstr("the archive cannot be read"));
  EXPECT_EQ(Marks().at("nora"), nullptr);
}

// Who hands in the same is graded with it, and told by her own name.
TEST_F(Class, GradesTheSameOnce) {
  Hand("nora/main.c", "int main(void) { return 3; }\n");
  Hand("oriol/main.c", "int main(void) { return 3; }\n");
  const Ran ran = Grade();
  EXPECT_THAT(ran.out, HasSubstr("refused: nora, three: "));
  EXPECT_THAT(ran.out, HasSubstr("refused: oriol, three: "));
  EXPECT_THAT(ran.out, HasSubstr("3 graded"));
}

// A socket cannot be where a file is: the machine fails, and that is nobody's zero.
TEST_F(Class, IsNotToBlameForTheMachine) {
  WriteExercise("3", "files: {far: {}}, peers: {far: {kind: echo, path: far}}");
  const Ran ran = Grade();
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.out, HasSubstr("0 graded, 0 of them passed; 0 unchanged; 0 refused; 3 in error"));
  EXPECT_THAT(ran.out, HasSubstr("error: anna, three: scenario plain: "));
  EXPECT_EQ(Marks().at("anna"), nullptr);
  WriteExercise("3");
  EXPECT_THAT(Grade().out, HasSubstr("3 graded, 2 of them passed; 0 unchanged"));
}

// One submission, as it comes in: the mark and the report are of one run.
TEST_F(Class, TakesOne) {
  const auto check = [&](const std::string& words) {
    return Do("$P check three " + words + " --gradebook book.db");
  };
  const auto marks = [&] { return Do("$P export --gradebook book.db").out; };
  const Ran half = check("class/joan --student joan");
  EXPECT_EQ(half.status, 1) << half.err;
  EXPECT_THAT(half.out, HasSubstr("Points: 1 of 3"));
  EXPECT_THAT(marks(), HasSubstr("joan,joan,,,1\r\n"));
  EXPECT_EQ(check("class/anna --student joan").status, 0);
  EXPECT_THAT(marks(), HasSubstr("joan,joan,,,3\r\n")) << "the best of two";
  EXPECT_EQ(Do("$P regrade --exercise three --gradebook book.db").out, "2 judged again\n");
  (void)folder_.Write("roster.csv", "id,name\nu1,Anna\n");
  EXPECT_EQ(check("class/anna --student anna --roster roster.csv").status, 0);
  EXPECT_THAT(marks(), HasSubstr("u1,Anna,,,3\r\n"));
  const Ran stranger = check("class/anna --student mar --roster roster.csv");
  EXPECT_EQ(stranger.status, 2);
  EXPECT_THAT(stranger.err, HasSubstr("nobody in the roster is 'mar'"));
  EXPECT_THAT(marks(), Not(HasSubstr("mar")));
}

// The same as before, and the exercise too: the report is of the runs that were kept.
TEST_F(Class, TakesTheSameWithoutRunningItAgain) {
  Hand("mar/main.sh", "if\n");
  const auto check = [&](const std::string& who, const std::string& more = "") {
    return Do("$P check three class/" + who + " --student " + who + " --gradebook book.db " + more);
  };
  for (const char* who : {"anna", "joan", "mar"}) {
    const Ran first = check(who);
    EXPECT_THAT(first.err, Not(HasSubstr("not run again")));
    const Ran again = check(who);
    EXPECT_THAT(again.err, HasSubstr("note: nothing has changed"));
    EXPECT_EQ(std::pair(again.status, again.out), std::pair(first.status, first.out));
  }
  EXPECT_THAT(check("anna", "--no-cache").err, Not(HasSubstr("not run again")));
  EXPECT_THAT(check("anna", "--record runs").err, Not(HasSubstr("not run again")));
  WriteExercise("0");
  EXPECT_THAT(check("joan").err, Not(HasSubstr("not run again")));
}

TEST_F(Class, TakesWhatGetsNoGrade) {
  const auto story = [&](const std::string& who) {
    return Do("$P gradebook --student " + who).out;
  };
  (void)folder_.Write("empty/notes.txt", "nothing");
  EXPECT_EQ(Do("$P check three empty --student anna").status, 2);
  EXPECT_THAT(story("anna"), HasSubstr("three: refused\n"));
  EXPECT_THAT(story("anna"), HasSubstr("no source file"));
  EXPECT_EQ(Do("$P check three nowhere --student joan").status, 2);
  EXPECT_THAT(story("joan"), HasSubstr("there is no such file"));
  WriteExercise("3", "files: {far: {}}, peers: {far: {kind: echo, path: far}}");
  EXPECT_EQ(Do("$P check three class/mar --student mar").status, 3);
  EXPECT_THAT(story("mar"), HasSubstr("three: error\n"));
  EXPECT_THAT(story("mar"), HasSubstr("scenario plain: "));
}

TEST_F(Class, TakesNothingByMistake) {
  const auto told = [&](const std::string& words) {
    const Ran ran = Do("$P check three class/anna " + words);
    EXPECT_EQ(ran.status, 2) << words;
    return ran.err;
  };
  EXPECT_THAT(told("--gradebook book.db"), HasSubstr("--student"));
  EXPECT_THAT(told("--roster roster.csv"), HasSubstr("--student"));
  EXPECT_THAT(told("--student anna --watch"), HasSubstr("is run as every submission is"));
  EXPECT_THAT(told("--student anna --under signals"), HasSubstr("is run as every submission is"));
  EXPECT_THAT(told("--student anna --roster none.csv"), HasSubstr("none.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "gradebook.db"));
}

TEST_F(Class, IsThatOfTheRoster) {
  (void)folder_.Write("roster.csv", "id,name\nu1,Anna\nu2,Joan\nu3,Pere\n");
  const Ran ran = Grade("--roster roster.csv");
  EXPECT_THAT(ran.err, HasSubstr("mar: nobody of that name in the roster; left out"));
  EXPECT_EQ(Marks(), (json{{"u1", 3.0}, {"u2", 1.0}, {"u3", nullptr}}));
}

TEST_F(Class, IsJudgedAgainWithoutRunning) {
  (void)Grade();
  WriteExercise("0");
  const Ran ran = Do("$P regrade --exercise three");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("anna, three: 3 -> 1 (status 2 -> 0, not passed now)"));
  EXPECT_THAT(ran.out, HasSubstr("joan, three: 1 -> 3 (status 0 -> 2, passed now)"));
  EXPECT_THAT(ran.out, HasSubstr("3 judged again"));
  EXPECT_EQ(Marks(), (json{{"anna", 1.0}, {"joan", 3.0}, {"mar", 1.0}}));
  EXPECT_THAT(Do("$P gradebook --student joan").out, HasSubstr("1 -> 3: status 0 -> 2"));
}

// What was run is another thing: recordings of it say nothing of the scenario as it is now.
TEST_F(Class, IsNotJudgedByOtherRuns) {
  (void)Grade();
  WriteExercise("3", "args: [x]");
  const Ran ran = Do("$P regrade --exercise three");
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.err, HasSubstr("anna, three: cannot be judged again: scenario plain is another "
                                 "one than was run"));
  EXPECT_EQ(Marks().at("anna"), 3.0);
  EXPECT_THAT(Grade().out, HasSubstr("3 graded, 2 of them passed; 0 unchanged"));
  // Where it stands in the file is nothing to its runs.
  (void)folder_.Write("three/exercise.yaml",
                      "# New.\n\n" + Content(folder_.path() / "three/exercise.yaml"));
  EXPECT_EQ(Do("$P regrade --exercise three").status, 0);
}

TEST_F(Class, TellsWhoPassesOnlyNow) {
  (void)Grade();
  (void)folder_.Write("three/exercise.yaml",
                      Content(folder_.path() / "three/exercise.yaml") + "passing: 1\n");
  const Ran ran = Do("$P regrade --exercise three");
  EXPECT_THAT(ran.out, HasSubstr("joan, three: 1 -> 1 (passed now)"));
  EXPECT_THAT(Do("$P gradebook --student joan").out, HasSubstr("1 -> 1: passed now"));
}

TEST_F(Class, KeepsWhatTheRosterSaid) {
  (void)folder_.Write("roster.csv", "id,name,email\nu1,Anna,a@x\nu2,Joan,\nu3,Mar,\n");
  (void)Grade("--roster roster.csv");
  const Ran ran = Grade();
  EXPECT_THAT(ran.out, HasSubstr("3 unchanged"));
  EXPECT_THAT(Do("$P export").out, HasSubstr("\r\nu1,Anna,a@x,,3\r\n"));
  EXPECT_EQ(Marks().size(), 3U);
}

TEST_F(Class, TakesMoodlesFilesTogether) {
  Hand("../moodle/Anna Mas_1_assignsubmission_file_main.sh", ". ./util.sh\nexit 3\n");
  Hand("../moodle/Anna Mas_1_assignsubmission_file_util.sh", "echo three\n");
  const Ran ran = Do("$P grade --exercise three --submissions moodle");
  EXPECT_THAT(ran.out, HasSubstr("1 graded")) << ran.err;
  EXPECT_EQ(Marks().at("Anna Mas").is_null(), false) << ran.out;
}

// All that is known of a mark, for people and for programs.
TEST_F(Class, TellsHowAMarkCameAbout) {
  (void)Grade();
  (void)Do("$P gradebook --exercise three --due 2020-01-01 --late 1 --attempts last");
  (void)Do("$P gradebook --student joan --exercise three --extend 48 --reason ill");
  (void)Do("$P gradebook --student joan --exercise three --adjust 2 --reason 'on paper'");
  const std::string told = Do("$P gradebook --student joan").out;
  EXPECT_THAT(told, HasSubstr("the last attempt counts; due 2020-01-01 23:59, 1 % off"));
  EXPECT_THAT(told, HasSubstr("2 d more: ill"));
  EXPECT_THAT(told, HasSubstr("adjusted: 2, on paper"));
  const json story = json::parse(Do("$P gradebook --student joan --json").out);
  EXPECT_EQ(story.at("student").at("id"), "joan");
  const json& three = story.at("exercises").at(0);
  EXPECT_EQ(three.at("policies").back().at("late_percent"), 1);
  EXPECT_EQ(three.at("extensions").at(0).at("reason"), "ill");
  EXPECT_EQ(three.at("adjustments").at(0).at("points"), 2.0);
  EXPECT_EQ(three.at("hand_ins").at(0).at("counts"), true);
  EXPECT_EQ(Do("$P gradebook --exercise three --due none").status, 0);
  EXPECT_THAT(Do("$P gradebook --student joan").out, Not(HasSubstr("due")));
}

TEST_F(Class, IsAskedFor) {
  (void)folder_.Write("roster.csv", "id,name,section\nanna,,A\njoan,,A\nmar,,B\nzoe,Zoe,B\n");
  Hand("zoe/notes.txt", "no program");
  (void)Grade("--roster roster.csv");
  EXPECT_THAT(Do("$P gradebook").out, HasSubstr("zoe      Zoe   refused"));
  const auto seen = [&](const std::string& options) { return Do("$P gradebook " + options).out; };
  EXPECT_THAT(seen("--section B"), ::testing::AllOf(HasSubstr("mar"), Not(HasSubstr("anna"))));
  EXPECT_THAT(seen("--state failed"), ::testing::AllOf(HasSubstr("joan"), Not(HasSubstr("anna"))));
  EXPECT_THAT(seen("--state refused"), ::testing::AllOf(HasSubstr("zoe"), Not(HasSubstr("joan"))));
  EXPECT_EQ(Do("$P gradebook --exercise none").status, 2);
  EXPECT_EQ(Do("$P export --exercise three").status, 2);
  EXPECT_EQ(Do("$P export --worksheet roster.csv").status, 2);
}

TEST_F(Class, FollowsTheTeacher) {
  (void)Grade();
  EXPECT_EQ(
      Do("$P gradebook --student joan --exercise three --adjust 1.5 --reason 'on paper'").status,
      0);
  EXPECT_EQ(Marks().at("joan"), 2.5);
  EXPECT_THAT(Do("$P gradebook --student joan").out, HasSubstr("adjusted: 1.5, on paper"));
  const Ran silent = Do("$P gradebook --student joan --exercise three --adjust 1");
  EXPECT_EQ(silent.status, 2);
  EXPECT_THAT(silent.err, HasSubstr("--reason"));
  EXPECT_EQ(Do("$P gradebook --exercise three --due 2020-01-01 --late 1").status, 0);
  EXPECT_EQ(Marks().at("anna"), 0.0) << "a hundred days late";
  EXPECT_EQ(Do("$P gradebook --student anna --exercise three --extend 200000 --reason ill").status,
            0);
  EXPECT_EQ(Marks().at("anna"), 3.0);
}

TEST_F(Class, IsExported) {
  (void)Grade();
  EXPECT_EQ(Do("$P export").out,
            "id,name,email,section,three\r\nanna,anna,,,3\r\njoan,joan,,,1\r\nmar,mar,,,3\r\n");
  EXPECT_THAT(Do("$P export --format canvas").out, HasSubstr("Points Possible,,,,,3\r\n"));
  (void)folder_.Write("sheet.csv", "Full name,Grade\nJoan,\n");
  EXPECT_EQ(
      Do("$P export --format moodle --worksheet sheet.csv --exercise three -o out.csv").status, 0);
  EXPECT_EQ(Content(folder_.path() / "out.csv"), "Full name,Grade\r\nJoan,1\r\n");
}

TEST_F(Class, GoesOnWhereItWasKilled) {
  for (int i = 0; i < 40; ++i)
    Hand("s" + std::to_string(i) + "/main.sh", "# " + std::to_string(i) + "\n" + kRight);
  // Killed as soon as the first results are there.
  (void)Do(
      "$P grade --exercise three --submissions class & "
      "while n=$(sqlite3 gradebook.db 'select count(*) from result' 2>/dev/null); "
      "[ \"${n:-0}\" -eq 0 ]; do kill -0 $! 2>/dev/null || break; done; kill -9 $!; wait");
  const int safe = std::stoi(Do("sqlite3 gradebook.db 'select count(*) from result'").out);
  EXPECT_GT(safe, 0);
  const Ran again = Grade();
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr(std::to_string(safe) + " unchanged"));
  EXPECT_EQ(Marks().size(), 43U);
  EXPECT_EQ(Do("sqlite3 gradebook.db 'select count(*) from result'").out, "43\n");
}

class Hundred : public Classroom {
 protected:
  static constexpr int kFork = 20;
  static constexpr int kHang = 41;
  static constexpr int kFlood = 42;

  static bool IsOfThree(int number) {
    return number == kFork || number == kHang || number == kFlood;
  }
  static std::string NameOf(int number) { return std::to_string(1000 + number); }
  // Right, half, silent, killed: each of the 97 in a text of her own, for the same is graded once.
  void HandIn() const {
    const std::vector<std::string> kinds = {kRight, kHalf, "exit 3\n", "echo three\nkill -9 $$\n"};
    for (int i = 0; i < 100; ++i) {
      if (!IsOfThree(i)) Hand(NameOf(i) + "/main.sh", "# " + NameOf(i) + "\n" + kinds[i % 4]);
    }
  }
  void HandInTheThree() const {
    Hand(NameOf(kFork) + "/main.sh", "f() { f | f & }; f\nwait\n");
    Hand(NameOf(kHang) + "/main.sh", "sleep infinity | cat\n");
    Hand(NameOf(kFlood) + "/main.sh", "head -c 1073741824 /dev/zero\n");
  }
  // All that is told of each student, but what it took.
  json GradesIn(const std::string& book) const {
    const Ran ran = Do("sqlite3 " + book +
                       " 'select json_group_object(student, json(grade))"
                       " from result join attempt on id = attempt'");
    return WithoutTimes(json::parse(ran.out));
  }
};

// One forks, one hangs, one prints a gigabyte: the other 97 do not notice.
TEST_F(Hundred, DoNotSufferFromThree) {
  HandIn();
  const Ran without = Grade("--gradebook without.db");
  EXPECT_EQ(without.status, 0) << without.err;
  EXPECT_THAT(without.out, HasSubstr("97 graded, 48 of them passed; 0 unchanged"));
  HandInTheThree();
  const Ran with = Grade("--gradebook with.db");
  EXPECT_EQ(with.status, 0) << with.err;
  EXPECT_THAT(with.out, HasSubstr("100 graded, 48 of them passed; 0 unchanged"));

  const json before = GradesIn("without.db");
  json after = GradesIn("with.db");
  for (const int one : {kFork, kHang, kFlood}) {
    EXPECT_EQ(after.at(NameOf(one)).at("points"), 0) << NameOf(one);
    after.erase(NameOf(one));
  }
  EXPECT_EQ(before.size(), 97U);
  EXPECT_EQ(after, before) << json::diff(before, after).dump(2);
}

TEST_F(Class, TellsWhatATeacherForgot) {
  (void)Grade();
  const auto told = [&](const std::string& line) {
    const Ran ran = Do("$P " + line);
    EXPECT_EQ(ran.status, 2) << line;
    return ran.err;
  };
  EXPECT_THAT(told("gradebook --due tomorrow --exercise three"),
              HasSubstr("'tomorrow' is no time"));
  EXPECT_THAT(told("gradebook --due 2026-02-31 --exercise three"), HasSubstr("is no time"));
  EXPECT_THAT(told("gradebook --adjust nan --student anna --exercise three --reason x"),
              HasSubstr("cannot be adjusted by that"));
  EXPECT_THAT(told("gradebook --late 5"), HasSubstr("of which exercise?"));
  EXPECT_THAT(told("gradebook --late 5 --exercise four"), HasSubstr("no exercise 'four'"));
  EXPECT_THAT(told("gradebook --adjust 1 --reason why"), HasSubstr("whose mark"));
  EXPECT_THAT(told("gradebook --adjust 1 --reason why --student nobody --exercise three"),
              HasSubstr("no student 'nobody'"));
  EXPECT_THAT(told("gradebook --student nobody"), HasSubstr("no student 'nobody'"));
  EXPECT_THAT(told("export --format moodle"), HasSubstr("--worksheet FILE --exercise ID"));
  EXPECT_THAT(told("export --format moodle --worksheet none.csv --exercise three"),
              HasSubstr("none.csv"));
  (void)folder_.Write("bad.csv", "id,name\nu1,\"Anna\n");
  EXPECT_THAT(told("grade --exercise three --submissions class --roster bad.csv"),
              HasSubstr("a quote that is never closed"));
  EXPECT_THAT(told("grade --exercise three --submissions class --roster none.csv"),
              HasSubstr("none.csv"));
}

TEST_F(Class, RefusesWhatIsMissing) {
  EXPECT_EQ(Do("$P grade --exercise three --submissions none").status, 2);
  EXPECT_EQ(Do("$P grade --exercise none --submissions class").status, 2);
  EXPECT_EQ(Do("$P gradebook --gradebook none.db").status, 2);
  (void)folder_.Write("text.db",
                      "this is a text that is long enough to be taken for a database, "
                      "which begins with a header of a hundred bytes, all its own.");
  const Ran ran = Grade("--gradebook text.db");
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("not a database"));
}

}  // namespace
}  // namespace plumbline::e2e
