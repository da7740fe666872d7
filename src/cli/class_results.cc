// SPDX-License-Identifier: MIT
#include "cli/class_results.h"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/hash.h"
#include "base/io.h"
#include "base/text.h"
#include "cli/console.h"
#include "cli/reporting.h"
#include "cli/runs.h"
#include "report/grade_document.h"
#include "report/json.h"
#include "report/translator.h"
#include "scenario/plan_codec.h"

namespace plumbline::cli {

Outcome<gradebook::Gradebook> OpenGradebook(const std::filesystem::path& file, bool make) {
  std::error_code error;
  if (!make && !std::filesystem::exists(file, error))
    return Refuse(file.string() + ": there is no such gradebook",
                  "plumbline grade makes one; --gradebook says which");
  auto book = gradebook::Gradebook::Open(file);
  if (!book) return Refuse(file.string() + ": " + book.error().message, book.error().hint);
  return *std::move(book);
}

namespace {

std::string FailureIn(const evaluate::Grade& grade) {
  for (const evaluate::ScenarioResult& scenario : grade.scenarios) {
    if (scenario.error) return "scenario " + scenario.name + ": " + scenario.error->message;
  }
  return "a check could not be judged";
}

}  // namespace

std::map<std::string, std::string> HashesOfScenarios(const spec::Exercise& exercise) {
  std::map<std::string, std::string> hashes;
  for (const auto& [name, scenario] : exercise.scenarios) {
    scenario::Plan plan{.exercise = exercise.id,
                        .scenario = scenario,
                        .limits = exercise.limits,
                        .main_program = FirstProgramOf(exercise)};
    plan.scenario.mark = {};
    for (spec::Step& step : plan.scenario.steps) step.mark = {};
    for (spec::Peer& peer : plan.scenario.peers) peer.mark = {};
    for (spec::Perturbation& perturbation : plan.scenario.under) perturbation.mark = {};
    Hasher hasher;
    hasher.Add(scenario::Encode(plan));
    for (const spec::Program& program : exercise.programs)
      hasher.Add(program.name).Add(Listed(program.files));
    hashes[name] = hasher.Finish();
  }
  return hashes;
}

Rows::Rows(const spec::Exercise& exercise, const std::string& lang)
    : exercise_(exercise),
      options_{.lang = report::ChooseLanguage(lang),
               .audience = report::ReportOptions::Audience::kTeacher},
      translator_(TranslatorFor(options_.lang)),
      scenarios_(HashesOfScenarios(exercise)) {}

gradebook::ResultRow Rows::Of(const evaluate::Grade& grade) const {
  using enum gradebook::ResultRow::State;
  return {.state = grade.points ? kGraded : kError,
          .exercise_hash = exercise_.hash,
          .version = Version(),
          .points = grade.points.value_or(0),
          .max_points = grade.max_points,
          .passed = grade.passed,
          .message = grade.points ? "" : FailureIn(grade),
          .grade = report::ToJson(report::DocumentOf(grade, Version(), options_, translator_)),
          .language = grade.language,
          .scenarios = scenarios_};
}

gradebook::ResultRow Rows::Of(const Stop& stop) const {
  using enum gradebook::ResultRow::State;
  return {.state = FailedByMachine(stop) ? kError : kRefused,
          .exercise_hash = exercise_.hash,
          .version = Version(),
          .message = stop.text};
}

bool FailedByMachine(const Stop& stop) { return stop.status == static_cast<int>(Exit::kMachine); }

bool FailedByMachine(const Outcome<Graded>& graded) {
  return graded ? !graded->grade.points : FailedByMachine(graded.error());
}

Outcome<gradebook::ResultRow> PutOutcome(gradebook::Gradebook& book, int64_t attempt,
                                         const Rows& rows, const Outcome<Graded>& graded) {
  const gradebook::ResultRow result = graded ? rows.Of(graded->grade) : rows.Of(graded.error());
  TRY(book.PutResult(attempt, result, graded ? graded->recordings : evaluate::Recordings()));
  return result;
}

Outcome<std::optional<Graded>> GradeKept(gradebook::Gradebook& book,
                                         const gradebook::AttemptRow& attempt,
                                         const report::GradeDocument& kept,
                                         const spec::Exercise& exercise, const Options& options) {
  if (!kept.build.ok) {
    return Graded{
        .grade = GradeUnbuilt(exercise, kept.language, kept.submission, kept.build, kept.isolation),
        .recordings = {}};
  }
  TRY_ASSIGN(evaluate::Recordings recordings, book.RecordingsOf(attempt.id));
  std::vector<record::Recording> all;
  for (auto& [scenario, runs] : recordings) std::ranges::move(runs, std::back_inserter(all));
  if (all.empty()) return std::nullopt;
  TRY_ASSIGN(Graded graded, GradeRecordings(exercise, std::move(all), options));
  graded.grade.submission = kept.submission;
  graded.grade.build = kept.build;
  return graded;
}

gradebook::Student AsKnown(const std::vector<gradebook::Student>& known,
                           const gradebook::Student& student) {
  return gradebook::FindStudent(known, {student.id, student.email, student.name}).value_or(student);
}

Outcome<std::vector<gradebook::Student>> ReadRoster(const std::filesystem::path& file) {
  std::vector<gradebook::Student> none;
  if (file.empty()) return none;
  const auto text = ReadFileOrPipe(file);
  if (!text) return Refuse(text.error().message, "give the class as a CSV file: id,name,email");
  auto roster = gradebook::ParseRoster(*text);
  if (!roster) return Refuse(file.string() + ": " + roster.error().message, roster.error().hint);
  return *std::move(roster);
}

}  // namespace plumbline::cli
