// SPDX-License-Identifier: MIT
#include "cli/hand_in.h"

#include <chrono>
#include <utility>

#include "base/text.h"
#include "cli/catalogue.h"
#include "cli/class_results.h"
#include "report/translator.h"

namespace plumbline::cli {
namespace {

Outcome<gradebook::Student> StudentOf(const Options& options) {
  TRY_ASSIGN(const std::vector<gradebook::Student> roster, ReadRoster(options.roster));
  if (roster.empty()) return gradebook::Student{.id = options.student, .name = options.student};
  if (auto known = gradebook::FindStudent(roster, options.student)) return *std::move(known);
  return Refuse("nobody in the roster is '" + Escaped(options.student) + "'",
                "give an id, a name or an address that stands there");
}

}  // namespace

Outcome<HandIn> HandIn::Begin(const spec::Exercise& exercise, const Options& options) {
  if (options.watch || !options.under.empty())
    return Refuse("what goes to a gradebook is run as every submission is",
                  "leave --watch and --under out, or --student");
  TRY_ASSIGN(gradebook::Student student, StudentOf(options));
  TRY_ASSIGN(gradebook::Gradebook book, OpenGradebook(options.gradebook, true));
  TRY_ASSIGN(const std::vector<gradebook::Student> known, book.Students());
  student = AsKnown(known, student);
  TRY(book.PutStudents({student}));
  TRY(book.PutExercise(exercise.id, spec::In(exercise.title, report::ChooseLanguage(options.lang)),
                       PointsOf(exercise)));
  return HandIn(exercise, options, std::move(book), std::move(student));
}

Outcome<void> HandIn::Put(const Outcome<build::Submission>& submission,
                          const Outcome<Graded>& graded) {
  if (!graded && graded.error().status >= 128) return {};
  const std::string hash = submission ? submission->hash : kUnreadable;
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  TRY_ASSIGN(const int64_t attempt,
             book_.AttemptOf({student_.id, exercise_->id, hash}, now, source_));
  TRY(PutOutcome(book_, attempt, Rows(*exercise_, lang_), graded));
  return {};
}

}  // namespace plumbline::cli
