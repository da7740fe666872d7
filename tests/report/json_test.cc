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
  return report::ToJson(
      report::DocumentOf(grade, "0.1.0", {.lang = lang, .audience = audience}, In(lang)));
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
  const std::string lost = Written(PerturbedSample().Grade(), "en", Audience::kTeacher);
  EXPECT_EQ(lost, Golden("report/lost-run.json", lost));
}

TEST(JsonReport, HasTheKeysOfTheContractInTheirOrder) {
  const Json document = Json::parse(Written(HangingSample().Grade()));
  EXPECT_THAT(KeysOf(document),
              ElementsAre("schema", "version", "exercise", "exercise_hash", "title", "submission",
                          "language", "lang", "audience", "passed", "points", "max_points",
                          "isolation", "build", "scenarios", "checks"));
  EXPECT_THAT(KeysOf(document["submission"]), ElementsAre("files", "hash"));
  EXPECT_THAT(KeysOf(document["build"]), ElementsAre("ok", "command", "cached", "diagnostics"));
  EXPECT_THAT(KeysOf(document["scenarios"][0]),
              ElementsAre("name", "runs", "outcome", "status", "virtual_time", "real_time",
                          "processor_time", "peak_memory", "failed_run", "hang", "stuck", "error",
                          "hidden", "losses"));
  EXPECT_EQ(document["scenarios"][0]["hang"]["code"], "deadlock.no-end-of-file");
  EXPECT_THAT(
      KeysOf(document["checks"][0]),
      ElementsAre("id", "kind", "verdict", "points", "max_points", "gate", "bonus", "hidden",
                  "title", "findings", "hints", "more_hints", "scenarios", "snapshot"));
  EXPECT_THAT(KeysOf(document["checks"][1]["findings"][0]),
              ElementsAre("code", "what", "evidence", "why", "next", "location", "comparison"));
  EXPECT_THAT(KeysOf(document["checks"][1]["findings"][0]["location"]),
              ElementsAre("file", "line", "function"));
}

