// SPDX-License-Identifier: MIT
#include "cli/class_report.h"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "cli/class_results.h"
#include "cli/console.h"
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
    const report::Sources none;  // a gradebook keeps none
    TRY(WriteReport(*report::FormatNamed("html"), folder_ / PageOf(attempt),
                    {grade, unknown, recordings, none, translator_}, options_));
    return {};
  }

  // Findings are told in the language in which they were kept.
  void NoteLanguage(const std::string& lang) {
    if (lang == translator_.lang() || noted_) return;
    noted_ = true;
    Tell("plumbline: note: findings stay in the language of the grades, " + lang +
         "; grade --lang and regrade --lang say which\n");
  }

 private:
  Gradebook& book_;
  const Options& options_;
  const report::Translator& translator_;
  bool noted_ = false;
  const fs::path folder_;  // "": there are none
};

Outcome<void> AddExercise(Gradebook& gradebook, const Book& book, size_t number, Pages& pages,
                          ClassReport& report) {
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
    TRY_ASSIGN(const GradeDocument grade, report::GradeFromJson(attempt.result->grade));
    pages.NoteLanguage(grade.lang);
    checks.Add(grade, place->second);
    if (!pages.AreWanted()) continue;
    TRY(pages.Write(attempt, grade));
    mark.page = PageOf(attempt);
  }
  report.exercises[number].checks = checks.Take();
  return {};
}

Outcome<ClassReport> ReportOf(Gradebook& gradebook, Pages& pages) {
  TRY_ASSIGN(const Book book, gradebook::ReadBook(gradebook));
  ClassReport report;
  for (const auto& student : book.students)
    report.students.push_back({student.id, student.name, student.section,
                               std::vector<ClassReport::Mark>(book.exercises.size())});
  for (const auto& exercise : book.exercises)
    report.exercises.push_back({exercise.id, exercise.title, exercise.max_points, {}});
  for (size_t i = 0; i < book.exercises.size(); ++i)
    TRY(AddExercise(gradebook, book, i, pages, report));
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
  Pages pages(gradebook, options, translator, folder);
  TRY_ASSIGN(const ClassReport report, ReportOf(gradebook, pages));
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
