// SPDX-License-Identifier: MIT
#include "evaluate/evaluate.h"

#include "tests/support/recording_builder.h"

namespace plumbline::evaluate {
namespace {

using record::Facet;
using record::Outcome;
using record::Recording;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::RecordingBuilder;

// --- Kinds for the test: what they say stands in the submission's standard output.

bool Says(const Scene& scene, const std::string& word) {
  return scene.StreamAt("submission.stdout").find(word) != std::string_view::npos;
}

Judgement JudgeSays(const Scene& scene, const spec::Params& params) {
  const std::string& word = params.Get<std::string>("word");
  if (Says(scene, "later-" + word)) return NotReached{Msg("later")};
  if (Says(scene, "never-" + word)) return Unjudgeable{Msg("unseen")};
  if (Says(scene, word)) return Pass{};
  return Finding{.code = "not-said", .what = Msg("it did not say {word}", {{"word", word}})};
}

Judgement JudgeRuns(const Scene& scene, const spec::Params&) {
  if (scene.all_runs().size() == 2) return Pass{};
  return Finding{.code = "alone", .what = Msg("alone")};
}

Judgement JudgeText(const Scene& scene, const spec::Params& params) {
  if (Says(scene, params.Get<std::string>("word"))) return Pass{};
  return Finding{.code = "wrong-text", .what = Msg("wrong")};
}

const std::vector<CheckKind>& TestKinds() {
  static const std::vector<CheckKind> kinds{
      {.table = {.name = "test.text", .doc = "", .params = {}, .findings = {}},
       .needs = [](const spec::Params&) { return std::set{Facet::kTransfers}; },
       .judge = JudgeText},
      {.table = {.name = "test.says", .doc = "", .params = {}, .findings = {}},
       .needs = [](const spec::Params&) { return std::set{Facet::kTransfers}; },
       .judge = JudgeSays},
      {.table = {.name = "test.runs", .doc = "", .params = {}, .findings = {}},
       .needs = [](const spec::Params&) { return std::set{Facet::kFiles}; },
       .judge = JudgeRuns},
  };
  return kinds;
}

spec::Clause Clause(const std::string& kind, const std::string& word = "") {
  spec::Clause clause{.kind = kind, .params = {}, .mark = {}};
  clause.params.Set("word", word);
  return clause;
}
spec::Clause SaysClause(const std::string& word) { return Clause("test.says", word); }

struct EvaluateTest : ::testing::Test {
  EvaluateTest() {
    exercise.id = "exercise";
    exercise.hash = "hash";
    exercise.languages = {"c", "py"};
    for (const std::string name : {"plain", "again"}) {
      exercise.scenarios[name].name = name;
      exercise.scenario_order.push_back(name);
    }
  }

  spec::Check& Add(const std::string& id, std::vector<spec::Requirement> requirements,
                   int points = 1) {
    spec::Check& check = exercise.checks.emplace_back();
    check.id = id;
    check.points = points;
    check.requirements = std::move(requirements);
    check.scenarios = {"plain"};
    return check;
  }

  static Recording Run(const std::string& output, const std::string& scenario = "plain") {
    RecordingBuilder b;
    const auto p = b.Scenario(scenario).Start("submission", "/lab/main");
    b.Write(p, 1, output).Exit(p);
    return b.Build();
  }

  Grade Judge(Recordings recordings, const std::string& language = "c") {
    return Evaluate(exercise, recordings, language, {{"main.c"}, "sub"}, build, "B", TestKinds());
  }
  Grade JudgeOutput(const std::string& output) { return Judge({{"plain", {Run(output)}}}); }
  Verdict VerdictOn(const std::string& output) {
    return JudgeOutput(output).checks.front().verdict;
  }