// How often a check was lost is told of those that the reader may know of.
TEST(JsonReport, CountsTheRunsThatLostACheck) {
  Sample sample = PerturbedSample();
  sample.recordings["usage"][0].machine.losses = {{"usage", 3}, {"no-such-check", 1}};
  const Json teacher = Json::parse(Written(sample.Grade(), "en", Audience::kTeacher));
  const auto scenario = [](const Json& document) -> const Json& {
    const auto& all = document["scenarios"];
    return *std::ranges::find_if(all, [](const Json& one) { return one["name"] == "usage"; });
  };
  EXPECT_EQ(scenario(teacher)["losses"], Json::parse(R"([{"check": "usage", "runs": 3}])"));
  const Json student = Json::parse(Written(sample.Grade()));
  EXPECT_EQ(scenario(student)["losses"], Json::array()) << "that check is hidden";
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

TEST(JsonReport, TellsStudentsNothingOfHowAHiddenScenarioEnded) {
  Sample sample = PerturbedSample();
  for (auto& run : sample.recordings["usage"]) {
    run.virtual_time = std::chrono::seconds(2);
    run.machine.processor = std::chrono::milliseconds(7);
    run.machine.peak_memory = 4096;
  }
  const Json student = Json::parse(Written(sample.Grade()))["scenarios"][1];
  EXPECT_EQ(student["name"], "usage");
  EXPECT_EQ(student["hidden"], true);
  for (const char* key : {"outcome", "failed_run", "hang", "stuck"})
    EXPECT_EQ(student[key], nullptr) << key;
  for (const char* key : {"status", "virtual_time", "processor_time", "peak_memory"})
    EXPECT_EQ(student[key], 0) << key;
  const Json teacher = Json::parse(Written(sample.Grade(), "en", Audience::kTeacher));
  EXPECT_EQ(teacher["scenarios"][1]["outcome"], "exited");
  EXPECT_EQ(teacher["scenarios"][1]["status"], 1);
  EXPECT_EQ(teacher["scenarios"][1]["peak_memory"], 4096);
}

TEST(JsonReport, TellsStudentsWhatTheMachineFailedAtInAHiddenScenarioToo) {
  const Json student = Json::parse(Written(FailedSample().Grade()))["scenarios"][1];
  EXPECT_EQ(student["hidden"], true);
  EXPECT_EQ(student["outcome"], "error");
  EXPECT_EQ(student["error"], "cannot clone");
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
  const auto grade = PerturbedSample().Grade();
  const Json run =
      Json::parse(Written(grade, "en", Audience::kTeacher))["scenarios"][1]["failed_run"];
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

// --- Reading.

std::string Refused(const std::string& text) {
  const auto grade = report::GradeFromJson(text);
  EXPECT_FALSE(grade);
  return grade ? "" : grade.error().message;
}

TEST(JsonReport, IsReadAsItWasWritten) {
  for (const auto& sample :
       {HangingSample(), PassingSample(), UnbuiltSample(), FailedSample(), PerturbedSample()}) {
    for (const Audience audience : {Audience::kStudent, Audience::kTeacher}) {
      const std::string text = Written(sample.Grade(), "es", audience);
      const auto read = report::GradeFromJson(text);
      ASSERT_TRUE(read) << read.error().message;
      EXPECT_EQ(report::ToJson(*read), text);
    }
  }
}

TEST(JsonReport, IsReadWithoutTheKeysThatCameLater) {
  Json document = Json::parse(Written(HangingSample().Grade()));
  for (const char* key : {"title", "audience"}) document.erase(key);
  for (auto& scenario : document["scenarios"]) {
    for (const char* key : {"processor_time", "peak_memory", "stuck", "error", "hidden"})
      scenario.erase(key);
  }
  for (auto& check : document["checks"]) {
    for (const char* key : {"hints", "more_hints", "scenarios", "snapshot"}) check.erase(key);
  }
  document["checks"][1]["findings"][0].erase("comparison");
  document["of a newer version"] = 1;
  const auto read = report::GradeFromJson(document.dump());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->checks.size(), 5U);
  EXPECT_EQ(read->title, "");
  EXPECT_FALSE(read->Shows(read->scenarios[0]));
}

TEST(JsonReport, RefusesWhatIsNoGradeAndSaysWhere) {
  EXPECT_EQ(Refused(""), "this is no grade: it is no JSON, or is nested too deeply");
  EXPECT_EQ(Refused("[]"), "this is no grade: the document: is no object");
  EXPECT_EQ(Refused("{}"), "this is no grade: schema: is missing");
  EXPECT_EQ(Refused(R"({"schema": "plumbline/grade/2"})"),
            R"(this is no grade: schema: "plumbline/grade/2" is not "plumbline/grade/1")");
  EXPECT_EQ(Refused(std::string(100000, '[')),
            "this is no grade: it is no JSON, or is nested too deeply");
}

TEST(JsonReport, RefusesAWrongValueAndSaysWhere) {
  const Json grade = Json::parse(Written(HangingSample().Grade()));
  const auto with = [&](const std::string& place, const Json& value) {
    Json mutant = grade;
    mutant[Json::json_pointer(place)] = value;
    return Refused(mutant.dump()).substr(std::string("this is no grade: ").size());
  };
  EXPECT_EQ(with("/checks/2/verdict", "pased"),
            "checks[2].verdict: \"pased\" is none of passed, failed, not-reached, error");
  EXPECT_EQ(with("/checks/1/findings/0/location/line", -1),
            "checks[1].findings[0].location.line: is no whole number from 0");
  EXPECT_EQ(with("/checks/1/points", 1e10), "checks[1].points: is no whole number from 0");
  EXPECT_EQ(with("/checks/1/points", 10000000000), "checks[1].points: is too large");
  EXPECT_EQ(with("/checks/1/gate", 1), "checks[1].gate: is neither true nor false");
  EXPECT_EQ(with("/checks", 1), "checks: is no list");
  EXPECT_EQ(with("/build", Json::array()), "build: is no object");
  EXPECT_EQ(with("/exercise", nullptr), "exercise: is no text");
  EXPECT_EQ(with("/scenarios/0/real_time", -1), "scenarios[0].real_time: is no number of seconds");
  EXPECT_EQ(with("/scenarios/0/real_time", "1"), "scenarios[0].real_time: is no number");
  EXPECT_EQ(with("/scenarios/0/outcome", "ended"), "scenarios[0].outcome: \"ended\" is no outcome");
  EXPECT_EQ(with("/scenarios/0/outcome", nullptr),
            "the outcome of the scenario 'counts' is null, and it is not hidden");
  EXPECT_EQ(with("/lang", "fr"), "lang: \"fr\" is none of ca, es, en");
}

}  // namespace
}  // namespace plumbline::testing
