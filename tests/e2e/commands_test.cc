// SPDX-License-Identifier: MIT
// The commands as a student, a teacher and a script of CI give them, with what goes wrong there.
#include <gmock/gmock.h>

#include "program.h"

namespace plumbline::e2e {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

// A right and a wrong program for pipe-chain.
const std::string kRight = kExercises / "pipe-chain/solutions/c";
const std::string kWrong = kExercises / "pipe-chain/wrong/appends";
const std::string kLost = kExercises / "pipe-chain/wrong/parent-keeps-write-end";

class Commands : public ::testing::Test {
 protected:
  Ran Do(const std::string& line) const {
    return Shell("RIGHT=" + kRight + " WRONG=" + kWrong + " LOST=" + kLost + "; " + line,
                 folder_.path());
  }
  // Status 2 or 3 and nothing on standard output; on standard error what is wrong and what to do.
  void ExpectRefused(const std::string& line, int status, const std::string& what) const {
    const Ran ran = Do(line);
    EXPECT_EQ(ran.status, status) << line << "\n" << ran.err;
    EXPECT_THAT(ran.out, IsEmpty()) << line;
    EXPECT_THAT(ran.err, AllOf(StartsWith("plumbline: "), HasSubstr(what), HasSubstr("\n  ")))
        << line;
  }
  const Folder folder_;
};

// --- What is asked in a right way.

TEST_F(Commands, ListShowAndStart) {
  EXPECT_THAT(Do("$P list").out, HasSubstr("pipe-chain"));
  const json list = json::parse(Do("$P list --json").out);
  EXPECT_GE(list.size(), 6u);
  EXPECT_THAT(Do("$P show pipe-chain").out, HasSubstr("# A chain of pipes"));
  EXPECT_THAT(Do("$P show pipe-chain --lang ca").out, HasSubstr("# Una cadena de pipes"));
  EXPECT_EQ(json::parse(Do("$P show pipe-chain --json").out).at("id"), "pipe-chain");
  const Ran started = Do("$P start pipe-chain --language c work");
  EXPECT_EQ(started.status, 0) << started.err;
  EXPECT_THAT(started.out, HasSubstr("made work/main.c\n"));
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "work/main.c"));
}

TEST_F(Commands, StartNeverOverwrites) {
  folder_.Write("work/main.c", "mine");
  ExpectRefused("$P start pipe-chain --language c work", 2, "work/main.c is there already");
  EXPECT_EQ(Content(folder_.path() / "work/main.c"), "mine");
}

TEST_F(Commands, WhatStartMakesCanBeChecked) {
  const Ran ran =
      Do("$P start fork-return --language c work >/dev/null && $P check fork-return work --json");
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_TRUE(json::parse(ran.out).at("build").at("ok"));
}

TEST_F(Commands, TheStatusOfCheckSaysWhetherItPassed) {
  EXPECT_EQ(Do("$P check pipe-chain $RIGHT").status, 0);
  EXPECT_EQ(
      Do("$P check pipe-chain " + (kExercises / "pipe-chain/wrong/nobody-closes").string()).status,
      1);
  folder_.Write("main.c", "int main(void) { return x; }\n");
  const Ran not_built = Do("$P check pipe-chain main.c");
  EXPECT_EQ(not_built.status, 1);
  EXPECT_THAT(not_built.out, HasSubstr("main.c:1:25: error: "));
}

TEST_F(Commands, JsonIsOneDocumentAndNothingElse) {
  const Ran ran =
      Do("$P check pipe-chain $WRONG --json --report terminal=grade.txt --report json=grade.json");
  EXPECT_EQ(json::parse(ran.out).at("exercise"), "pipe-chain");
  EXPECT_THAT(ran.err, IsEmpty());
  EXPECT_EQ(json::parse(Content(folder_.path() / "grade.json")), json::parse(ran.out));
  EXPECT_THAT(Content(folder_.path() / "grade.txt"), HasSubstr("truncated"));
}

