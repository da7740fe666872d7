// SPDX-License-Identifier: MIT
#include "cli/hand_in.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/text.h"
#include "cli/catalogue.h"
#include "cli/class_results.h"
#include "cli/console.h"
#include "report/json.h"
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

Outcome<std::optional<Graded>> HandIn::Known(const build::Submission& submission) {
  // Who asks for a new build, for recordings or for other runs than usual, asks for runs.
  const bool as_usual = options_->under.empty() && options_->runs == 0 &&
                        options_->most_calls == 0 && !options_->keep_going;
  if (options_->no_cache || !options_->record.empty() || !as_usual) return std::nullopt;
  TRY_ASSIGN(const auto attempts, book_.Attempts(exercise_->id, student_.id));
  const auto same =
      std::ranges::find(attempts, submission.hash,
                        [](const gradebook::AttemptRow& one) { return one.key.submission; });
  using State = gradebook::ResultRow::State;
  if (same == attempts.end() || !same->result || same->result->state != State::kGraded)
    return std::nullopt;
  TRY_ASSIGN(const bool done, book_.IsDone(same->id, exercise_->hash, Version()));
  const auto kept = report::GradeFromJson(same->result->grade);
  const std::string& language = options_->language;
  if (!done || !kept || (!language.empty() && language != kept->language)) return std::nullopt;
  TRY_ASSIGN(auto graded, GradeKept(book_, *same, *kept, *exercise_, *options_));
  if (graded) TRY(Attempt(submission.hash));
  return graded;
}

Outcome<int64_t> HandIn::Attempt(const std::string& hash) {
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  TRY_ASSIGN(const int64_t attempt, book_.AttemptOf({student_.id, exercise_->id, hash}, now,
                                                    options_->submission.string()));
  return attempt;
}

Outcome<void> HandIn::Put(const Outcome<build::Submission>& submission,
                          const Outcome<Graded>& graded) {
  if (!graded && graded.error().status >= 128) return {};
  const std::string hash = submission ? submission->hash : kUnreadable;
  TRY_ASSIGN(const int64_t attempt, Attempt(hash));
  TRY(PutOutcome(book_, attempt, Rows(*exercise_, options_->lang), graded));
  return {};
}

}  // namespace plumbline::cli
