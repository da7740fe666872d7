// SPDX-License-Identifier: MIT
// Perturbed runs on the command line: what is refused, and that a run which failed is done again.
#include <gmock/gmock.h>

#include <sstream>
#include <stdexcept>

#include "base/io.h"
#include "program.h"

namespace plumbline::e2e {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

struct Mistake {
  const char* name;
  const char* options;
  const char* told;
};
void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class UnderMistake : public ::testing::TestWithParam<Mistake> {};

TEST_P(UnderMistake, IsRefused) {
  const Folder folder;
  const Ran ran =
      Shell("$P check fork-return " + (kExercises / "fork-return/solutions/c").string() + " " +
                GetParam().options,
            folder.path());
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr(GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(
    All, UnderMistake,
    ::testing::Values(
        Mistake{"NoKind", "--under nonsense", "nonsense"},
        Mistake{"OneRunOfNoScenario", "--under interleavings:3=1", "add --scenario NAME"},
        Mistake{"NoPerturbation", "--scenario seven", "add --under WHAT"},
        Mistake{"Two", "--scenario seven --under turns --under turns", "give --under once"},
        Mistake{"NoScenario", "--scenario nowhere --under turns",
                "no scenario 'nowhere' that is looked at"}),
    [](const ::testing::TestParamInfo<Mistake>& info) { return std::string(info.param.name); });

const json* FailedRunIn(const json& grade) {
  for (const json& scenario : grade.at("scenarios")) {
    if (scenario.contains("failed_run") && !scenario.at("failed_run").is_null())
      return &scenario.at("failed_run");
  }
  return nullptr;
}

int RunsOf(const std::string& options) {
  const Folder folder;
  const Ran ran =
      Shell("$P check shared-counter " + (kExercises / "shared-counter/solutions/py").string() +
                " --json " + options,
            folder.path());
  EXPECT_EQ(ran.status, 0) << ran.err;
  const json grade = json::parse(ran.out);
  for (const json& scenario : grade.at("scenarios")) {
    if (scenario.at("name") == "race") return scenario.at("runs");
  }
  return 0;
}

// Its interpreter makes a thousand calls before the first line: fewer orders than the exercise
// names are within the budget, always as many, and who asks for more gets them.
TEST(Under, AnInterpretersRunsAreFewer) {
  const int runs = RunsOf("");
  EXPECT_GT(runs, 4);
  EXPECT_LT(runs, 25);
  EXPECT_EQ(RunsOf(""), runs);
  EXPECT_EQ(RunsOf("--runs 24"), 25);
  EXPECT_LT(RunsOf("--runs 24 --most-calls 10000"), runs);
}

// By the command that the report names, and from the recording that was kept.
TEST(Under, ARunThatFailedIsDoneAgain) {
  const Folder folder;
  const std::string wrong = (kExercises / "sigusr1/wrong/test-then-pause").string();
  const Ran ran = Shell("$P check sigusr1 " + wrong + " --json --record runs", folder.path());
  ASSERT_LE(ran.status, 1) << ran.err;
  const json grade = json::parse(ran.out);
  const json* failed = FailedRunIn(grade);
  ASSERT_NE(failed, nullptr) << grade.dump(1);
  std::string command = failed->at("replay");
  ASSERT_THAT(command, HasSubstr("plumbline check "));
  command.replace(command.find("plumbline"), 9, "$P");
  if (const size_t place = command.find("SUBMISSION"); place != std::string::npos)
    command.replace(place, 10, wrong);
  const Ran again = Shell(command + " --json", folder.path());
  ASSERT_LE(again.status, 1) << command << again.err;
  EXPECT_TRUE(LossesIn(json::parse(again.out)).contains("any-time")) << command;

  std::string kept;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "runs")) {
    const json recording = json::parse(Content(entry.path()));
    const json& header = recording.at("canonical").at("header");
    if (header.value("perturbation", "").starts_with("signals")) kept = entry.path();
  }
  ASSERT_NE(kept, "");
  const Ran replayed = Shell("$P replay " + kept + " " + wrong + " --json", folder.path());
  ASSERT_LE(replayed.status, 1) << replayed.err;
  EXPECT_THAT(replayed.err, HasSubstr("the same run, byte for byte"));
  EXPECT_TRUE(LossesIn(json::parse(replayed.out)).contains("any-time"));
}

int LineWith(const std::filesystem::path& file, const std::string& text) {
  std::istringstream lines(Content(file));
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.find(text) != std::string::npos) return number;
  }
  return 0;
}

