// SPDX-License-Identifier: MIT
// Looks into a gradebook, and changes what a teacher decides: policies, adjustments, extra time.
#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>

#include "base/io.h"
#include "base/text.h"
#include "cli/class_results.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/document.h"
#include "cli/output_file.h"
#include "gradebook/export.h"
#include "report/layout.h"

namespace plumbline::cli {
namespace {

using gradebook::Book;
using gradebook::Gradebook;
using gradebook::Mark;
using gradebook::PointsText;
using gradebook::Policy;

std::string TimeText(int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
  return text;
}

// "2026-12-01", "2026-12-01 23:59", in UTC.
std::optional<int64_t> TimeIn(const std::string& text) {
  for (const char* form : {"%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d"}) {
    std::tm parts{};
    const char* const end = ::strptime(text.c_str(), form, &parts);
    if (end != nullptr && *end == '\0') return static_cast<int64_t>(::timegm(&parts));
  }
  return std::nullopt;
}

std::string TextOf(const Mark& mark) {
  return mark.points ? PointsText(*mark.points) + "/" + std::to_string(mark.max_points) : "-";
}

// --- Looking.

std::string Table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], report::Columns(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) line += report::Padded(row[i], widths[i] + 2);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string TableOf(const Book& book) {
  std::vector<std::vector<std::string>> rows{{"student", "name"}};
  for (const auto& exercise : book.exercises) rows.front().push_back(exercise.id);
  for (const auto& student : book.students) {
    std::vector<std::string> row{Escaped(student.id), Escaped(student.name)};
    for (const auto& exercise : book.exercises)
      row.push_back(TextOf(book.marks.at({student.id, exercise.id})));
    rows.push_back(std::move(row));
  }
  return Table(rows);
}

nlohmann::ordered_json DocumentOf(const Book& book) {
  auto students = nlohmann::ordered_json::array();
  for (const auto& student : book.students) {
    nlohmann::ordered_json marks;
    for (const auto& exercise : book.exercises) {
      const Mark& mark = book.marks.at({student.id, exercise.id});
      marks[exercise.id] = {
          {"points", mark.points ? nlohmann::ordered_json(*mark.points) : nullptr},
          {"max_points", mark.max_points},
          {"late", mark.taken_off},
          {"adjusted", mark.adjusted}};
    }
    students.push_back({{"id", student.id},
                        {"name", student.name},
                        {"email", student.email},
                        {"section", student.section},
                        {"marks", marks}});
  }
  return {{"format", "plumbline/gradebook/1"}, {"students", students}};
}

// All that is known of one student: how each mark came about.
Outcome<std::string> StoryOf(Gradebook& book, const std::string& student) {
  TRY_ASSIGN(const auto students, book.Students());
  if (std::ranges::find(students, student, &gradebook::Student::id) == students.end())
    return Refuse("no student '" + Escaped(student) + "' in the gradebook",
                  "plumbline gradebook lists them");
  TRY_ASSIGN(const auto marks, book.AllMarks());
  TRY_ASSIGN(const auto attempts, book.Attempts("", student));
  TRY_ASSIGN(const auto exercises, book.Exercises());
  std::string text;
  for (const auto& exercise : exercises) {
    const Mark& mark = marks.at({student, exercise.id});
    text += exercise.id + ": " + TextOf(mark) + "\n";
    for (const auto& attempt : attempts) {
      if (attempt.key.exercise != exercise.id) continue;
      text += "  " + TimeText(attempt.submitted) + "  ";
      if (!attempt.result) {
        text += "not graded yet\n";
        continue;
      }
      using enum gradebook::ResultRow::State;
      const auto& result = *attempt.result;
      const bool counts = attempt.id == mark.attempt;
      text += result.state == kGraded
                  ? std::to_string(result.points) + "/" + std::to_string(result.max_points)
                  : Escaped(result.message);
      text += (counts ? "  counts" : "") + std::string("\n");
      TRY_ASSIGN(const auto history, book.History(attempt.id));
      for (const auto& change : history)
        text += "    " + TimeText(change.at) + "  " + std::to_string(change.from) + " -> " +
                std::to_string(change.to) + ": " + change.why + "\n";
    }
    if (mark.taken_off > 0) text += "  late: -" + PointsText(mark.taken_off) + "\n";
    TRY_ASSIGN(const auto adjustments, book.Adjustments(student, exercise.id));
    for (const auto& adjustment : adjustments)
      text +=
          "  adjusted: " + PointsText(adjustment.points) + ", " + Escaped(adjustment.reason) + "\n";
  }
  return text;
}

// --- Changing.

Outcome<void> NeedReason(const Options& options) {
  if (options.reason.empty())
    return Refuse("a mark is changed only with a reason", "add --reason TEXT");
  if (options.student.empty() || options.exercise.empty())
    return Refuse("whose mark is it, and of what?", "add --student ID --exercise ID");
  return {};
}

Outcome<void> SetPolicy(Gradebook& book, const Options& options) {
  if (options.exercise.empty()) return Refuse("of which exercise?", "add --exercise ID");
  TRY_ASSIGN(const auto exercises, book.Exercises());
  const auto exercise = std::ranges::find(exercises, options.exercise, &gradebook::ExerciseRow::id);
  Policy policy = exercise == exercises.end() ? Policy() : exercise->policy;
  if (!options.due.empty()) {
    policy.due = TimeIn(options.due);
    if (!policy.due)
      return Refuse("'" + Escaped(options.due) + "' is no time",
                    "write it like \"2026-12-01 23:59\" (UTC)");
  }
  if (options.late_percent >= 0) policy.late_percent = options.late_percent;
  if (!options.attempts.empty())
    policy.attempts =
        options.attempts == "last" ? Policy::Attempts::kLast : Policy::Attempts::kBest;
  const Status set = book.SetPolicy(options.exercise, policy);
  if (!set) return Refuse(set.error().message, set.error().hint);
  return {};
}

Outcome<bool> Change(Gradebook& book, const Options& options) {
  bool changed = false;
  if (!options.due.empty() || options.late_percent >= 0 || !options.attempts.empty()) {
    TRY(SetPolicy(book, options));
    changed = true;
  }
  if (options.adjust) {
    TRY(NeedReason(options));
    const Status done =
        book.Adjust(options.student, options.exercise, *options.adjust, options.reason);
    if (!done) return Refuse(done.error().message, done.error().hint);
    changed = true;
  }
  if (options.extend_hours > 0) {
    TRY(NeedReason(options));
    constexpr int64_t kHour = 3600;
    const Status done = book.Extend(options.student, options.exercise, options.extend_hours * kHour,
                                    options.reason);
    if (!done) return Refuse(done.error().message, done.error().hint);
    changed = true;
  }
  return changed;
}

}  // namespace

