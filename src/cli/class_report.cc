// SPDX-License-Identifier: MIT
#include "cli/class_report.h"

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "cli/catalogue.h"
#include "cli/class_results.h"
#include "cli/console.h"
#include "cli/grading.h"
#include "cli/output_file.h"
#include "cli/reporting.h"
#include "cli/surroundings.h"
#include "gradebook/export.h"
#include "report/class_page.h"
#include "report/formats.h"
#include "report/json.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

using evaluate::Verdict;
using gradebook::AttemptRow;
using gradebook::Book;
using gradebook::Gradebook;
using report::ClassReport;
using report::GradeDocument;
using State = gradebook::ResultRow::State;

// Of the checks of one exercise, gathered grade by grade.
class Gathering {
 public:
  void Add(const GradeDocument& grade, size_t student) {
    for (const GradeDocument::Check& check : grade.checks) {
      if (check.verdict == Verdict::kError) continue;
      const auto [it, fresh] = place_.try_emplace(check.id, checks_.size());
      if (fresh) checks_.push_back({{.id = check.id, .title = check.title}, {}});
      auto& [told, reasons] = checks_[it->second];
      ++told.of;
      if (check.verdict == Verdict::kPassed) continue;
      ++told.lost;
      told.students.push_back(student);
      if (!check.findings.empty()) {
        auto& [count, example] = reasons[check.findings.front().code];
        if (count++ == 0) example = check.findings.front().what;
      }
    }
  }

  std::vector<ClassReport::Check> Take() {
    std::vector<ClassReport::Check> all;
    for (auto& [check, reasons] : checks_) {
      const auto usual = std::ranges::max_element(
          reasons, {}, [](const auto& reason) { return reason.second.first; });
      if (usual != reasons.end()) check.example = usual->second.second;
      all.push_back(std::move(check));
    }
    return all;
  }

 private:
  // By code: how many, and what was told of the first.
  using Reasons = std::map<std::string, std::pair<int, std::string>>;
  std::map<std::string, size_t> place_;
  std::vector<std::pair<ClassReport::Check, Reasons>> checks_;
};

std::string PageOf(const AttemptRow& attempt) {
  return "attempts/" + std::to_string(attempt.id) + ".html";
}

// Grades are kept in one language. Where the exercise is here as it was, what its runs come to can
// be told in another.
class Retelling {
 public:
  Retelling(Gradebook& book, const Options& options, const report::Translator& translator)
      : book_(book), options_(options), translator_(translator) {}

  // As it was kept, if it cannot be.
  Outcome<GradeDocument> Told(const AttemptRow& attempt, GradeDocument kept) {
    if (kept.lang == translator_.lang()) return kept;
    TRY_ASSIGN(const auto again, Again(attempt, kept));
    if (again) return *again;
    Note(kept.lang);
    return kept;
  }

 private:
  Outcome<std::optional<GradeDocument>> Again(const AttemptRow& attempt,
                                              const GradeDocument& kept) {
    const spec::Exercise* exercise = ExerciseOf(attempt);
    if (exercise == nullptr) return std::nullopt;
    TRY_ASSIGN(const auto graded, GradeKept(book_, attempt, kept, *exercise, options_));
    if (!graded) return std::nullopt;
    GradeDocument told = report::DocumentOf(
        graded->grade, Version(),
        {.lang = translator_.lang(), .audience = report::ReportOptions::Audience::kTeacher},
        translator_);
    if (!IsTheSame(told, kept)) return std::nullopt;
    return told;
  }

  // As it was when the attempt was graded; null: it is not here, or is another one now.
  const spec::Exercise* ExerciseOf(const AttemptRow& attempt) {
    const std::string& id = attempt.key.exercise;
    if (!exercises_.contains(id)) {
      Options one = options_;
      one.exercise = id;
      auto exercise = LoadExercise(one);
      exercises_[id] = exercise ? std::optional(*std::move(exercise)) : std::nullopt;
    }
    const auto& exercise = exercises_.at(id);
    const bool same = exercise && exercise->hash == attempt.result->exercise_hash;
    return same ? &*exercise : nullptr;
  }

  // The same of each check.
  static bool IsTheSame(const GradeDocument& one, const GradeDocument& other) {
    return std::ranges::equal(one.checks, other.checks, [](const auto& a, const auto& b) {
      return a.id == b.id && a.verdict == b.verdict && a.points == b.points;
    });
  }

  void Note(const std::string& lang) {
    if (std::exchange(noted_, true)) return;
    Tell("plumbline: note: findings stay in the language of the grades, " + lang +
         ", where the exercise is not here as it was; grade --lang and regrade --lang say which\n");
  }

  Gradebook& book_;
  const Options& options_;
  const report::Translator& translator_;
  std::map<std::string, std::optional<spec::Exercise>> exercises_;
  bool noted_ = false;
};