TEST_F(Commands, ReportsGoIntoPipesAndDevicesToo) {
  const Ran ran =
      Do("$P check pipe-chain $RIGHT --json --report terminal=>(tail -n 1 >&2) --report "
         "json=/dev/null "
         "| wc -l; wait");
  EXPECT_THAT(Do("ls -l /dev/null").out, StartsWith("c"));
  EXPECT_GT(std::stoi(ran.out), 100);
  const Ran both = Do("$P check pipe-chain $RIGHT --report json=/dev/stdout");
  EXPECT_THAT(both.out, AllOf(HasSubstr("Points: "), EndsWith("}\n")));
}

TEST_F(Commands, AKeptGradeIsReportedAsCheckReportsIt) {
  const Ran check =
      Do("$P check pipe-chain $LOST --lang ca --json --record runs --report terminal=one.txt "
         "--report junit=one.xml --report markdown=one.md > grade.json");
  ASSERT_EQ(check.status, 1) << check.err;
  for (const std::string format : {"terminal one.txt", "junit one.xml", "markdown one.md"}) {
    const size_t space = format.find(' ');
    const std::string name = format.substr(0, space);
    const std::string file = format.substr(space + 1);
    const Ran report =
        Do("$P report " + name + " grade.json --recordings runs -o two && cmp two " + file);
    EXPECT_EQ(report.status, 0) << name << report.out << report.err;
  }
  EXPECT_EQ(Do("$P report json - < grade.json").out, Content(folder_.path() / "grade.json"));
  EXPECT_THAT(Do("$P report tap grade.json --lang en").err, HasSubstr("language of the grade, ca"));
}

TEST_F(Commands, GithubGetsAnnotationsAndASummary) {
  const Ran ran = Do(
      "mkdir lab1; cp -r $LOST/. lab1; echo before > summary; export GITHUB_STEP_SUMMARY=summary; "
      "$P check pipe-chain lab1 --report github=/dev/stderr");
  EXPECT_THAT(ran.err, AllOf(StartsWith("::stop-commands::plumbline-"),
                             HasSubstr("::error file=lab1/main.c,line=")));
  EXPECT_THAT(Content(folder_.path() / "summary"), StartsWith("before\n## "));
  // Of a step's summary above a mebibyte GitHub shows nothing.
  (void)Do(
      "head -c 1048000 /dev/zero | tr '\\0' x > summary; GITHUB_STEP_SUMMARY=summary "
      "$P check pipe-chain lab1 --report github=/dev/stderr");
  EXPECT_LE(std::filesystem::file_size(folder_.path() / "summary"), 1048576U);
}

TEST_F(Commands, APageOfAKeptGradeHasItsRunsAndItsSource) {
  ASSERT_EQ(Do("$P check pipe-chain $LOST --json --record runs > grade.json").status, 1);
  const Ran page = Do("$P report html grade.json --recordings runs --submission $LOST");
  EXPECT_EQ(page.status, 0) << page.err;
  EXPECT_THAT(page.out, AllOf(HasSubstr("<a href=\"#file-1-line-"), HasSubstr("main.c"),
                              HasSubstr("#include "), HasSubstr("\"events\":[{")));
}

TEST_F(Commands, WhatIsOfAnotherGradeIsRefused) {
  const std::string other = (kExercises / "fork-return/solutions/c").string();
  ASSERT_EQ(Do("$P check pipe-chain $LOST --json > grade.json").status, 1);
  ASSERT_EQ(Do("$P check fork-return " + other + " --record other").status, 0);
  ExpectRefused("$P report markdown grade.json --recordings other", 2,
                "is of another exercise than the grade");
  ExpectRefused("$P report html grade.json --submission $RIGHT", 2,
                "this is not what was graded, or it was changed since");
}

TEST_F(Commands, WhatIsNoGradeIsRefused) {
  folder_.Write("broken.json", "{\"schema\": \"plumbline/grade/1\"}");
  ExpectRefused("$P report junit broken.json", 2,
                "broken.json: this is no grade: version: is missing");
  ExpectRefused("$P report junit none.json", 2, "none.json");
  ExpectRefused("$P report pdf broken.json", 2, "no format 'pdf'; there are terminal, json");
  ExpectRefused("$P check pipe-chain $RIGHT --report pdf=x", 2, "no format 'pdf'");
  ExpectRefused("$P check pipe-chain $RIGHT --report classroom50=x >/dev/null", 3,
                "CLASSROOM is not set");
}

