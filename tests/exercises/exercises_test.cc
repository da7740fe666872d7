// SPDX-License-Identifier: MIT
// Each exercise against its own programs: a solution earns everything, a wrong one loses exactly
// what its expect.yaml says, with that finding. Run as a student runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "base/busy_loops.h"
#include "base/io.h"
#include "base/text.h"
#include "tests/support/command.h"

namespace plumbline {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Submission {
  fs::path exercise;
  std::string kind;  // "solutions" or "wrong"
  std::string name;
  fs::path folder() const { return exercise / kind / name; }
};

std::ostream& operator<<(std::ostream& out, const Submission& submission) {
  return out << submission.folder().string();
}

std::vector<fs::path> FoldersIn(const fs::path& path) {
  std::vector<fs::path> folders;
  if (!fs::is_directory(path)) return folders;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::ranges::sort(folders);
  return folders;
}

std::vector<Submission> Submissions() {
  std::vector<Submission> all;
  for (const fs::path& exercise : FoldersIn(PLUMBLINE_EXERCISES)) {
    if (!fs::exists(exercise / "exercise.yaml")) continue;
    for (const char* kind : {"solutions", "wrong"}) {
      for (const fs::path& folder : FoldersIn(exercise / kind))
        all.push_back({exercise, kind, folder.filename().string()});
    }
  }
  return all;
}

// What a submission lost: the check's id, and the code of the first finding.
using Losses = std::map<std::string, std::string>;

Losses LossesIn(const json& grade) {
  Losses losses;
  for (const json& check : grade.at("checks")) {
    if (check.at("verdict") == "passed") continue;
    const json& findings = check.at("findings");
    losses[check.at("id")] = findings.empty() ? "" : findings.front().at("code").get<std::string>();
  }
  return losses;
}

std::set<std::string> IdsOf(const Losses& losses) {
  std::set<std::string> ids;
  for (const auto& [id, code] : losses) ids.insert(id);
  return ids;
}

void ExpectAsWritten(const Losses& losses, const YAML::Node& expected) {
  EXPECT_EQ(IdsOf(losses), [&] {
    std::set<std::string> ids;
    for (const YAML::Node& id : expected["loses"]) ids.insert(id.as<std::string>());
    return ids;
  }());
  for (const auto& finding : expected["finding"]) {
    const auto lost = losses.find(finding.first.as<std::string>());
    if (lost == losses.end()) continue;
    EXPECT_EQ(lost->second, finding.second.as<std::string>()) << lost->first;
  }
}

// PLUMBLINE_ISOLATION: a rung to grade on, instead of the best (`ci/run rungs`).
std::string Isolation() {
  const char* const rung = std::getenv("PLUMBLINE_ISOLATION");
  return rung == nullptr || *rung == '\0' ? "auto" : rung;
}

testing::Ran Check(const Submission& submission, const std::string& isolation) {
  return testing::Run({PLUMBLINE_PROGRAM, "check", "--json", "--isolation", isolation,
                       submission.exercise.string(), submission.folder().string()});
}

// Refused beforehand, or found out by a program that asks for what rung C has not.
bool NeedsNamespaces(const testing::Ran& ran) {
  return ran.status == 3 && (ran.err.find("needs isolation B") != std::string::npos ||
                             ran.out.find("isolation C has none of its own") != std::string::npos);
}

// All that can be earned: a bonus is above the sum of the grade.
int PointsIn(const json& grade) {
  int points = 0;
  for (const json& check : grade.at("checks")) points += check.at("max_points").get<int>();
  return points;
}

class Exercises : public ::testing::TestWithParam<Submission> {};

TEST_P(Exercises, GetsItsVerdict) {
  const Submission& submission = GetParam();
  const testing::Ran ran = Check(submission, Isolation());
  if (Isolation() == "C" && NeedsNamespaces(ran)) GTEST_SKIP() << "needs: isolation B";
  ASSERT_THAT(ran.status, ::testing::AnyOf(0, 1)) << ran.err;
  const json grade = json::parse(ran.out);
  EXPECT_TRUE(grade.at("build").at("ok"));
  const Losses losses = LossesIn(grade);
  if (submission.kind == "solutions") {
    EXPECT_EQ(losses, Losses{}) << grade.dump(1);
    EXPECT_EQ(grade.at("points"), PointsIn(grade));
    EXPECT_EQ(ran.status, 0);
    return;
  }
  ExpectAsWritten(losses, YAML::LoadFile((submission.folder() / "expect.yaml").string()));
  if (HasFailure()) std::puts(grade.at("checks").dump(1).c_str());
}

// What a grade says of the program, without what may differ from run to run.
json Comparable(json grade) {
  grade.at("build").erase("cached");
  // How often a poller looks is for the order in which the machine runs it and its child.
  for (json& scenario : grade.at("scenarios"))
    for (const char* key : {"real_time", "virtual_time", "processor_time", "peak_memory"})
      scenario.erase(key);
  return grade;
}

// A small part of `ci/run load`: a program of each exercise that hangs, races or sleeps if any
// does.
TEST(Grade, IsTheSameThreeTimesUnderLoad) {
  const BusyLoops busy(2);
  const fs::path root = PLUMBLINE_EXERCISES;
  for (const char* path : {"pipe-chain/wrong/parent-keeps-write-end",
                           "pipe-chain/solutions/py",
                           "sigusr1/solutions/c",
                           "echo-server/solutions/c-threads",
                           "echo-client/solutions/c-poll",
                           "fork-return/solutions/c-polling",
                           "named-pipe/wrong/arguments-unchecked",
                           "ping-pong/solutions/c",
                           "stop-continue/wrong/terminates-a-stopped-child",
                           "reaper/wrong/one-wait-per-signal",
                           "countdown/solutions/sh",
                           "follow/solutions/sh",
                           "job-control/solutions/sh",
                           "port-scan/wrong/waits-for-ever",
                           "telnet/solutions/cpp",
                           "superserver/solutions/c",
                           "sql-dialogue/wrong/one-read",
                           "calendar-server/solutions/c-handlers",
                           "pipex/wrong/child-keeps-ends",
                           "minishell-traces/solutions/c-handlers"}) {
    const fs::path folder = root / path;
    std::set<std::string> grades;
    for (int i = 0; i < 3; ++i) {
      const testing::Ran ran =
          testing::Run({PLUMBLINE_PROGRAM, "check", "--json",
                        folder.parent_path().parent_path().string(), folder.string()});
      ASSERT_THAT(ran.status, ::testing::AnyOf(0, 1)) << ran.err;
      grades.insert(Comparable(json::parse(ran.out)).dump(1));
    }
    EXPECT_EQ(grades.size(), 1U) << path << ": " << *grades.begin() << *grades.rbegin();
  }
}

// A sample of `ci/run rungs`: every language, what is right and what is wrong.
TEST(RungC, GradesAsTheOthersDo) {
  const fs::path root = PLUMBLINE_EXERCISES;
  for (const char* name :
       {"pipe-chain", "job-control", "echo-client", "unix-echo-client", "unix-echo-server"}) {
    for (const char* language : {"c", "cpp", "py", "sh"}) {
      const Submission solution{root / name, "solutions", language};
      if (!fs::exists(solution.folder())) continue;
      const testing::Ran ran = Check(solution, "C");
      if (ran.err.find("cannot be had on this machine") != std::string::npos)
        GTEST_SKIP() << "needs: isolation C (" << ran.err << ")";
      ASSERT_EQ(ran.status, 0) << solution << ran.out << ran.err;
      EXPECT_EQ(json::parse(ran.out).at("isolation"), "C");
    }
  }
  for (const Submission& wrong :
       {Submission{root / "pipe-chain", "wrong", "parent-keeps-write-end"},
        Submission{root / "echo-server", "wrong", "every-address"},
        Submission{root / "unix-echo-server", "wrong", "stale-stops-it"},
        Submission{root / "unix-echo-client", "wrong", "path-cut"}}) {
    const testing::Ran ran = Check(wrong, "C");
    ASSERT_THAT(ran.status, ::testing::AnyOf(0, 1)) << ran.err;
    ExpectAsWritten(LossesIn(json::parse(ran.out)),
                    YAML::LoadFile((wrong.folder() / "expect.yaml").string()));
  }
}

TEST(RungC, JudgesNothingThatItCannotSee) {
  const fs::path root = PLUMBLINE_EXERCISES;
  // By the exercise, and by a program that asks for a semaphore with a name.
  for (const Submission& submission :
       {Submission{root / "ring-buffer", "solutions", "c"},
        Submission{root / "ping-pong", "solutions", "py-multiprocessing"}}) {
    const testing::Ran ran = Check(submission, "C");
    if (ran.err.find("cannot be had on this machine") != std::string::npos)
      GTEST_SKIP() << "needs: isolation C (" << ran.err << ")";
    EXPECT_EQ(ran.status, 3) << submission;
    EXPECT_TRUE(NeedsNamespaces(ran)) << ran.out << ran.err;
  }
}

// The report in the project's own README is what its command prints, with gaps where it says "…".
TEST(Readme, ShowsARealReport) {
  const fs::path root = fs::path(PLUMBLINE_EXERCISES).parent_path();
  const auto readme = ReadFile(root / "README.md");
  ASSERT_TRUE(readme);
  const size_t begin = readme->find("```text\n", readme->find("<!-- report:begin -->"));
  const size_t end = readme->find("```\n<!-- report:end -->");
  ASSERT_LT(begin, end);
  const testing::Ran ran = testing::Run(
      {PLUMBLINE_PROGRAM, "check", "--lang", "en", (root / "exercises/pipe-chain").string(),
       (root / "exercises/pipe-chain/wrong/parent-keeps-write-end/main.c").string()});
  EXPECT_EQ(ran.status, 1) << ran.err;
  const std::string shown = readme->substr(begin + 8, end - begin - 8);
  // Line after line; where some are left out, "…" says so. It begins and ends anywhere.
  size_t from = 0;
  bool may_skip = true;
  for (const std::string_view line : Lines(shown)) {
    if (line == "…") {
      may_skip = true;
      continue;
    }
    const size_t at = ran.out.find(std::string(line) + "\n", from);
    ASSERT_NE(at, std::string::npos) << line << "\n" << ran.out;
    EXPECT_TRUE(at == from || may_skip) << "left out before: " << line << "\n"
                                        << ran.out.substr(from, at - from);
    may_skip = false;
    from = at + line.size() + 1;
  }
}

// The course's page: a row for each exercise, and no other, with its languages and points.
TEST(Course, NamesEachExercise) {
  const fs::path root = PLUMBLINE_EXERCISES;
  const auto page = ReadFile(root / "README.md");
  ASSERT_TRUE(page);
  const testing::Ran ran = testing::Run(
      {"env", "PLUMBLINE_EXERCISES=" + root.string(), PLUMBLINE_PROGRAM, "list", "--json"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  std::set<std::string> rows;
  for (const json& exercise : json::parse(ran.out)) {
    const std::string id = exercise.at("id");
    std::string languages;
    for (const json& language : exercise.at("languages"))
      languages += (languages.empty() ? "" : " ") + language.get<std::string>();
    rows.insert("| [" + id + "](" + id + "/statement.en.md) | " + languages + " | " +
                std::to_string(exercise.at("points").get<int>()) + " | ");
  }
  size_t found = 0;
  for (const std::string_view line : Lines(*page)) {
    if (!line.starts_with("| [")) continue;
    ++found;
    const bool known =
        std::ranges::any_of(rows, [&](const std::string& row) { return line.starts_with(row); });
    EXPECT_TRUE(known) << line;
  }
  EXPECT_EQ(found, rows.size());
}

// The kinds of perturbations that the scenarios of an exercise are under.
std::set<std::string> PerturbationsOf(const fs::path& exercise) {
  std::set<std::string> kinds;
  for (const auto& scenario : YAML::LoadFile((exercise / "exercise.yaml").string())["scenarios"]) {
    for (const YAML::Node& kind : scenario.second["under"])
      kinds.insert((kind.IsMap() ? kind.begin()->first : kind).as<std::string>());
  }
  return kinds;
}

// Each exercise is perturbed or says why not, and the course's page has it in a row.
TEST(Course, TellsWhatIsPerturbed) {
  const fs::path root = PLUMBLINE_EXERCISES;
  const auto page = ReadFile(root / "README.md");
  ASSERT_TRUE(page);
  for (const fs::path& exercise : FoldersIn(root)) {
    const auto text = ReadFile(exercise / "exercise.yaml");
    ASSERT_TRUE(text);
    const std::set<std::string> kinds = PerturbationsOf(exercise);
    const bool says_why = ("\n" + *text).find("\n# Nothing is perturbed:") != std::string::npos;
    EXPECT_EQ(kinds.empty(), says_why) << exercise;
    std::string row;
    for (const std::string& kind : kinds) row += (row.empty() ? "`" : ", `") + kind + "`";
    row = "\n| " + exercise.filename().string() + " | " + (row.empty() ? "–" : row) + " | ";
    EXPECT_NE(page->find(row), std::string::npos) << row;
  }
}

std::string NameOf(const ::testing::TestParamInfo<Submission>& info) {
  std::string name =
      info.param.exercise.filename().string() + "_" + info.param.kind + "_" + info.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Exercises, ::testing::ValuesIn(Submissions()), NameOf);

}  // namespace
}  // namespace plumbline