// Her files, if they still lie where they were found and are what was graded.
report::Sources SourcesOf(const AttemptRow& attempt) {
  std::error_code error;
  if (!fs::exists(attempt.source, error)) return {};
  const auto submission = ReadSubmissionAt(attempt.source);
  if (!submission || submission->hash != attempt.key.submission) return {};
  return cli::SourcesOf(*submission);
}

// A page for each attempt that counts and has a grade.
class Pages {
 public:
  Pages(Gradebook& book, const Options& options, const report::Translator& translator,
        fs::path folder)
      : book_(book), options_(options), translator_(translator), folder_(std::move(folder)) {}

  bool AreWanted() const { return !folder_.empty(); }

  Outcome<void> Write(const AttemptRow& attempt, const GradeDocument& grade) {
    TRY_ASSIGN(const evaluate::Recordings recordings, book_.RecordingsOf(attempt.id));
    const spec::Exercise unknown;
    const report::Sources sources = SourcesOf(attempt);  // a gradebook keeps none
    TRY(WriteReport(*report::FormatNamed("html"), folder_ / PageOf(attempt),
                    {grade, unknown, recordings, sources, translator_}, options_));
    return {};
  }

 private:
  Gradebook& book_;
  const Options& options_;
  const report::Translator& translator_;
  const fs::path folder_;  // "": there are none
};

Outcome<void> AddExercise(Gradebook& gradebook, const Book& book, size_t number,
                          Retelling& retelling, Pages& pages, ClassReport& report) {
  const gradebook::ExerciseRow& exercise = book.exercises[number];
  TRY_ASSIGN(const auto attempts, gradebook.Attempts(exercise.id, ""));
  std::map<std::string, size_t> places;
  for (size_t i = 0; i < book.students.size(); ++i) places[book.students[i].id] = i;
  // Who has handed in nothing may have a mark all the same: an adjustment.
  for (const auto& [student, place] : places)
    report.students[place].marks[number].points = book.marks.at({student, exercise.id}).points;
  Gathering checks;
  for (const AttemptRow& attempt : attempts) {
    const auto place = places.find(attempt.key.student);
    if (place == places.end()) continue;
    ClassReport::Mark& mark = report.students[place->second].marks[number];
    mark.handed_in = true;
    const gradebook::Mark& counts = book.marks.at({attempt.key.student, exercise.id});
    if (counts.attempt != attempt.id || !attempt.result || attempt.result->state != State::kGraded)
      continue;
    TRY_ASSIGN(GradeDocument kept, report::GradeFromJson(attempt.result->grade));
    TRY_ASSIGN(const GradeDocument grade, retelling.Told(attempt, std::move(kept)));
    checks.Add(grade, place->second);
    if (!pages.AreWanted()) continue;
    TRY(pages.Write(attempt, grade));
    mark.page = PageOf(attempt);
  }
  report.exercises[number].checks = checks.Take();
  return {};
}

Outcome<ClassReport> ReportOf(Gradebook& gradebook, Retelling& retelling, Pages& pages) {
  TRY_ASSIGN(const Book book, gradebook::ReadBook(gradebook));
  ClassReport report;
  for (const auto& student : book.students)
    report.students.push_back({student.id, student.name, student.section,
                               std::vector<ClassReport::Mark>(book.exercises.size())});
  for (const auto& exercise : book.exercises)
    report.exercises.push_back({exercise.id, exercise.title, exercise.max_points, {}});
  for (size_t i = 0; i < book.exercises.size(); ++i)
    TRY(AddExercise(gradebook, book, i, retelling, pages, report));
  return report;
}

// Where the pages go; "": there is the class's alone.
Outcome<fs::path> FolderOf(const fs::path& output) {
  std::error_code error;
  // A name without an ending is a folder's, unless something else has it.
  const bool folder =
      !output.empty() && output != "-" &&
      (fs::exists(output, error) ? fs::is_directory(output, error) : !output.has_extension());
  if (!folder) return fs::path();
  fs::create_directories(output / "attempts", error);
  if (error) return std::unexpected(ErrnoError("make " + output.string(), error.value()).error());
  return output;
}

}  // namespace

Outcome<Exit> ReportClass(const Options& options) {
  TRY_ASSIGN(Gradebook gradebook, OpenGradebook(options.grade, false));
  TRY_ASSIGN(const fs::path folder, FolderOf(options.output));
  const report::Translator translator = TranslatorFor(options.lang);
  Retelling retelling(gradebook, options, translator);
  Pages pages(gradebook, options, translator, folder);
  TRY_ASSIGN(const ClassReport report, ReportOf(gradebook, retelling, pages));
  TRY_ASSIGN(const report::Around around, Surroundings({}));
  TRY_ASSIGN(const std::string page,
             report::ToClassPage(report, translator, around.token, Version()));
  if (options.output.empty()) {
    Print(page);
  } else {
    TRY(WriteOutputFile(folder.empty() ? options.output : folder / "index.html", page));
  }
  return Exit::kPassed;
}

}  // namespace plumbline::cli