TEST_F(Commands, TwoGradesOfTheSameAreEqual) {
  for (const std::string& submission : {kRight, kWrong}) {
    const Ran one = Do("$P check pipe-chain --json " + submission);
    const Ran two = Do("$P check pipe-chain --json --no-cache " + submission);
    EXPECT_EQ(WithoutTimes(json::parse(one.out)), WithoutTimes(json::parse(two.out)));
  }
}

TEST_F(Commands, TwoChecksAtOnceDoNotDisturbEachOther) {
  const Ran ran =
      Do("$P check pipe-chain $WRONG --json > a & $P check pipe-chain $WRONG --json > b; "
         "$P check echo-server " +
         (kExercises / "echo-server/solutions/py").string() +
         " >/dev/null; "
         "echo $?; wait");
  EXPECT_EQ(ran.out, "0\n") << ran.err;
  EXPECT_EQ(WithoutTimes(json::parse(Content(folder_.path() / "a"))),
            WithoutTimes(json::parse(Content(folder_.path() / "b"))));
}

TEST_F(Commands, RecordingsAreJudgedAsTheRunsWere) {
  const Ran checked = Do("$P check pipe-chain $WRONG --json --record runs");
  const Ran judged = Do("$P evaluate pipe-chain runs --json");
  EXPECT_EQ(judged.status, checked.status) << judged.err;
  EXPECT_EQ(json::parse(judged.out).at("checks"), json::parse(checked.out).at("checks"));
  ExpectRefused("$P evaluate sigusr1 runs", 2, "'pipe-chain'");
  ExpectRefused("$P evaluate pipe-chain nothing.json", 2, "nothing.json");
}

TEST_F(Commands, SchemaDoctorAndVersion) {
  EXPECT_TRUE(json::parse(Do("$P schema").out).contains("$schema"));
  EXPECT_THAT(Do("$P version").out, MatchesRegex("plumbline [0-9.]+\n"));
  const Ran doctor = Do("$P doctor --json");
  EXPECT_EQ(doctor.status == 0, json::parse(doctor.out).at("can_grade").get<bool>());
}

TEST_F(Commands, LintTellsEachMistakeByItsPlace) {
  EXPECT_EQ(Do("$P lint pipe-chain sigusr1").status, 0);
  EXPECT_EQ(
      Do("cd " + (kExercises / "pipe-chain").string() + " && $P lint . && $P lint exercise.yaml")
          .status,
      0);
  folder_.Write("faulty/exercise.yaml", "format: 1\nid: faulty\ntopic: pipes\nnonsense: 1\n");
  const Ran ran = Do("$P lint faulty; $P lint faulty --json");
  EXPECT_THAT(ran.err, HasSubstr("faulty/exercise.yaml:4:"));
  EXPECT_THAT(ran.out, HasSubstr("\"line\": 4"));
  EXPECT_EQ(Do("$P check faulty $RIGHT").status, 2);
}

// --- Languages, colours, widths.

TEST_F(Commands, TheLanguageIsThatOfTheEnvironment) {
  const auto last = [&](const std::string& environment) {
    return Do(environment + " $P check pipe-chain $RIGHT | tail -n 1").out;
  };
  EXPECT_THAT(last("LANG=ca_ES.UTF-8"), StartsWith("Punts:"));
  EXPECT_THAT(last("LANG=es_ES.UTF-8"), StartsWith("Puntos:"));
  EXPECT_THAT(last("LANG=de_DE.UTF-8"), StartsWith("Points:"));
  EXPECT_THAT(last("LANG=es_ES.UTF-8 LC_ALL=ca_ES.UTF-8"), StartsWith("Punts:"));
  EXPECT_THAT(Do("LANG=ca_ES.UTF-8 $P check pipe-chain $RIGHT --lang en | tail -n 1").out,
              StartsWith("Points:"));
}

