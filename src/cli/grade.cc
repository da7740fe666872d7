// SPDX-License-Identifier: MIT
// A class. Exit status: 0 when each submission has a result; 3 when the machine failed at some of
// them (they are listed, and are tried again the next time).
#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "base/text.h"
#include "cli/catalogue.h"
#include "cli/class_files.h"
#include "cli/class_results.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/grading.h"
#include "cli/isolation.h"
#include "cli/pace.h"
#include "cli/runs.h"
#include "gradebook/class_layout.h"
#include "gradebook/gradebook.h"
#include "report/translator.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;
using gradebook::Gradebook;
using gradebook::HandedIn;
using gradebook::ResultRow;
using State = ResultRow::State;

// Different ones that are under way together: enough that nobody waits for a straggler, few enough
// that who is interrupted has little to do again, where all are run before the first is perturbed.
constexpr size_t kTogether = 16;

struct Counts {
  size_t unchanged = 0;
  size_t graded = 0;
  size_t passed = 0;
  std::vector<std::string> refused;
  std::vector<std::string> errors;
};

// One submission by its content: whoever handed in the same is graded with it.
struct Pending {
  struct One {
    int64_t attempt = 0;
    std::string who;
  };
  build::Submission submission;
  std::vector<One> all;
};

// Files that lie apart, under the names that they were handed in by.
Outcome<build::Submission> ReadParts(const HandedIn& one) {
  TRY_ASSIGN(const PrivateFolder folder, PrivateFolder::Make());
  for (const auto& [name, path] : one.parts) {
    std::error_code error;
    if (!fs::copy_file(path, folder.path() / name, error))
      return std::unexpected(Stop(ErrnoError("copy " + path.string(), error.value()).error()));
  }
  return ReadSubmissionAt(folder.path());
}

// A path that is temporary is told by where it came from.
Outcome<build::Submission> ReadHandedIn(const HandedIn& one) {
  if (one.failure) return std::unexpected(Stop(*one.failure));
  if (!one.parts.empty()) return ReadParts(one);
  auto submission = ReadSubmissionAt(one.path);
  if (submission) return submission;
  std::string& text = submission.error().text;
  const std::string path = one.path.string();
  for (size_t at = text.find(path); at != std::string::npos;
       at = text.find(path, at + one.source.size()))
    text.replace(at, path.size(), one.source);
  return submission;
}

class ClassGrading {
 public:
  ClassGrading(const Options& options, Gradebook& book, Crew& crew)
      : options_(options), book_(book), crew_(crew) {}

  Outcome<void> Grade(const spec::Exercise& exercise, const std::vector<HandedIn>& all) {
    TRY_ASSIGN(GradingOptions grading, GradingOptionsFor(exercise));
    const Rows rows(exercise, options_.lang);
    TRY_ASSIGN(std::vector<Pending> pending, PendingOf(rows, all));
    Pace pace(pending.size());
    ProgressLine line(!options_.verbose);
    // Of those that are under way.
    grading.progress = [&](const std::string& what) {
      line.Show(exercise.id + ": " + pace.Told() + "; " + what);
    };
    grading.has_run = [&] { pace.HasRun(); };
    line.Show(exercise.id + ": " + pace.Told());
    for (size_t begin = 0; begin < pending.size(); begin += kTogether) {
      const size_t count = std::min(kTogether, pending.size() - begin);
      TRY(GradeSome(std::span(pending).subspan(begin, count), rows, grading, pace));
    }
    return {};
  }

  const Counts& counts() const { return counts_; }

 private:
  Outcome<GradingOptions> GradingOptionsFor(const spec::Exercise& exercise) {
    GradingOptions grading{.cache = options_.no_cache ? fs::path() : CacheFolder(),
                           .exercises = ExerciseRoots(options_)};
    const auto need = NeedOfNamespaces(exercise);
    TRY_ASSIGN(grading.rung, ChooseRung(crew_, options_.isolation, RungRequiredBy(exercise),
                                        HiddenPaths(exercise, grading), need ? need->reason : ""));
    return grading;
  }

  static std::string Named(const HandedIn& one) {
    return Escaped(one.student.id) + ", " + one.exercise;
  }

  Outcome<std::vector<Pending>> PendingOf(const Rows& rows, const std::vector<HandedIn>& all) {
    const spec::Exercise& exercise = rows.exercise();
    std::vector<Pending> pending;
    std::map<std::string, size_t> by_content;
    for (const HandedIn& one : all) {
      if (one.exercise != exercise.id) continue;
      auto submission = ReadHandedIn(one);
      const std::string hash = submission ? submission->hash : kUnreadable;
      const int64_t at = std::chrono::system_clock::to_time_t(one.submitted);
      TRY_ASSIGN(const int64_t attempt,
                 book_.AttemptOf({one.student.id, exercise.id, hash}, at, one.source));
      if (!submission) {
        TRY(Keep({attempt, Named(one)}, rows, std::unexpected(submission.error())));
        continue;
      }
      TRY_ASSIGN(const bool done, book_.IsDone(attempt, exercise.hash, Version()));
      if (done) {
        ++counts_.unchanged;
        continue;
      }
      const auto [place, is_new] = by_content.emplace(hash, pending.size());
      if (is_new) pending.push_back({*std::move(submission), {}});
      pending[place->second].all.push_back({attempt, Named(one)});
    }
    return pending;
  }

