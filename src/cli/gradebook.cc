// SPDX-License-Identifier: MIT
// Looks into a gradebook, and changes what a teacher decides: policies, adjustments, extra time.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <map>
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

// "2026-12-01 23:59", in UTC; of a date alone, its last second.
std::optional<int64_t> TimeIn(const std::string& text) {
  constexpr int64_t kDay = 24 * 3600;
  for (const char* form : {"%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d"}) {
    std::tm parts{};
    const char* const end = ::strptime(text.c_str(), form, &parts);
    if (end == nullptr || *end != '\0') continue;
    const int day = parts.tm_mday;
    const auto time = static_cast<int64_t>(::timegm(&parts));
    if (parts.tm_mday != day) return std::nullopt;  // February has no 31st
    return std::string_view(form).contains("%H") ? time : time + kDay - 1;
  }
  return std::nullopt;
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

using gradebook::AttemptRow;
using gradebook::ResultRow;
using Key = std::pair<std::string, std::string>;  // student, exercise

// How a student stands in an exercise.
enum class Standing { kPassed, kFailed, kRefused, kError, kPending, kMissing };
constexpr std::array<std::pair<Standing, const char*>, 6> kStandings{
    {{Standing::kPassed, "passed"},
     {Standing::kFailed, "failed"},
     {Standing::kRefused, "refused"},
     {Standing::kError, "error"},
     {Standing::kPending, "pending"},
     {Standing::kMissing, "missing"}}};

std::string ToString(Standing standing) {
  return std::ranges::find(kStandings, standing, &std::pair<Standing, const char*>::first)->second;
}

Standing StandingOf(const ResultRow& result) {
  switch (result.state) {
    case ResultRow::State::kGraded:
      return result.passed ? Standing::kPassed : Standing::kFailed;
    case ResultRow::State::kRefused:
      return Standing::kRefused;
    case ResultRow::State::kError:
      break;
  }
  return Standing::kError;
}

// The book, and of what is asked for alone.
struct Seen {
  Book book;
  std::map<Key, Standing> standings;
};

// By the attempt that counts; where none does, by the last one.
std::map<Key, Standing> StandingsIn(const Book& book, const std::vector<AttemptRow>& attempts) {
  std::map<Key, Standing> standings;
  for (const auto& [key, mark] : book.marks) standings[key] = Standing::kMissing;
  for (const AttemptRow& attempt : attempts) {
    const Key key(attempt.key.student, attempt.key.exercise);
    const auto mark = book.marks.find(key);
    if (mark == book.marks.end()) continue;
    const int64_t counts = mark->second.attempt;
    if (counts != 0 && counts != attempt.id) continue;
    standings[key] = attempt.result ? StandingOf(*attempt.result) : Standing::kPending;
  }
  return standings;
}

Outcome<Seen> Look(Gradebook& gradebook, const Options& options) {
  TRY_ASSIGN(Book book, gradebook::ReadBook(gradebook));
  TRY_ASSIGN(const std::vector<AttemptRow> attempts, gradebook.Attempts("", ""));
  std::map<Key, Standing> standings = StandingsIn(book, attempts);
  if (!options.exercise.empty()) {
    std::erase_if(book.exercises,
                  [&](const auto& exercise) { return exercise.id != options.exercise; });
    if (book.exercises.empty())
      return Refuse("no exercise '" + Escaped(options.exercise) + "' in the gradebook",
                    "plumbline gradebook lists them");
  }
  if (!options.section.empty())
    std::erase_if(book.students,
                  [&](const auto& student) { return student.section != options.section; });
  if (!options.standing.empty())
    std::erase_if(book.students, [&](const auto& student) {
      return std::ranges::none_of(book.exercises, [&](const auto& exercise) {
        return ToString(standings.at({student.id, exercise.id})) == options.standing;
      });
    });
  return Seen{std::move(book), std::move(standings)};
}

// "7/10", or what there is instead of a mark; "-": nothing was handed in.
std::string TextOf(const Mark& mark, Standing standing) {
  if (mark.points) return PointsText(*mark.points) + "/" + std::to_string(mark.max_points);
  return standing == Standing::kMissing ? "-" : ToString(standing);
}

std::string TableOf(const Seen& seen) {
  const Book& book = seen.book;
  std::vector<std::vector<std::string>> rows{{"student", "name"}};
  for (const auto& exercise : book.exercises) rows.front().push_back(exercise.id);
  for (const auto& student : book.students) {
    std::vector<std::string> row{Escaped(student.id), Escaped(student.name)};
    for (const auto& exercise : book.exercises) {
      const Key key(student.id, exercise.id);
      row.push_back(TextOf(book.marks.at(key), seen.standings.at(key)));
    }
    rows.push_back(std::move(row));
  }
  return Table(rows);
}

using Json = nlohmann::ordered_json;

Json AsJson(const Mark& mark, Standing standing) {
  return {{"points", mark.points ? Json(*mark.points) : nullptr},
          {"max_points", mark.max_points},
          {"late", mark.taken_off},
          {"adjusted", mark.adjusted},
          {"state", ToString(standing)}};
}

Json AsJson(const gradebook::Student& student) {
  return {{"id", student.id},
          {"name", student.name},
          {"email", student.email},
          {"section", student.section}};
}

Json AsJson(const Policy& policy) {
  return {{"attempts", policy.attempts == Policy::Attempts::kBest ? "best" : "last"},
          {"due", policy.due ? Json(*policy.due) : nullptr},
          {"late_percent", policy.late_percent}};
}

Json DocumentOf(const Seen& seen) {
  auto exercises = Json::array();
  for (const auto& exercise : seen.book.exercises)
    exercises.push_back({{"id", exercise.id},
                         {"title", exercise.title},
                         {"max_points", exercise.max_points},
                         {"policy", AsJson(exercise.policy)}});
  auto students = Json::array();
  for (const auto& student : seen.book.students) {
    Json marks = Json::object();
    for (const auto& exercise : seen.book.exercises) {
      const Key key(student.id, exercise.id);
      marks[exercise.id] = AsJson(seen.book.marks.at(key), seen.standings.at(key));
    }
    Json one = AsJson(student);
    one["marks"] = std::move(marks);
    students.push_back(std::move(one));
  }
  return {{"format", "plumbline/gradebook/1"}, {"exercises", exercises}, {"students", students}};
}

// --- How the marks of one student came about.

// "best attempt counts; due 2026-12-01 23:59, 10 % off for each day begun after that".
std::string TextOf(const Policy& policy) {
  std::string text = policy.attempts == Policy::Attempts::kBest ? "the best attempt counts"
                                                                : "the last attempt counts";
  if (policy.due) text += "; due " + TimeText(*policy.due);
  if (policy.late_percent > 0)
    text += ", " + std::to_string(policy.late_percent) + " % off for each day begun after that";
  return text;
}

class Story {
 public:
  Story(Gradebook& gradebook, const Seen& seen, gradebook::Student student)
      : gradebook_(gradebook), seen_(seen), student_(std::move(student)) {}

  Outcome<std::string> Text() {
    std::string text;
    for (const auto& exercise : seen_.book.exercises) {
      TRY_ASSIGN(const Json one, Of(exercise));
      text += TextOf(exercise, one);
    }
    return text;
  }

  Outcome<Json> Document() {
    Json document{{"format", "plumbline/student/1"}, {"student", AsJson(student_)}};
    document["exercises"] = Json::array();
    for (const auto& exercise : seen_.book.exercises) {
      TRY_ASSIGN(Json one, Of(exercise));
      document["exercises"].push_back(std::move(one));
    }
    return document;
  }

 private:
  // All that is known, as the document has it; the text tells the same.
  Outcome<Json> Of(const gradebook::ExerciseRow& exercise) {
    const Key key(student_.id, exercise.id);
    const Mark& mark = seen_.book.marks.at(key);
    Json one{{"exercise", exercise.id}, {"mark", AsJson(mark, seen_.standings.at(key))}};
    one["policies"] = Json::array();
    TRY_ASSIGN(const auto policies, gradebook_.Policies(exercise.id));
    for (const auto& row : policies) {
      Json policy = AsJson(row.policy);
      policy["at"] = row.at;
      one["policies"].push_back(std::move(policy));
    }
    TRY_ASSIGN(one["hand_ins"], HandIns(exercise.id, mark));
    one["extensions"] = Json::array();
    TRY_ASSIGN(const auto extensions, gradebook_.Extensions(student_.id, exercise.id));
    for (const auto& extension : extensions)
      one["extensions"].push_back(
          {{"at", extension.at}, {"seconds", extension.seconds}, {"reason", extension.reason}});
    one["adjustments"] = Json::array();
    TRY_ASSIGN(const auto adjustments, gradebook_.Adjustments(student_.id, exercise.id));
    for (const auto& adjustment : adjustments)
      one["adjustments"].push_back(
          {{"at", adjustment.at}, {"points", adjustment.points}, {"reason", adjustment.reason}});
    return one;
  }

  Outcome<Json> HandIns(const std::string& exercise, const Mark& mark) {
    TRY_ASSIGN(const auto attempts, gradebook_.Attempts(exercise, student_.id));
    TRY_ASSIGN(const auto hand_ins, gradebook_.HandIns(exercise, student_.id));
    Json all = Json::array();
    for (const auto& hand_in : hand_ins) {
      const auto& attempt = *std::ranges::find(attempts, hand_in.attempt, &AttemptRow::id);
      Json one{{"submitted", hand_in.submitted},
               {"source", hand_in.source},
               {"attempt", attempt.id},
               {"state", "pending"},
               {"points", nullptr},
               {"max_points", 0},
               {"message", ""},
               {"counts", attempt.id == mark.attempt && hand_in.submitted == mark.submitted}};
      if (attempt.result) {
        const ResultRow& result = *attempt.result;
        one["state"] = ToString(StandingOf(result));
        if (result.state == ResultRow::State::kGraded) one["points"] = result.points;
        one["max_points"] = result.max_points;
        one["message"] = result.message;
      }
      one["changes"] = Json::array();
      TRY_ASSIGN(const auto history, gradebook_.History(attempt.id));
      for (const auto& change : history)
        one["changes"].push_back(
            {{"at", change.at}, {"from", change.from}, {"to", change.to}, {"why", change.why}});
      all.push_back(std::move(one));
    }
    return all;
  }

  std::string TextOf(const gradebook::ExerciseRow& exercise, const Json& one) const {
    const Key key(student_.id, exercise.id);
    const Mark& mark = seen_.book.marks.at(key);
    std::string text = exercise.id + ": " + cli::TextOf(mark, seen_.standings.at(key)) + "\n";
    if (exercise.policy != Policy()) text += "  " + cli::TextOf(exercise.policy) + "\n";
    for (const Json& hand_in : one.at("hand_ins")) text += TextOfHandIn(hand_in);
    if (mark.taken_off > 0) text += "  late: -" + PointsText(mark.taken_off) + "\n";
    for (const Json& extension : one.at("extensions"))
      text += "  " + TimeText(extension.at("at")) + "  " +
              plumbline::ToString(std::chrono::seconds(extension.at("seconds").get<int64_t>())) +
              " more: " + Escaped(extension.at("reason").get<std::string>()) + "\n";
    for (const Json& adjustment : one.at("adjustments"))
      text += "  " + TimeText(adjustment.at("at")) +
              "  adjusted: " + PointsText(adjustment.at("points")) + ", " +
              Escaped(adjustment.at("reason").get<std::string>()) + "\n";
    return text;
  }

  static std::string TextOfHandIn(const Json& hand_in) {
    std::string text = "  " + TimeText(hand_in.at("submitted")) + "  ";
    if (!hand_in.at("points").is_null())
      text += std::to_string(hand_in.at("points").get<int>()) + "/" +
              std::to_string(hand_in.at("max_points").get<int>());
    else
      text += hand_in.at("state").get<std::string>();
    text += hand_in.at("counts").get<bool>() ? "  counts\n" : "\n";
    const std::string message = hand_in.at("message");
    for (const std::string_view line : Lines(message)) text += "    " + Escaped(line) + "\n";
    for (const Json& change : hand_in.at("changes"))
      text += "    " + TimeText(change.at("at")) + "  " +
              std::to_string(change.at("from").get<int>()) + " -> " +
              std::to_string(change.at("to").get<int>()) + ": " +
              change.at("why").get<std::string>() + "\n";
    return text;
  }

  Gradebook& gradebook_;
  const Seen& seen_;
  const gradebook::Student student_;
};

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
    if (!policy.due && options.due != "none")
      return Refuse("'" + Escaped(options.due) + "' is no time",
                    "write it like \"2026-12-01 23:59\" (UTC), a date for its end, or none");
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
    if (!std::isfinite(*options.adjust))
      return Refuse("a mark cannot be adjusted by that", "give points, such as -1.5");
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

// --- For other systems.

Outcome<std::string> Filled(const Book& book, const Options& options) {
  const auto worksheet = ReadFile(options.worksheet);
  if (!worksheet)
    return Refuse(worksheet.error().message, options.format == "moodle"
                                                 ? "download it from the assignment"
                                                 : "download it: Grades, Export");
  std::vector<std::string> unknown;
  auto filled = options.format == "moodle"
                    ? gradebook::ToMoodle(book, options.exercise, *worksheet, unknown)
                    : gradebook::ToCanvas(book, *worksheet, unknown);
  if (!filled)
    return Refuse(options.worksheet.string() + ": " + filled.error().message, filled.error().hint);
  for (const std::string& who : unknown)
    Tell("plumbline: note: " + Escaped(who) + " is not in the gradebook\n");
  return *std::move(filled);
}

Outcome<std::string> Exported(const Book& book, const Options& options) {
  const bool moodle = options.format == "moodle";
  if (moodle && (options.worksheet.empty() || options.exercise.empty()))
    return Refuse("Moodle's own worksheet is filled, of one exercise",
                  "add --worksheet FILE --exercise ID");
  if (!moodle && !options.exercise.empty())
    return Refuse("--exercise is for moodle", "leave it out: there is a column for each");
  if (options.format == "csv" && !options.worksheet.empty())
    return Refuse("--worksheet is for moodle and canvas", "add --format moodle or canvas");
  if (!options.worksheet.empty()) return Filled(book, options);
  return options.format == "canvas" ? gradebook::ToCanvas(book) : gradebook::ToCsv(book);
}

}  // namespace