TEST_F(Commands, ColoursAreForTerminals) {
  const std::string in_terminal =
      "TERM=xterm script -qec '$P check pipe-chain $RIGHT' /dev/null </dev/null";
  EXPECT_THAT(Do("$P check pipe-chain $RIGHT").out, Not(HasSubstr("\033")));
  EXPECT_THAT(Do("$P check pipe-chain $RIGHT --color always").out, HasSubstr("\033["));
  EXPECT_THAT(Do("export RIGHT; " + in_terminal).out, HasSubstr("\033[3"));
  EXPECT_THAT(Do("export RIGHT NO_COLOR=1; " + in_terminal).out, Not(HasSubstr("\033[3")));
}

TEST_F(Commands, ANarrowTerminalGetsNarrowLines) {
  const Ran ran =
      Do("export WRONG; script -qec 'stty cols 40; $P check pipe-chain $WRONG --color never "
         "2>/dev/null' "
         "/dev/null </dev/null | tr -d '\\r' | grep -v '[│┌└]' | wc -L");
  EXPECT_LE(std::stoi(ran.out), 40);
}

// --- Mistakes.

TEST_F(Commands, MistakesOfTheLineEndWith2) {
  ExpectRefused("$P check pipe-chain", 2, "SUBMISSION");
  ExpectRefused("$P check nope $RIGHT", 2, "'nope'");
  ExpectRefused("$P check pipe-chian $RIGHT", 2, "pipe-chian");
  ExpectRefused("touch main.c; $P check main.c pipe-chain", 2, "is a file, not an exercise");
  ExpectRefused("$P --json list", 2, "'--json'");
  ExpectRefused("$P check fork-return $RIGHT --language sh", 2, "sh");
  ExpectRefused("$P list nowhere", 2, "nowhere");
  EXPECT_EQ(Do("$P").status, 2);
}

TEST_F(Commands, SubmissionsThatCannotBeReadEndWith2) {
  ExpectRefused("$P check pipe-chain missing.c", 2, "missing.c");
  ExpectRefused("mkdir empty; $P check pipe-chain empty", 2, "empty");
  ExpectRefused("mkfifo pipe.c; $P check pipe-chain pipe.c", 2, "named pipe");
  ExpectRefused("$P check pipe-chain /dev/zero", 2, "device");
  ExpectRefused("mkdir two; touch two/main.c two/main.py; $P check pipe-chain two", 2,
                "several languages");
  EXPECT_EQ(Do("ln -s $RIGHT/main.c link.c; $P check pipe-chain link.c").status, 0);
}

TEST_F(Commands, WhatThisVersionCannotRunEndsWith2) {
  const std::string head =
      "format: 1\nid: later\ntopic: output\ntitle: {en: L, ca: L, es: L}\nlanguages: [c, cpp, py, "
      "sh]\n";
  const std::string checks =
      "checks:\n  - {id: ends, title: {en: E, ca: E, es: E}, processes.exit: {}}\n";
  for (const char* scenario : {"{under: [interruptions]}", "{under: [signals]}"}) {
    folder_.Write("later/exercise.yaml", head + "scenarios:\n  s: " + scenario + "\n" + checks);
    const Ran ran = Do("$P check later $RIGHT");
    EXPECT_EQ(ran.status, 2) << scenario << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("later/exercise.yaml:")) << scenario;
    EXPECT_THAT(ran.out, IsEmpty());
  }
}

// --- The machine.

// As in many containers.
TEST_F(Commands, RootWithoutItsRightsTakesWhatThereIs) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs: root, to give up a right";
  const std::string less = "setpriv --bounding-set=-sys_admin ";
  const Ran ran = Do(less + "$P check fork-return " +
                     (kExercises / "fork-return/solutions/c").string() + " --json");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(json::parse(ran.out).at("isolation"), "C");
  EXPECT_THAT(Do(less + "$P doctor").out, HasSubstr("root has no CAP_SYS_ADMIN here"));
  ExpectRefused(less + "$P check pipe-chain $RIGHT --isolation B", 3, "isolation B");
}

