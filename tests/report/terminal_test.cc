// SPDX-License-Identifier: MIT
#include "report/terminal.h"

#include "base/text.h"
#include "tests/report/sample.h"
#include "tests/support/golden.h"

namespace plumbline::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Audience = report::ReportOptions::Audience;

std::string Told(const Sample& sample, const report::ReportOptions& options) {
  const report::Translator translator = In(options.lang);
  const auto grade = report::DocumentOf(sample.Grade(), "0.1.0", options, translator);
  return report::ToTerminal(grade, sample.exercise, sample.recordings, options, translator);
}

TEST(TerminalReport, IsAsItMustBeInEachLanguage) {
  for (const std::string lang : {"en", "ca", "es"}) {
    const std::string text = Told(HangingSample(), {.lang = lang});
    EXPECT_EQ(text, Golden("report/hang." + lang + ".txt", text));
    const std::string unbuilt = Told(UnbuiltSample(), {.lang = lang});
    EXPECT_EQ(unbuilt, Golden("report/not-built." + lang + ".txt", unbuilt));
  }
}

TEST(TerminalReport, IsAsItMustBeForATeacher) {
  const std::string text = Told(HangingSample(), {.audience = Audience::kTeacher});
  EXPECT_EQ(text, Golden("report/hang.teacher.txt", text));
}

TEST(TerminalReport, IsAsItMustBeInColour) {
  const std::string text = Told(HangingSample(), {.colour = true});
  EXPECT_EQ(text, Golden("report/hang.colour.txt", text));
  EXPECT_THAT(Told(HangingSample(), {}), Not(HasSubstr("\x1b")));
}

TEST(TerminalReport, IsAsItMustBeWhenAllIsWell) {
  const std::string text = Told(PassingSample(), {});
  EXPECT_EQ(text, Golden("report/passed.txt", text));
}

TEST(TerminalReport, IsAsItMustBeOnANarrowTerminal) {
  const std::string text = Told(HangingSample(), {.lang = "ca", .width = 50});
  EXPECT_EQ(text, Golden("report/hang.narrow.txt", text));
}

TEST(TerminalReport, KeepsToItsWidth) {
  for (const std::string lang : {"en", "ca", "es"}) {
    for (const int width : {60, 80, 100}) {
      const std::string text = Told(HangingSample(), {.lang = lang, .width = width});
      for (const std::string_view line : Lines(text)) {
        size_t columns = 0;
        for (const char c : line) columns += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
        EXPECT_LE(columns, static_cast<size_t>(width)) << line;
      }
    }
  }
}

TEST(TerminalReport, BreaksNoLineWithoutAWidth) {
  const std::string text = Told(HangingSample(), {.width = 0});
  EXPECT_THAT(text,
              HasSubstr("the write end of the pipe from sort to wc, and never uses it again.\n"));
}

TEST(TerminalReport, RunsThatHangAlikeTellItOnce) {
  Sample sample = HangingSample();
  sample.recordings["usage"] = sample.recordings["counts"];
  sample.recordings["usage"][0].header.scenario = "usage";
  const std::string text = Told(sample, {.audience = Audience::kTeacher, .width = 0});
  const std::string told = "Nobody could go on: end of file never comes";
  const size_t first = text.find(told);
  ASSERT_NE(first, std::string::npos) << text;
  EXPECT_EQ(text.find(told, first + 1), std::string::npos) << text;
  const std::string outcome = "nothing could move any more\n";
  const size_t one = text.find(outcome);
  EXPECT_NE(text.find(outcome, one + 1), std::string::npos) << text;
}

TEST(TerminalReport, EscapesWhatAProgramWroteAndCalledItself) {
  Sample sample = PassingSample();
  RecordingBuilder b;
  const auto submission = b.Scenario("usage").Start("submission", "/lab/main");
  b.Write(submission, 1,
          "\x1b]0;title\x07\xe2\x80\xae\xff\x9b"
          "31m\n");
  const auto child = b.Fork(submission);
  b.Exec(child, "/lab/\x1b[2Jx")
      .Exit(child, 0, SIGSEGV)
      .Reap(submission, child)
      .Exit(submission, 1);
  sample.recordings["usage"] = {b.Build()};
  sample.Add("text", 1, "usage",
             {ClauseOf("output.text").With("equals", spec::Text(TextOf("hola\n")))});
  sample.Add("child", 1, "usage",
             {ClauseOf("processes.exit").With("who", WhoListOf({"submission/1"}))});
  sample.build.diagnostics = {{"\x1b[1mmain.c", 1, 1, "warning", "\x1b[31mred\x1b[0m"}};
  const std::string text = Told(sample, {});
  EXPECT_EQ(text, Golden("report/hostile.txt", text));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\x07")));
  EXPECT_THAT(text, Not(HasSubstr("\xe2\x80\xae")));
  EXPECT_TRUE(IsUtf8(text));
}

TEST(TerminalReport, HidesFromStudentsWhatAHiddenCheckFound) {
  const std::string student = Told(HangingSample(), {.width = 0});
  EXPECT_THAT(student, HasSubstr("What it found is shown after the grading."));
  EXPECT_THAT(student, Not(HasSubstr("its status should be 2")));
  EXPECT_THAT(Told(HangingSample(), {.audience = Audience::kTeacher, .width = 0}),
              HasSubstr("its status should be 2"));
}