Outcome<Exit> RunGradebook(const Options& options) {
  TRY_ASSIGN(Gradebook book, OpenGradebook(options.gradebook, false));
  TRY_ASSIGN(const bool changed, Change(book, options));
  if (changed) return Exit::kPassed;
  TRY_ASSIGN(const Seen seen, Look(book, options));
  if (options.student.empty()) {
    if (options.json)
      PrintDocument(DocumentOf(seen));
    else
      Print(TableOf(seen));
    return Exit::kPassed;
  }
  const auto student =
      std::ranges::find(seen.book.students, options.student, &gradebook::Student::id);
  if (student == seen.book.students.end())
    return Refuse("no student '" + Escaped(options.student) + "' in the gradebook",
                  "plumbline gradebook lists them");
  Story story(book, seen, *student);
  if (options.json) {
    TRY_ASSIGN(const Json document, story.Document());
    PrintDocument(document);
  } else {
    TRY_ASSIGN(const std::string text, story.Text());
    Print(text);
  }
  return Exit::kPassed;
}

Outcome<Exit> RunExport(const Options& options) {
  TRY_ASSIGN(Gradebook book, OpenGradebook(options.gradebook, false));
  TRY_ASSIGN(const Book all, gradebook::ReadBook(book));
  TRY_ASSIGN(const std::string text, Exported(all, options));
  if (options.output.empty())
    Print(text);
  else
    TRY(WriteOutputFile(options.output, text));
  return Exit::kPassed;
}

}  // namespace plumbline::cli