Outcome<Exit> RunGradebook(const Options& options) {
  TRY_ASSIGN(Gradebook book, OpenGradebook(options.gradebook, false));
  TRY_ASSIGN(const bool changed, Change(book, options));
  if (changed) return Exit::kPassed;
  if (!options.student.empty()) {
    TRY_ASSIGN(const std::string story, StoryOf(book, options.student));
    Print(story);
    return Exit::kPassed;
  }
  TRY_ASSIGN(const Book all, gradebook::ReadBook(book));
  if (options.json)
    PrintDocument(DocumentOf(all));
  else
    Print(TableOf(all));
  return Exit::kPassed;
}

Outcome<Exit> RunExport(const Options& options) {
  TRY_ASSIGN(Gradebook book, OpenGradebook(options.gradebook, false));
  TRY_ASSIGN(const Book all, gradebook::ReadBook(book));
  std::string text;
  if (options.format == "moodle") {
    if (options.worksheet.empty() || options.exercise.empty())
      return Refuse("Moodle's own worksheet is filled, of one exercise",
                    "add --worksheet FILE --exercise ID");
    const auto worksheet = ReadFile(options.worksheet);
    if (!worksheet) return Refuse(worksheet.error().message, "download it from the assignment");
    std::vector<std::string> unknown;
    auto filled = gradebook::ToMoodle(all, options.exercise, *worksheet, unknown);
    if (!filled)
      return Refuse(options.worksheet.string() + ": " + filled.error().message,
                    filled.error().hint);
    for (const std::string& who : unknown)
      Tell("plumbline: note: " + Escaped(who) + " is not in the gradebook\n");
    text = *std::move(filled);
  } else {
    text = options.format == "canvas" ? gradebook::ToCanvas(all) : gradebook::ToCsv(all);
  }
  if (options.output.empty())
    Print(text);
  else
    TRY(WriteOutputFile(options.output, text));
  return Exit::kPassed;
}

}  // namespace plumbline::cli
