// SPDX-License-Identifier: MIT
// Whether the documents keep to the schema: schema_test.py, on the golden files.
#include "report/json.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "tests/report/sample.h"
#include "tests/support/golden.h"

namespace plumbline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::ordered_json;
using Audience = report::ReportOptions::Audience;

std::string Written(const evaluate::Grade& grade, const std::string& lang = "en",
                    Audience audience = Audience::kStudent) {
  return report::ToJson(grade, "0.1.0", {.lang = lang, .audience = audience}, In(lang));
}

std::vector<std::string> KeysOf(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

TEST(JsonReport, IsAsItMustBe) {
  const auto grade = HangingSample().Grade();
  for (const std::string lang : {"en", "ca", "es"}) {
    const std::string text = Written(grade, lang);
    EXPECT_EQ(text, Golden("report/hang." + lang + ".json", text));
  }
  const std::string teacher = Written(grade, "en", Audience::kTeacher);
  EXPECT_EQ(teacher, Golden("report/hang.teacher.json", teacher));
  const std::string passed = Written(PassingSample().Grade());
  EXPECT_EQ(passed, Golden("report/passed.json", passed));
  const std::string unbuilt = Written(UnbuiltSample().Grade());
  EXPECT_EQ(unbuilt, Golden("report/not-built.json", unbuilt));
  const std::string error = Written(FailedSample().Grade());
  EXPECT_EQ(error, Golden("report/error.json", error));
  const std::string lost = Written(PerturbedSample().Grade());
  EXPECT_EQ(lost, Golden("report/lost-run.json", lost));
}

TEST(JsonReport, HasTheKeysOfTheContractInTheirOrder) {
  const Json document = Json::parse(Written(HangingSample().Grade()));
  EXPECT_THAT(KeysOf(document),
              ElementsAre("schema", "version", "exercise", "exercise_hash", "submission",
                          "language", "lang", "passed", "points", "max_points", "isolation",
                          "build", "scenarios", "checks"));
  EXPECT_THAT(KeysOf(document["submission"]), ElementsAre("files", "hash"));
  EXPECT_THAT(KeysOf(document["build"]), ElementsAre("ok", "command", "cached", "diagnostics"));
  EXPECT_THAT(KeysOf(document["scenarios"][0]),
              ElementsAre("name", "runs", "outcome", "status", "virtual_time", "real_time",
                          "processor_time", "peak_memory", "failed_run", "hang"));
  EXPECT_EQ(document["scenarios"][0]["hang"]["code"], "deadlock.no-end-of-file");
  EXPECT_THAT(KeysOf(document["checks"][0]),
              ElementsAre("id", "kind", "verdict", "points", "max_points", "gate", "bonus",
                          "hidden", "title", "findings"));
  EXPECT_THAT(KeysOf(document["checks"][1]["findings"][0]),
              ElementsAre("code", "what", "evidence", "why", "next", "location"));
  EXPECT_THAT(KeysOf(document["checks"][1]["findings"][0]["location"]),
              ElementsAre("file", "line", "function"));
}

TEST(JsonReport, SaysWhatWasFound) {
  const Json document = Json::parse(Written(HangingSample().Grade()));
  EXPECT_EQ(document["schema"], "plumbline/grade/1");
  EXPECT_EQ(document["points"], 3);
  EXPECT_EQ(document["max_points"], 8);
  EXPECT_EQ(document["passed"], false);
  EXPECT_EQ(document["scenarios"][0]["outcome"], "deadlocked");
  EXPECT_EQ(document["scenarios"][0]["real_time"], 0.031);
  EXPECT_EQ(document["scenarios"][0]["failed_run"], nullptr);
  EXPECT_EQ(document["checks"][0]["verdict"], "passed");
  EXPECT_EQ(document["checks"][1]["verdict"], "failed");
  EXPECT_EQ(document["checks"][1]["findings"][0]["code"], "pipe-end-kept");
  EXPECT_EQ(document["checks"][1]["findings"][0]["location"]["line"], 15);
  EXPECT_EQ(document["checks"][2]["kind"], "processes.exit");
  EXPECT_EQ(document["checks"][3]["verdict"], "not-reached");
  EXPECT_EQ(document["checks"][3]["findings"][0]["location"], nullptr);
}

TEST(JsonReport, SpeaksTheLanguageThatWasAskedFor) {
  const auto grade = HangingSample().Grade();
  const Json document = Json::parse(Written(grade, "ca"));
  EXPECT_EQ(document["lang"], "ca");
  EXPECT_EQ(document["checks"][0]["title"], "Dues pipes les uneixen");
  EXPECT_THAT(std::string(document["checks"][1]["findings"][0]["what"]),
              HasSubstr("El teu programa (procés 2) encara té el descriptor 6"));
}

TEST(JsonReport, TellsStudentsNothingOfWhatAHiddenCheckFound) {
  const auto grade = HangingSample().Grade();
  const Json student = Json::parse(Written(grade))["checks"][4];
  EXPECT_EQ(student["hidden"], true);
  EXPECT_EQ(student["verdict"], "failed");
  EXPECT_EQ(student["title"], "Wrong usage");
  EXPECT_EQ(student["kind"], "");
  EXPECT_EQ(student["findings"], Json::array());
  const Json teacher = Json::parse(Written(grade, "en", Audience::kTeacher))["checks"][4];
  EXPECT_EQ(teacher["kind"], "processes.exit");
  EXPECT_EQ(teacher["findings"][0]["code"], "wrong-status");
}

TEST(JsonReport, HasNoPointsWhereACheckIsInError) {
  const Json document = Json::parse(Written(FailedSample().Grade(), "en", Audience::kTeacher));
  EXPECT_EQ(document["points"], nullptr);
  EXPECT_EQ(document["passed"], false);
  EXPECT_EQ(document["scenarios"][1]["outcome"], "error");
  EXPECT_EQ(document["checks"][4]["verdict"], "error");
  EXPECT_THAT(std::string(document["checks"][4]["findings"][0]["what"]), HasSubstr("cannot clone"));
  EXPECT_EQ(document["checks"][0]["verdict"], "passed");
}

TEST(JsonReport, NamesTheRunThatWasLost) {
  const Json run = Json::parse(Written(PerturbedSample().Grade()))["scenarios"][1]["failed_run"];
  EXPECT_THAT(KeysOf(run), ElementsAre("perturbation", "seed", "replay"));
  EXPECT_EQ(run["perturbation"], "interruptions");
  EXPECT_EQ(run["seed"], 7);
  EXPECT_THAT(std::string(run["replay"]), HasSubstr("--seed 7"));
}

TEST(JsonReport, KnowsEachOutcome) {
  using record::Outcome;
  const std::pair<Outcome, std::string> all[] = {{Outcome::kExited, "exited"},
                                                 {Outcome::kSignalled, "signalled"},
                                                 {Outcome::kDeadlocked, "deadlocked"},
                                                 {Outcome::kProcessorLimit, "processor-limit"},
                                                 {Outcome::kVirtualLimit, "virtual-limit"},
                                                 {Outcome::kMemoryLimit, "memory-limit"},
                                                 {Outcome::kOutputLimit, "output-limit"},
                                                 {Outcome::kStuck, "stuck"},
                                                 {Outcome::kNotBuilt, "not-built"},
                                                 {Outcome::kError, "error"}};
  for (const auto& [outcome, word] : all) {
    evaluate::Grade grade;
    grade.scenarios.emplace_back().outcome = outcome;
    EXPECT_EQ(Json::parse(Written(grade))["scenarios"][0]["outcome"], word);
  }
}

TEST(JsonReport, IsValidWhateverASubmissionSays) {
  evaluate::Grade grade;
  grade.submission.files = {"\xff\xfe.c", "\x1b[31m.c"};
  grade.build.command = "gcc \xc3";
  grade.build.diagnostics = {{"\xff.c", 1, 1, "error", "\xe2\x80"}};
  auto& check = grade.checks.emplace_back();
  check.verdict = evaluate::Verdict::kFailed;
  check.findings.push_back({.code = "wrong-text",
                            .what = evaluate::Msg("Got: {got}", {{"got", "\xff\xff"}}),
                            .evidence = {},
                            .location = Location{"\xff.c", 1, "\x80"}});
  const std::string text = Written(grade);
  EXPECT_TRUE(IsUtf8(text));
  EXPECT_TRUE(Json::accept(text));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

// What differs from run to run is named by the contract.
std::string WithoutTimes(const std::string& text) {
  Json document = Json::parse(text);
  document["build"].erase("cached");
  for (auto& scenario : document["scenarios"]) {
    for (const char* key : {"real_time", "processor_time", "peak_memory"}) scenario.erase(key);
  }
  return document.dump();
}

TEST(JsonReport, IsEqualForEqualRunsButForRealTimeAndTheCache) {
  Sample one = HangingSample();
  Sample other = HangingSample();
  other.build.cached = true;
  auto& run = other.recordings["counts"][0];
  run.machine.real_time = std::chrono::seconds(3);
  run.machine.processor = std::chrono::milliseconds(7);
  run.machine.peak_memory = 4096;
  run.virtual_time += std::chrono::milliseconds(9);
  for (auto& host : run.machine.host_pids) host.value += 1000;
  EXPECT_NE(Written(one.Grade()), Written(other.Grade()));
  EXPECT_EQ(WithoutTimes(Written(one.Grade())), WithoutTimes(Written(other.Grade())));
}

}  // namespace
}  // namespace plumbline::testing