  spec::Exercise exercise;
  BuildSummary build;
};

TEST_F(EvaluateTest, TakesOverWhatItIsGiven) {
  Add("a", {SaysClause("x")});
  exercise.title = {{"en", "Title"}};
  const Grade grade = JudgeOutput("x");
  EXPECT_EQ(grade.exercise, "exercise");
  EXPECT_EQ(grade.exercise_hash, "hash");
  EXPECT_EQ(grade.title.at("en"), "Title");
  EXPECT_EQ(grade.submission.hash, "sub");
  EXPECT_EQ(grade.language, "c");
  EXPECT_EQ(grade.isolation, "B");
  EXPECT_EQ(grade.checks.front().kind, "test.says");
}

TEST_F(EvaluateTest, GivesThePointsOfPassedChecks) {
  Add("a", {SaysClause("x")}, 3);
  Add("b", {SaysClause("y")}, 2);
  const Grade grade = JudgeOutput("x");
  EXPECT_EQ(grade.checks[0].verdict, Verdict::kPassed);
  EXPECT_EQ(grade.checks[0].points, 3);
  EXPECT_THAT(grade.checks[0].findings, IsEmpty());
  EXPECT_EQ(grade.checks[1].verdict, Verdict::kFailed);
  EXPECT_EQ(grade.checks[1].points, 0);
  EXPECT_EQ(grade.checks[1].findings.front().code, "not-said");
  EXPECT_EQ(grade.points, 3);
  EXPECT_EQ(grade.max_points, 5);
  EXPECT_TRUE(grade.passed);
}

TEST_F(EvaluateTest, AllKindsOfACheckMustHoldAndTheFirstThatFailsIsTheFinding) {
  Add("a", {SaysClause("x"), SaysClause("y"), SaysClause("z")});
  EXPECT_EQ(VerdictOn("x y z"), Verdict::kPassed);
  const Grade grade = JudgeOutput("x");
  EXPECT_EQ(grade.checks.front().findings.size(), 1u);
  EXPECT_EQ(grade.checks.front().findings.front().what.args.front().text, "y");
}

TEST_F(EvaluateTest, AnErrorOutweighsAFailureAndAFailureWhatWasNotReached) {
  Add("a", {SaysClause("x"), SaysClause("y")});
  EXPECT_EQ(VerdictOn("later-x y"), Verdict::kNotReached);
  EXPECT_EQ(VerdictOn("later-x"), Verdict::kFailed);
  EXPECT_EQ(VerdictOn("never-y"), Verdict::kError);
}

TEST_F(EvaluateTest, TellsWhyACheckWasNotReached) {
  Add("a", {SaysClause("x")});
  const Grade grade = JudgeOutput("later-x");
  EXPECT_EQ(grade.checks.front().findings.front().code, "not-reached");
  EXPECT_EQ(grade.checks.front().findings.front().what.id, "later");
}

TEST_F(EvaluateTest, OneCheckInErrorLeavesNoGrade) {
  Add("a", {SaysClause("x")});
  Add("b", {SaysClause("y")});
  const Grade grade = JudgeOutput("x never-y");
  EXPECT_EQ(grade.points, std::nullopt);
  EXPECT_FALSE(grade.passed);
  EXPECT_EQ(grade.checks[0].verdict, Verdict::kPassed) << "the other verdicts are shown";
  EXPECT_EQ(grade.checks[1].verdict, Verdict::kError);
  EXPECT_EQ(grade.checks[1].findings.front().code, "not-judged");
  EXPECT_FALSE(grade.checks[1].findings.front().next.empty());
}

// --- any_of.

TEST_F(EvaluateTest, OneAlternativeIsEnough) {
  Add("a", {spec::AnyOf{{{SaysClause("x"), SaysClause("y")}, {SaysClause("z")}}}});
  EXPECT_EQ(VerdictOn("x y"), Verdict::kPassed);
  EXPECT_EQ(VerdictOn("z"), Verdict::kPassed);
  EXPECT_EQ(VerdictOn("x"), Verdict::kFailed);
  EXPECT_EQ(VerdictOn("z never-x"), Verdict::kPassed);
  EXPECT_EQ(VerdictOn("never-x"), Verdict::kError);
  EXPECT_EQ(VerdictOn("later-x y later-z"), Verdict::kNotReached);
  EXPECT_EQ(JudgeOutput("").checks.front().kind, "test.says");
}

TEST_F(EvaluateTest, TheAlternativesThatFailedAreEvidence) {
  Add("a", {spec::AnyOf{{{SaysClause("x")}, {SaysClause("y")}}}});
  const Finding finding = JudgeOutput("").checks.front().findings.front();
  EXPECT_EQ(finding.what.args.front().text, "x");
  ASSERT_EQ(finding.evidence.size(), 1u);
  EXPECT_EQ(finding.evidence.front().args.front().words.front().args.front().text, "y");
}

// --- Languages.

TEST_F(EvaluateTest, ACheckForOtherLanguagesIsLeftOutWithItsPoints) {
  Add("a", {SaysClause("x")});
  Add("b", {SaysClause("y")}).languages = {"py"};
  EXPECT_EQ(JudgeOutput("x").max_points, 1);
  EXPECT_EQ(Judge({{"plain", {Run("x")}}}, "py").max_points, 2);
}

// --- Needs.

TEST_F(EvaluateTest, ACheckIsNotReachedWithoutThoseThatItNeeds) {
  Add("a", {SaysClause("x")}).needs = {"b"};
  Add("b", {SaysClause("y")});
  EXPECT_EQ(VerdictOn("x y"), Verdict::kPassed);
  const Grade grade = JudgeOutput("x");
  EXPECT_EQ(grade.checks[0].verdict, Verdict::kNotReached);
  EXPECT_EQ(grade.checks[0].findings.front().what.args.front().text, "b");
}

TEST_F(EvaluateTest, WhatIsNeededButLeftOutForTheLanguageIsNotNeeded) {
  Add("a", {SaysClause("x")}).needs = {"b", "no-such-check"};
  Add("b", {SaysClause("y")}).languages = {"py"};
  EXPECT_EQ(VerdictOn("x"), Verdict::kPassed);
}

TEST_F(EvaluateTest, ChecksThatNeedEachOtherAreNotReached) {
  Add("a", {SaysClause("x")}).needs = {"b"};
  Add("b", {SaysClause("x")}).needs = {"a"};
  EXPECT_EQ(VerdictOn("x"), Verdict::kNotReached);
}

// --- Scenarios.

TEST_F(EvaluateTest, ACheckMustPassInEachScenario) {
  Add("a", {SaysClause("x")}).scenarios = {"plain", "again"};
  EXPECT_EQ(Judge({{"plain", {Run("x")}}, {"again", {Run("x", "again")}}}).points, 1);
  const Grade grade = Judge({{"plain", {Run("x")}}, {"again", {Run("", "again")}}});
  EXPECT_EQ(grade.checks.front().verdict, Verdict::kFailed);
  EXPECT_EQ(grade.checks.front().findings.front().evidence.front().args.front().text, "again");
}

TEST_F(EvaluateTest, ALaterFailureOutweighsAnEarlierScenarioThatWasNotReached) {
  Add("a", {SaysClause("x")}).scenarios = {"plain", "again"};
  EXPECT_EQ(
      Judge({{"plain", {Run("later-x")}}, {"again", {Run("", "again")}}}).checks.front().verdict,
      Verdict::kFailed);
}

TEST_F(EvaluateTest, AScenarioWithoutARecordingIsAnError) {
  Add("a", {SaysClause("x")});
  const Grade grade = Judge({{"plain", {}}});
  EXPECT_EQ(grade.checks.front().verdict, Verdict::kError);
  EXPECT_EQ(grade.scenarios.front().outcome, Outcome::kError);
  EXPECT_EQ(grade.scenarios.front().runs, 0);
}

TEST_F(EvaluateTest, AFailedRunIsAnErrorOfTheChecksOnIt) {
  Add("a", {SaysClause("x")});
  Add("b", {SaysClause("x")}).scenarios = {"again"};
  RecordingBuilder b;
  Recording failed = b.Failed("no sandbox").Build();
  const Grade grade = Judge({{"plain", {failed}}, {"again", {Run("x", "again")}}});
  EXPECT_EQ(grade.checks[0].verdict, Verdict::kError);
  EXPECT_EQ(grade.checks[0].findings.front().what.args.front().text, "no sandbox");
  EXPECT_EQ(grade.checks[1].verdict, Verdict::kPassed);
  EXPECT_EQ(grade.points, std::nullopt);
  EXPECT_EQ(grade.scenarios[0].error->message, "no sandbox");
  failed.error.reset();
  EXPECT_THAT(Judge({{"plain", {failed}}}).checks[0].findings.front().what.args, IsEmpty());
}

TEST_F(EvaluateTest, ARunThatWasNotBuiltIsNotReached) {
  Add("a", {SaysClause("x")});
  RecordingBuilder b;
  EXPECT_EQ(Judge({{"plain", {b.Outcome(Outcome::kNotBuilt).Build()}}}).checks.front().verdict,
            Verdict::kNotReached);
}

TEST_F(EvaluateTest, AnUnknownKindIsAnError) {
  Add("a", {Clause("test.unknown")});
  EXPECT_EQ(VerdictOn("x"), Verdict::kError);
}

TEST_F(EvaluateTest, GivesAKindTheRunsOfAllScenariosOfItsCheck) {
  Add("a", {Clause("test.runs")}).scenarios = {"plain", "again"};
  EXPECT_EQ(Judge({{"plain", {Run("")}}, {"again", {Run("", "again")}}}).points, 1);
}

TEST_F(EvaluateTest, ListsTheScenariosThatChecksUseAsWritten) {
  Add("a", {SaysClause("x")}).scenarios = {"again"};
  const Grade grade = Judge({{"plain", {Run("x")}}, {"again", {Run("x", "again")}}});
  ASSERT_EQ(grade.scenarios.size(), 1u);
  EXPECT_EQ(grade.scenarios[0].name, "again");
  EXPECT_EQ(grade.scenarios[0].runs, 1);
  EXPECT_EQ(grade.scenarios[0].outcome, Outcome::kExited);
  EXPECT_EQ(grade.scenarios[0].failed_run, std::nullopt);
}

// --- Perturbed runs.

Recording Perturbed(Recording run, uint64_t seed) {
  run.header.perturbation = "interleavings";
  run.header.seed = seed;
  run.machine.real_time = std::chrono::milliseconds(1);
  run.machine.processor = std::chrono::milliseconds(2);
  run.machine.peak_memory = 1000 * seed;
  return run;
}

TEST_F(EvaluateTest, ACheckMustPassInEachPerturbedRunAndTheFirstThatFailedIsTold) {
  Add("a", {SaysClause("x")});
  const Grade grade =
      Judge({{"plain", {Perturbed(Run("x"), 1), Perturbed(Run(""), 2), Perturbed(Run(""), 3)}}});
  EXPECT_EQ(grade.checks.front().verdict, Verdict::kFailed);
  EXPECT_THAT(grade.checks.front().findings.front().evidence.front().args.back().text,
              ::testing::HasSubstr("--under interleavings --seed 2"));
  const ScenarioResult& scenario = grade.scenarios.front();
  EXPECT_EQ(scenario.runs, 3);
  EXPECT_EQ(scenario.real_time, std::chrono::milliseconds(3));
  EXPECT_EQ(scenario.processor_time, std::chrono::milliseconds(6));
  EXPECT_EQ(scenario.peak_memory.count, 3000U);
  EXPECT_EQ(scenario.failed_run->perturbation, "interleavings");
  EXPECT_EQ(scenario.failed_run->seed, 2u);
  EXPECT_THAT(scenario.failed_run->replay, ::testing::HasSubstr("--seed 2"));
}

TEST_F(EvaluateTest, TheDefaultOrderIsTheCauseOnlyIfAnotherScenarioWasRight) {
  Add("alone", {Clause("test.text", "x")});
  Add("after", {Clause("test.text", "x")}).scenarios = {"again", "plain"};
  Recording in_turns = Run("");
  in_turns.header.perturbation = "turns";
  const Grade grade = Judge({{"plain", {in_turns}}, {"again", {Run("x", "again")}}});
  EXPECT_TRUE(grade.checks.front().findings.front().why.empty());
  EXPECT_FALSE(grade.checks.back().findings.front().why.empty());
}

TEST_F(EvaluateTest, OnePerturbedRunThatFailedToRunIsAnError) {
  Add("a", {SaysClause("x")});
  RecordingBuilder b;
  const Grade grade =
      Judge({{"plain", {Perturbed(Run("x"), 1), Perturbed(b.Failed("gone").Build(), 2)}}});
  EXPECT_EQ(grade.checks.front().verdict, Verdict::kError);
  EXPECT_EQ(grade.scenarios.front().outcome, Outcome::kError);
}

// --- Scores.

TEST_F(EvaluateTest, HalfThePointsPassUnlessTheExerciseSaysOtherwise) {
  Add("a", {SaysClause("x")}, 2);
  Add("b", {SaysClause("y")}, 3);
  EXPECT_FALSE(JudgeOutput("x").passed) << "2 of 5 is less than half";
  EXPECT_TRUE(JudgeOutput("y").passed);
  exercise.passing = 2;
  EXPECT_TRUE(JudgeOutput("x").passed);
  exercise.passing = 5;
  EXPECT_FALSE(JudgeOutput("y").passed);
}

TEST_F(EvaluateTest, BonusPointsComeAboveTheSum) {
  Add("a", {SaysClause("x")}, 2);
  Add("b", {SaysClause("y")}, 3).bonus = true;
  const Grade grade = JudgeOutput("x y");
  EXPECT_EQ(grade.points, 5);
  EXPECT_EQ(grade.max_points, 2);
  EXPECT_TRUE(grade.checks[1].bonus);
}

TEST_F(EvaluateTest, ThereAreNoPointsWithoutAGate) {
  Add("a", {SaysClause("x")}).gate = true;
  Add("b", {SaysClause("y")}, 9);
  exercise.passing = 0;
  const Grade grade = JudgeOutput("y");
  EXPECT_EQ(grade.points, 0);
  EXPECT_EQ(grade.checks[1].verdict, Verdict::kPassed);
  EXPECT_EQ(grade.checks[1].points, 0);
  EXPECT_FALSE(grade.passed);
  EXPECT_EQ(JudgeOutput("x y").points, 10);
}

TEST_F(EvaluateTest, KeepsThatACheckIsHiddenItsTitleAndItsHints) {
  spec::Check& check = Add("a", {SaysClause("x")});
  check.hidden = true;
  check.title = {{"en", "Says x"}};
  check.hints = {{{"en", "Say x."}}};
  const CheckResult result = JudgeOutput("").checks.front();
  EXPECT_TRUE(result.hidden);
  EXPECT_EQ(result.title.at("en"), "Says x");
  EXPECT_EQ(result.hints.front().at("en"), "Say x.");
}

TEST_F(EvaluateTest, AProgramThatIsNotBuiltReachesNothing) {
  Add("a", {SaysClause("x")});
  Add("b", {SaysClause("x")}).bonus = true;
  exercise.passing = 0;
  build.ok = false;
  const Grade grade = Judge({});
  EXPECT_EQ(grade.checks[0].verdict, Verdict::kNotReached);
  EXPECT_EQ(grade.checks[0].findings.front().what.id, "Your program could not be built.");
  EXPECT_EQ(grade.points, 0);
  EXPECT_EQ(grade.max_points, 1);
  EXPECT_FALSE(grade.passed);
  EXPECT_EQ(grade.scenarios.front().outcome, Outcome::kNotBuilt);
}

TEST_F(EvaluateTest, JudgesTheSameTwice) {
  Add("a", {SaysClause("x")}).scenarios = {"plain", "again"};
  const Recordings recordings{{"plain", {Run("")}}, {"again", {Run("x", "again")}}};
  const Grade one = Judge(recordings);
  const Grade two = Judge(recordings);
  EXPECT_EQ(one.points, two.points);
  EXPECT_EQ(one.checks.front().findings.front().what.id,
            two.checks.front().findings.front().what.id);
}

// --- NeedsOf.

TEST_F(EvaluateTest, EachScenarioObservesWhatItsChecksNeed) {
  Add("a", {SaysClause("x")}).scenarios = {"plain", "again"};
  Add("b", {spec::AnyOf{{{Clause("test.runs")}, {Clause("test.unknown")}}}}).scenarios = {"again"};
  Add("c", {Clause("test.runs")}).languages = {"py"};
  const auto needs = NeedsOf(exercise, "c", TestKinds());
  EXPECT_THAT(needs.at("plain"), ElementsAre(Facet::kTransfers));
  EXPECT_THAT(needs.at("again"), ElementsAre(Facet::kTransfers, Facet::kFiles));
  EXPECT_THAT(NeedsOf(exercise, "py", TestKinds()).at("plain"),
              ElementsAre(Facet::kTransfers, Facet::kFiles));
}

}  // namespace
}  // namespace plumbline::evaluate