const json& CheckNamed(const json& grade, const std::string& id) {
  for (const json& check : grade.at("checks")) {
    if (check.at("id") == id) return check;
  }
  throw std::runtime_error("no check " + id);
}

// Who came in between whom, at which lines, and what to do about it.
TEST(Under, ALostUpdateIsToldWithItsLines) {
  const Folder folder;
  const Ran ran = Shell("$P check shared-counter " +
                            (kExercises / "shared-counter/wrong/no-lock").string() + " --json",
                        folder.path());
  ASSERT_LE(ran.status, 1) << ran.err;
  const json grade = json::parse(ran.out);
  const json& finding = CheckNamed(grade, "no-lost-updates").at("findings").at(0);
  const std::string line =
      std::to_string(LineWith(kExercises / "shared-counter/wrong/no-lock/main.c", "++*counter"));
  EXPECT_THAT(
      finding.at("evidence").dump(),
      HasSubstr("went on first, to read from shared memory at main.c:" + line +
                "; child 1 of your program (process 3) still had to write back, at main.c:" + line +
                ", what it had read from shared memory."));
  EXPECT_THAT(finding.at("next"), HasSubstr("Hold a lock"));
  EXPECT_EQ(std::to_string(finding.at("location").at("line").get<int>()), line);
}

// Its run was ended by a step that could not happen; what it waits for is its own doing all the
// same.
TEST(Under, ALostSignalIsToldByWhatToDoAboutIt) {
  const Folder folder;
  const Ran ran = Shell(
      "$P check sigusr1 " + (kExercises / "sigusr1/wrong/test-then-pause").string() + " --json",
      folder.path());
  ASSERT_LE(ran.status, 1) << ran.err;
  const json grade = json::parse(ran.out);
  const json& finding = CheckNamed(grade, "any-time").at("findings").at(0);
  EXPECT_THAT(
      finding.at("evidence").dump(),
      HasSubstr(
          "SIGUSR1 came first; your program (process 2) still had to call pause() at main.c:"));
  const int test = LineWith(kExercises / "sigusr1/wrong/test-then-pause/main.c", "while (!done)");
  EXPECT_THAT(finding.at("evidence").dump(),
              HasSubstr("Its last test before that is at main.c:" + std::to_string(test) + "."));
  EXPECT_THAT(finding.at("next"), HasSubstr("sigsuspend"));
}

// Whatever came of it: here the program ended too soon.
TEST(Under, AnInterruptionIsToldByWhatToDoAboutIt) {
  const Folder folder;
  const std::filesystem::path wrong = kExercises / "countdown/wrong/interrupted-is-over";
  const Ran ran = Shell("$P check countdown " + wrong.string() + " --json", folder.path());
  ASSERT_LE(ran.status, 1) << ran.err;
  const json grade = json::parse(ran.out);
  const json& finding = CheckNamed(grade, "timer").at("findings").at(0);
  EXPECT_EQ(finding.at("code"), "too-few");
  EXPECT_THAT(finding.at("evidence").dump(), HasSubstr("A signal interrupted sigwait()"));
  EXPECT_THAT(finding.at("next"), HasSubstr("Call it again when errno is EINTR"));
  EXPECT_EQ(finding.at("location").at("line").get<int>(),
            LineWith(wrong / "main.c", "sigtimedwait(&"))
      << finding.dump(1);
}

const json& ScenarioNamed(const json& grade, const std::string& name) {
  for (const json& scenario : grade.at("scenarios")) {
    if (scenario.at("name") == name) return scenario;
  }
  throw std::runtime_error("no scenario " + name);
}