TEST(TerminalReport, HidesTheStepsOfAScenarioWhoseChecksAreAllHidden) {
  Sample sample = HangingSample();
  auto& run = sample.recordings["usage"][0];
  run.outcome = record::Outcome::kStuck;
  run.stuck = record::Stuck{0, "await: {output: secret}", "end of file"};
  EXPECT_THAT(Told(sample, {}), Not(HasSubstr("secret")));
  EXPECT_THAT(Told(sample, {.audience = Audience::kTeacher}),
              HasSubstr("step 1: await: {output: secret}; instead: end of file"));
}

TEST(TerminalReport, TellsStudentsNothingOfAHiddenScenario) {
  Sample sample = PerturbedSample();
  EXPECT_THAT(Told(sample, {}), Not(HasSubstr("\n  usage ")));
  EXPECT_THAT(Told(sample, {.audience = Audience::kTeacher}), HasSubstr("\n  usage "));
  for (spec::Check& check : sample.exercise.checks) check.hidden = true;
  EXPECT_THAT(Told(sample, {}), Not(HasSubstr("Runs:")));
}

TEST(TerminalReport, TellsWhatFailedInAHiddenScenarioToo) {
  const std::string text = Told(FailedSample(), {});
  EXPECT_THAT(text, HasSubstr("usage   the grader failed\n          cannot clone\n"));
}

TEST(TerminalReport, DrawsTheRunThatLost) {
  Sample sample = LostChainSample();
  EXPECT_THAT(Told(sample, {}), HasSubstr("kept open, not used"));
}

TEST(TerminalReport, TellsAStepThatCouldNotHappen) {
  Sample sample = HangingSample();
  auto& run = sample.recordings["counts"][0];
  run.outcome = record::Outcome::kStuck;
  run.stuck = record::Stuck{0, "await: blocked", ""};
  const std::string text = Told(sample, {});
  EXPECT_THAT(text, HasSubstr("could not go on"));
  EXPECT_THAT(text, HasSubstr("step 1: await: blocked\n"));
}

TEST(TerminalReport, GivesNoGradeWhereACheckIsInError) {
  Sample sample = HangingSample();
  sample.recordings["counts"][0].outcome = record::Outcome::kError;
  sample.recordings["counts"][0].error = Error{"cannot clone: \x1b[31m"};
  const std::string text = Told(sample, {});
  EXPECT_THAT(text, HasSubstr("the grader failed"));
  EXPECT_THAT(text, HasSubstr("cannot clone: \\x1b[31m"));
  EXPECT_THAT(text, HasSubstr("Your program is not the reason."));
  EXPECT_THAT(text, HasSubstr("No grade: something could not be judged, and not by your fault."));
  EXPECT_THAT(text, Not(HasSubstr("Points:")));
}

TEST(TerminalReport, SaysWhichGateIsMissing) {
  Sample sample = HangingSample();
  sample.exercise.checks[2].gate = true;
  const std::string text = Told(sample, {});
  EXPECT_THAT(text, HasSubstr("count (no points without it)"));
  EXPECT_THAT(text, HasSubstr("There are no points without the check 'count'."));
  EXPECT_THAT(text, HasSubstr("Points: 0 of 8. Not passed yet."));
}

TEST(TerminalReport, TellsHowToRepeatARunThatWasLost) {
  Sample sample = PerturbedSample();
  sample.recordings["usage"][0].machine.losses = {{"usage", 3}};
  const std::string text = Told(sample, {.audience = Audience::kTeacher, .width = 0});
  EXPECT_THAT(text, HasSubstr("usage was lost in so many of these runs: 3\n"));
  EXPECT_THAT(text, HasSubstr("usage   ended with status 1, runs: 2\n"));
  EXPECT_THAT(text, HasSubstr("repeat it with: plumbline check exercise SUBMISSION"));
  EXPECT_THAT(text, HasSubstr("in the scenario 'usage' when it was perturbed"));
}

TEST(TerminalReport, ShowsNoMoreThanTenWordsOfTheCompiler) {
  Sample sample = UnbuiltSample();
  for (int i = 0; i < 20; ++i) sample.build.diagnostics.push_back({"main.c", i, 1, "error", "x"});
  EXPECT_THAT(Told(sample, {}), HasSubstr("… more: 13"));
}

TEST(TerminalReport, KnowsEachOutcome) {
  using record::Outcome;
  const std::pair<Outcome, std::string> all[] = {
      {Outcome::kSignalled, "was ended by SIGTERM"},
      {Outcome::kDeadlocked, "nothing could move any more"},
      {Outcome::kProcessorLimit, "used up its processor time"},
      {Outcome::kVirtualLimit, "used up its virtual time, after 1 min"},
      {Outcome::kMemoryLimit, "used up its memory"},
      {Outcome::kOutputLimit, "wrote more than is kept"},
      {Outcome::kStuck, "could not go on"},
      {Outcome::kError, "the grader failed"}};
  for (const auto& [outcome, words] : all) {
    evaluate::Grade grade;
    auto& scenario = grade.scenarios.emplace_back();
    scenario.name = "plain";
    scenario.outcome = outcome;
    scenario.status = SIGTERM;
    if (outcome == Outcome::kVirtualLimit) scenario.virtual_time = std::chrono::minutes(1);
    EXPECT_THAT(
        report::ToTerminal(report::DocumentOf(grade, "", {}, In("en")), {}, {}, {}, In("en")),
        HasSubstr(words));
  }
}

}  // namespace
}  // namespace plumbline::testing