TEST_F(Commands, OutputThatCannotBeWrittenEndsWith3) {
  for (const char* line :
       {"$P list >/dev/full", "$P list >&-", "$P check pipe-chain $RIGHT >/dev/full",
        "$P check pipe-chain $RIGHT --json >&-", "$P check pipe-chain $RIGHT <&- >&- 2>&-"})
    EXPECT_EQ(Do(line).status, 3) << line;
  ExpectRefused("$P check pipe-chain $RIGHT --report json=none/grade.json >/dev/null", 3,
                "none/grade.json");
  ExpectRefused(
      "export GITHUB_STEP_SUMMARY=none/summary; $P check pipe-chain $RIGHT --report "
      "github=annotations >/dev/null",
      3, "none/summary");
  ExpectRefused("touch file; $P check pipe-chain $RIGHT --record file >/dev/null", 3, "file");
  EXPECT_EQ(Do("$P check pipe-chain $RIGHT <&- 2>&-").status, 0);
}

TEST_F(Commands, AReportThatCannotBeWrittenKeepsNoOtherFromIt) {
  ExpectRefused(
      "$P check pipe-chain $RIGHT --report json=none/grade.json --report junit=grade.xml "
      ">/dev/null",
      3, "none/grade.json");
  EXPECT_THAT(Content(folder_.path() / "grade.xml"), EndsWith("</testsuites>\n"));
}

TEST_F(Commands, AReaderThatLeavesIsNoNews) {
  const Ran ran = Do("$P check pipe-chain $WRONG | head -c 1 | wc -c; echo ${PIPESTATUS[0]}");
  EXPECT_THAT(ran.out, AllOf(HasSubstr("1\n"), MatchesRegex("[^\n]*\n(141|0|1)\n")));
  EXPECT_THAT(ran.err, IsEmpty());
  EXPECT_EQ(Do("(: | :; $P list) | :; echo ${PIPESTATUS[0]}").err, "");
}

// In mount namespaces of their own: what they see is no matter of the machine's.
class Machine : public Commands {
 protected:
  void SetUp() override {
    if (::geteuid() != 0 || Do("unshare -m true").status != 0)
      GTEST_SKIP() << "needs: root, to mount";
  }
  Ran Mounted(const std::string& line) const {
    return Do("export P RIGHT HOME; unshare -m --propagation private bash -c '" + line + "'");
  }
};

TEST_F(Machine, AFullDiskIsAnErrorAndLeavesNoHalfFile) {
  const std::string mount = "mkdir -p small && mount -t tmpfs -o size=4k tmpfs small && ";
  const Ran report = Mounted(
      mount +
      "$P check pipe-chain $RIGHT --report json=small/grade.json >/dev/null; echo $?; ls small");
  EXPECT_EQ(report.out, "3\n");
  EXPECT_THAT(report.err, AllOf(HasSubstr("small/grade.json"), HasSubstr("make room")));
  const Ran record =
      Mounted(mount + "$P check pipe-chain $RIGHT --record small >/dev/null; echo $?");
  EXPECT_EQ(record.out, "3\n");
  const Ran start = Mounted(
      mount +
      "echo > small/full; $P start pipe-chain --language c small/work; echo $?; ls small/work");
  EXPECT_EQ(start.out, "3\n");
  const Ran cache =
      Mounted(mount + "XDG_CACHE_HOME=$PWD/small $P check pipe-chain $RIGHT >/dev/null; echo $?");
  EXPECT_EQ(cache.out, "0\n") << cache.err;  // without a cache it is slower, and that is all
}

TEST_F(Machine, ACompilerThatIsMissingIsNoFaultOfTheStudent) {
  const Ran ran = Mounted(
      "touch none; mount --bind none /usr/bin/gcc; $P check pipe-chain $RIGHT; echo $?; $P doctor "
      "| grep gcc:");
  EXPECT_THAT(ran.out,
              AllOf(StartsWith("3\n"), HasSubstr("gcc: missing"), HasSubstr("apt install gcc")));
  EXPECT_THAT(ran.err, AllOf(HasSubstr("gcc"), HasSubstr("plumbline doctor")));
}

}  // namespace
}  // namespace plumbline::e2e