// All orders that the exercise asks for, and how many went wrong.
// Until its exec the child of a vfork(2) has the code of its parent, with what was put there for
// either of them: in this order a breakpoint of the child's stayed behind, of which the parent
// died.
TEST(Under, AVforkedChildLeavesNoBreakpointBehind) {
  const Folder folder;
  const Ran ran =
      Shell("$P check pipe-chain " + (kExercises / "pipe-chain/solutions/c-vfork").string() +
                " --json --scenario any-order --under interleavings:5=1,12=1",
            folder.path());
  EXPECT_EQ(ran.status, 0) << ran.err;
  const json grade = json::parse(ran.out);
  EXPECT_EQ(grade.at("points"), grade.at("max_points"));
}

TEST(Under, GoesOnAfterALossIfItIsAsked) {
  const Folder folder;
  const std::string check = "$P check shared-counter " +
                            (kExercises / "shared-counter/wrong/no-lock").string() + " --json ";
  const auto race = [&](const std::string& options) {
    const Ran ran = Shell(check + options, folder.path());
    EXPECT_LE(ran.status, 1) << ran.err;
    return ScenarioNamed(json::parse(ran.out), "race");
  };
  const json stopped = race("");
  EXPECT_LT(stopped.at("runs"), 25);
  EXPECT_EQ(stopped.at("losses"), json::array());
  const json all = race("--keep-going");
  EXPECT_EQ(all.at("runs"), 25) << "the one in turns, and those";
  ASSERT_EQ(all.at("losses").size(), 1U) << all.dump(1);
  EXPECT_EQ(all.at("losses").at(0).at("check"), "no-lost-updates");
  const int lost = all.at("losses").at(0).at("runs");
  EXPECT_GT(lost, 1);
  EXPECT_LT(lost, 24);
  EXPECT_EQ(race("--keep-going").at("losses"), all.at("losses")) << "the same each time";
}

// Where each instruction is looked at, a run may cost many times what the first one in turns did.
TEST(Under, WhatComputesLongIsRunInFewerOrders) {
  const Folder folder;
  std::string source = *ReadFile(kExercises / "shared-counter/solutions/c/main.c");
  const std::string at = "        sem_wait(";
  ASSERT_NE(source.find(at), std::string::npos);
  source.insert(source.find(at), "        for (volatile int k = 0; k < 20000; k++) continue;\n");
  (void)folder.Write("main.c", source);
  const Ran ran = Shell("$P check shared-counter main.c --json", folder.path());
  ASSERT_EQ(ran.status, 0) << ran.out;
  EXPECT_EQ(ScenarioNamed(json::parse(ran.out), "race").at("runs"), 5)
      << "the one in turns, and four";
}

// A signal may come at each of a hundred calls; together these runs would make ten thousand.
TEST(Under, ASignalsMomentsHaveAnEnd) {
  const Folder folder;
  (void)folder.Write("mine/exercise.yaml",
                     "format: 1\nid: mine\ntopic: signals\ntitle: {en: M, ca: M, es: M}\n"
                     "languages: [c]\nscenarios:\n  poked:\n    under: [signals]\n    steps:\n"
                     "      - await: {output: ready}\n      - signal: {USR1: submission}\n"
                     "      - await: exit\nchecks:\n  - id: ends\n    points: 1\n"
                     "    title: {en: E, ca: E, es: E}\n    scenario: poked\n"
                     "    processes.exit: {status: 0}\n");
  (void)folder.Write("main.c",
                     "#include <signal.h>\n#include <unistd.h>\nint main(void) {\n"
                     "  signal(SIGUSR1, SIG_IGN);\n  write(1, \"ready\", 5);\n"
                     "  for (int i = 0; i < 100; ++i) write(1, \"\", 0);\n}\n");
  const auto runs = [&](const std::string& options) {
    const Ran ran = Shell("$P check ./mine main.c --json " + options, folder.path());
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ScenarioNamed(json::parse(ran.out), "poked").at("runs").get<int>();
  };
  EXPECT_GT(runs(""), 100);
  const int few = runs("--most-calls 1000");
  EXPECT_GE(few, 4 * 1000 / 110);
  EXPECT_LT(few, 4 * 1000 / 100 + 16) << "and those that were under way";
  EXPECT_EQ(runs("--most-calls 1000"), few);
}

