// SPDX-License-Identifier: MIT
// The recordings of a gradebook, judged again by the exercises as they are now. Nothing is run.
// Exit status: 0; 3 when something could not be judged.
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "cli/catalogue.h"
#include "cli/class_results.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/grading.h"
#include "report/json.h"
#include "report/translator.h"

namespace plumbline::cli {
namespace {

using gradebook::AttemptRow;
using gradebook::Gradebook;
using gradebook::ResultRow;

// What each check earned.
using Points = std::map<std::string, int>;

Points PointsIn(const std::string& grade) {
  Points points;
  if (const auto document = report::GradeFromJson(grade)) {
    for (const auto& check : document->checks) points[check.id] = check.points;
  }
  return points;
}

// "joined 0 -> 3, reaped 2 -> 0".
std::string Difference(const Points& before, const Points& after) {
  std::set<std::string> checks;
  for (const auto& [check, points] : before) checks.insert(check);
  for (const auto& [check, points] : after) checks.insert(check);
  std::string text;
  for (const std::string& check : checks) {
    const auto from = before.find(check);
    const auto to = after.find(check);
    const std::string old_points = from == before.end() ? "none" : std::to_string(from->second);
    const std::string new_points = to == after.end() ? "none" : std::to_string(to->second);
    if (old_points == new_points) continue;
    text += (text.empty() ? "" : ", ") + check + " " + old_points + " -> " + new_points;
  }
  return text;
}

class Regrading {
 public:
  Regrading(Gradebook& book, const spec::Exercise& exercise, const Options& options)
      : book_(book), exercise_(exercise), options_(options), rows_(exercise, options.lang) {}

  Outcome<void> Regrade(const AttemptRow& attempt) {
    if (!attempt.result || attempt.result->state != ResultRow::State::kGraded) return {};
    auto recordings = book_.RecordingsOf(attempt.id);
    if (!recordings) return CannotBeJudged(attempt, recordings.error().message);
    if (recordings->empty()) return RegradeUnbuilt(attempt);
    if (const std::string changed = ChangedSince(*attempt.result); !changed.empty())
      return CannotBeJudged(attempt, "scenario " + changed + " is another one than was run");
    std::vector<record::Recording> all;
    for (auto& [scenario, runs] : *recordings) std::ranges::move(runs, std::back_inserter(all));
    TRY_ASSIGN(const Graded graded, GradeRecordings(exercise_, std::move(all), options_));
    // What a judge said is kept, whatever comes of it: it is not asked twice.
    if (graded.asked) TRY(book_.PutRecordings(attempt.id, graded.recordings));
    return Put(attempt, graded.grade);
  }

  size_t judged() const { return judged_; }
  bool failed() const { return failed_; }

 private:
  // What did not build has no recordings, and loses all of whatever there is to lose.
  Outcome<void> RegradeUnbuilt(const AttemptRow& attempt) {
    const auto kept = report::GradeFromJson(attempt.result->grade);
    if (!kept) return CannotBeJudged(attempt, kept.error().message);
    if (kept->build.ok) return CannotBeJudged(attempt, "its runs were not kept");
    return Put(attempt, GradeUnbuilt(exercise_, kept->language, kept->submission, kept->build,
                                     kept->isolation));
  }

  Outcome<void> Put(const AttemptRow& attempt, const evaluate::Grade& grade) {
    const ResultRow row = rows_.Of(grade);
    if (row.state != ResultRow::State::kGraded)
      return CannotBeJudged(attempt, "a check looks at what its recordings do not have");
    ++judged_;
    std::string why = Difference(PointsIn(attempt.result->grade), PointsIn(row.grade));
    const ResultRow& before = *attempt.result;
    if (row.passed != before.passed)
      why += (why.empty() ? "" : ", ") + std::string(row.passed ? "passed now" : "not passed now");
    if (why.empty() && before.exercise_hash == exercise_.hash) return {};
    TRY(book_.PutRegraded(attempt.id, row, why));
    if (row.points != before.points || row.passed != before.passed)
      Print(Escaped(attempt.key.student) + ", " + exercise_.id + ": " +
            std::to_string(before.points) + " -> " + std::to_string(row.points) + " (" + why +
            ")\n");
    return {};
  }

  // A scenario whose recordings are of another one of that name, or "". Of what an older version
  // put into the gradebook it is known only whether anything has changed.
  std::string ChangedSince(const ResultRow& result) const {
    if (result.exercise_hash == exercise_.hash) return {};
    for (const auto& [name, hash] : rows_.scenarios()) {
      const auto then = result.scenarios.find(name);
      if (result.scenarios.empty() || (then != result.scenarios.end() && then->second != hash))
        return name;
    }
    return {};
  }

  Outcome<void> CannotBeJudged(const AttemptRow& attempt, const std::string& why) {
    Tell("plumbline: " + Escaped(attempt.key.student) + ", " + exercise_.id +
         ": cannot be judged again: " + why + "\n  plumbline grade runs it anew\n");
    failed_ = true;
    return {};
  }

  Gradebook& book_;
  const spec::Exercise& exercise_;
  const Options& options_;
  const Rows rows_;
  size_t judged_ = 0;
  bool failed_ = false;
};

}  // namespace

Outcome<Exit> RunRegrade(const Options& options) {
  TRY_ASSIGN(Gradebook book, OpenGradebook(options.gradebook, false));
  size_t judged = 0;
  bool failed = false;
  for (const std::string& word : options.exercises) {
    Options one = options;
    one.exercise = word;
    TRY_ASSIGN(const spec::Exercise exercise, LoadExercise(one));
    TRY_ASSIGN(const std::vector<AttemptRow> attempts, book.Attempts(exercise.id, ""));
    TRY(book.PutExercise(exercise.id, spec::In(exercise.title, report::ChooseLanguage({})),
                         PointsOf(exercise)));
    Regrading regrading(book, exercise, options);
    for (const AttemptRow& attempt : attempts) TRY(regrading.Regrade(attempt));
    judged += regrading.judged();
    failed = failed || regrading.failed();
  }
  Print(std::to_string(judged) + " judged again\n");
  return failed ? Exit::kMachine : Exit::kPassed;
}

}  // namespace plumbline::cli