  Outcome<void> GradeSome(std::span<const Pending> some, const Rows& rows,
                          const GradingOptions& grading, Pace& pace) {
    const spec::Exercise& exercise = rows.exercise();
    std::vector<build::Submission> submissions;
    for (const Pending& one : some) submissions.push_back(one.submission);
    // What the machine failed at is tried once more, alone.
    std::vector<size_t> again;
    TRY(GradeEach(crew_, exercise, submissions, grading,
                  [&](size_t number, const Outcome<Graded>& graded) -> Outcome<void> {
                    if (FailedByMachine(graded)) {
                      again.push_back(number);
                      return {};
                    }
                    pace.IsDone();
                    return Keep(some[number], rows, graded);
                  }));
    for (const size_t number : again) {
      const auto graded = GradeSubmission(crew_, exercise, submissions[number], grading);
      if (!graded && graded.error().status >= 128) return std::unexpected(graded.error());
      pace.IsDone();
      TRY(Keep(some[number], rows, graded));
    }
    return {};
  }

  Outcome<void> Keep(const Pending& pending, const Rows& rows, const Outcome<Graded>& graded) {
    for (const Pending::One& one : pending.all) TRY(Keep(one, rows, graded));
    return {};
  }

  Outcome<void> Keep(const Pending::One& one, const Rows& rows, const Outcome<Graded>& graded) {
    TRY_ASSIGN(const ResultRow result, PutOutcome(book_, one.attempt, rows, graded));
    switch (result.state) {
      case State::kGraded:
        ++counts_.graded;
        counts_.passed += result.passed ? 1 : 0;
        break;
      case State::kRefused:
        counts_.refused.push_back(one.who + ": " + result.message);
        break;
      case State::kError:
        counts_.errors.push_back(one.who + ": " + result.message);
        break;
    }
    return {};
  }

  const Options& options_;
  Gradebook& book_;
  Crew& crew_;
  Counts counts_;
};

void TellCounts(const Counts& counts) {
  Print(std::to_string(counts.graded) + " graded, " + std::to_string(counts.passed) +
        " of them passed; " + std::to_string(counts.unchanged) + " unchanged; " +
        std::to_string(counts.refused.size()) + " refused; " +
        std::to_string(counts.errors.size()) + " in error\n");
  for (const std::string& one : counts.refused) Print("  refused: " + one + "\n");
  for (const std::string& one : counts.errors) Print("  error: " + one + "\n");
}

}  // namespace

Outcome<Exit> RunGrade(const Options& options) {
  std::vector<spec::Exercise> exercises;
  std::vector<std::string> ids;
  for (const std::string& word : options.exercises) {
    Options one = options;
    one.exercise = word;
    TRY_ASSIGN(spec::Exercise exercise, LoadExercise(one));
    ids.push_back(exercise.id);
    exercises.push_back(std::move(exercise));
  }
  TRY_ASSIGN(const std::vector<gradebook::Student> roster, ReadRoster(options.roster));
  // Signals are its business from here on, and the files are gone before it is.
  Crew crew({.program = "/proc/self/exe", .verbose = options.verbose, .most = options.jobs});
  PrivateFolder::RemoveLeft();
  TRY_ASSIGN(const ClassFiles files, FilesOfClass(options, ids, roster, crew));
  gradebook::ClassLayout layout = files.layout;
  for (const std::string& note : layout.notes) Tell("plumbline: note: " + note + "\n");
  TRY_ASSIGN(Gradebook book, OpenGradebook(options.gradebook, true));
  TRY(book.PutStudents(roster));
  TRY_ASSIGN(const std::vector<gradebook::Student> known, book.Students());
  std::vector<gradebook::Student> found;
  for (HandedIn& one : layout.all) {
    one.student = AsKnown(known, one.student);
    found.push_back(one.student);
  }
  TRY(book.PutStudents(found));
  const std::string lang = report::ChooseLanguage(options.lang);
  ClassGrading grading(options, book, crew);
  for (const spec::Exercise& exercise : exercises) {
    TRY(book.PutExercise(exercise.id, spec::In(exercise.title, lang), PointsOf(exercise)));
    TRY(grading.Grade(exercise, layout.all));
  }
  TellCounts(grading.counts());
  return grading.counts().errors.empty() ? Exit::kPassed : Exit::kMachine;
}

}  // namespace plumbline::cli