// What the exercise itself does not perturb may do as much as a program may.
TEST(Under, RunsPlainlyWhatIsTooDear) {
  const Folder folder;
  (void)folder.Write(
      "mine/exercise.yaml",
      "format: 1\nid: mine\ntopic: pipes\ntitle: {en: M, ca: M, es: M}\nlanguages: [c]\n"
      "scenarios: {few: {}, many: {args: [many]}}\nchecks:\n"
      "  - id: ends\n    points: 1\n    title: {en: E, ca: E, es: E}\n"
      "    scenario: [few, many]\n    processes.exit: {status: 0}\n");
  (void)folder.Write("main.c",
                     "#include <unistd.h>\nint main(int argc, char **argv) {\n  (void)argv;\n"
                     "  for (int i = 0; i < (argc > 1 ? 60000 : 2); ++i) write(1, \"\", 0);\n}\n");
  const Ran ran = Shell(
      "$P check ./mine main.c --under interleavings --runs 2 --json --record kept", folder.path());
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("note: too many system calls to be perturbed, so run as they are: "
                                 "many\n"));
  const json grade = json::parse(ran.out);
  EXPECT_GT(ScenarioNamed(grade, "few").at("runs"), 1);
  EXPECT_EQ(ScenarioNamed(grade, "many").at("runs"), 1);
  EXPECT_EQ(ScenarioNamed(grade, "many").at("outcome"), "exited");
}

// More than the exercise says, or fewer.
TEST(Under, AsManyRunsAsAreAskedFor) {
  const Folder folder;
  for (const int runs : {2, 30}) {
    const Ran ran =
        Shell("$P check shared-counter " + (kExercises / "shared-counter/solutions/c").string() +
                  " --runs " + std::to_string(runs) + " --json",
              folder.path());
    ASSERT_EQ(ran.status, 0) << ran.err;
    int of_race = 0;
    const json grade = json::parse(ran.out);
    for (const json& scenario : grade.at("scenarios")) {
      if (scenario.at("name") == "race") of_race = scenario.at("runs");
    }
    EXPECT_EQ(of_race, 1 + runs) << "the one in turns, and those";
  }
  EXPECT_EQ(Shell("$P check fork-return . --runs 0", folder.path()).status, 2);
}

// A run that nothing orders may go another way, and another program goes its own.
TEST(Replay, SaysWhatIsNotTheSame) {
  const Folder folder;
  const auto submission = [](const std::string& name) {
    return (kExercises / "fork-return/solutions" / name).string();
  };
  ASSERT_EQ(
      Shell("$P check fork-return " + submission("c") + " --record runs", folder.path()).status, 0);
  const std::string kept = "runs/plain.recording.json";
  const Ran other = Shell("$P replay " + kept + " " + submission("c-sigchld"), folder.path());
  EXPECT_EQ(other.status, 0) << other.err;
  EXPECT_THAT(other.err, HasSubstr("the program has changed since"));
  // Of the exercise it is not said that it has.
  EXPECT_THAT(other.err, ::testing::Not(HasSubstr("the exercise has changed")));
  std::filesystem::copy(kExercises / "fork-return", folder.path() / "fork-return",
                        std::filesystem::copy_options::recursive);
  std::ofstream(folder.path() / "fork-return/exercise.yaml", std::ios::app) << "# New.\n";
  const Ran changed =
      Shell("PLUMBLINE_EXERCISES=. $P replay " + kept + " " + submission("c"), folder.path());
  EXPECT_THAT(changed.err, HasSubstr("the exercise has changed since"));
}

TEST(Replay, RefusesWhatIsNoRecording) {
  const Folder folder;
  (void)folder.Write("x.json", "{}");
  EXPECT_EQ(Shell("$P replay x.json .", folder.path()).status, 2);
  EXPECT_EQ(Shell("$P replay none.json .", folder.path()).status, 2);
}

}  // namespace
}  // namespace plumbline::e2e
