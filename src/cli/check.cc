// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "base/text.h"
#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/grading_options.h"
#include "cli/hand_in.h"
#include "cli/hints_given.h"
#include "cli/reporting.h"
#include "cli/student_folder.h"
#include "cli/submission_watch.h"
#include "record/perturbation.h"

namespace plumbline::cli {
namespace {

// A kind of perturbations, or with --scenario one run as a report names it.
Outcome<void> AddUnder(const std::string& text, const Options& options, GradingOptions& grading) {
  if (options.scenario.empty()) {
    const auto kind = spec::PerturbationNamed(text);
    if (kind && options.seed == 0) {
      grading.under.push_back(*kind);
      return {};
    }
  }
  const auto one = record::ParsePerturbation(text);
  if (!one) return Refuse(one.error().message, one.error().hint);
  if (options.scenario.empty())
    return Refuse("'" + text + "' is one run: of which scenario?", "add --scenario NAME");
  if (grading.only) return Refuse("--under with --scenario is one run", "give --under once");
  grading.only = scenario::Perturbed{.perturbation = *one, .seed = options.seed};
  grading.only_of = options.scenario;
  return {};
}

Outcome<void> AddUnder(const Options& options, GradingOptions& grading) {
  if (options.under.empty() && !options.scenario.empty())
    return Refuse("--scenario is for a perturbed run", "add --under WHAT, as the report names it");
  for (const std::string& text : options.under) TRY(AddUnder(text, options, grading));
  return {};
}

// One check of the submission as it is now, told.
class Checker {
 public:
  // All outlive it.
  Checker(Crew& crew, const spec::Exercise& exercise, const Options& options,
          GradingOptions grading)
      : exercise_(exercise), options_(options), grading_(std::move(grading)), crew_(crew) {}

  Outcome<Exit> Check(const build::Submission& submission) {
    return Show(submission, Grade(submission));
  }

  Outcome<Exit> CheckAndKeep(HandIn& hand_in) {
    const auto submission = ReadSubmissionAt(options_.submission);
    if (submission) {
      TRY_ASSIGN(const auto known, hand_in.Known(*submission));
      if (known) {
        Tell(
            "plumbline: note: nothing has changed since this was handed in; it was not run "
            "again\n");
        return Show(*submission, *known);
      }
    }
    const Outcome<Graded> graded =
        submission ? Grade(*submission) : std::unexpected(submission.error());
    TRY(hand_in.Put(submission, graded));
    if (!submission) return std::unexpected(submission.error());
    return Show(*submission, graded);
  }

  Crew& crew() { return crew_; }

 private:
  Outcome<Graded> Grade(const build::Submission& submission) {
    ProgressLine line(!options_.verbose);
    grading_.progress = [&line](const std::string& text) { line.Show(text); };
    return GradeSubmission(crew_, exercise_, submission, grading_);
  }

  Outcome<Exit> Show(const build::Submission& submission, const Outcome<Graded>& graded) {
    if (!graded) return std::unexpected(graded.error());
    TRY(TellGrade(*graded, exercise_, submission, options_, options_.watch ? &last_ : nullptr));
    NoteHints(submission, graded->grade);
    if (AsksForFailures())
      Tell(
          "plumbline: note: no contract says all that is owed when calls fail: what was lost under "
          "failures or small-world need not be a mistake\n");
    if (const auto& dear = graded->too_dear; !dear.empty()) {
      Tell("plumbline: note: too many system calls to be perturbed, so run as they are: " +
           Escaped(Listed(dear), std::string::npos) + "\n");
    }
    return ExitOf(graded->grade);
  }

  bool AsksForFailures() const {
    using enum spec::Perturbation::Kind;
    return std::ranges::any_of(grading_.under, [](const spec::Perturbation& asked) {
      return asked.kind == kFailures || asked.kind == kSmallWorld;
    });
  }

  // So that `hint` goes on after what the report told. Where that cannot be kept, it tells it
  // again.
  void NoteHints(const build::Submission& submission, const evaluate::Grade& grade) const {
    if (options_.teacher || !options_.student.empty() || !IsAtHome(submission)) return;
    std::map<std::string, size_t> told;
    for (const evaluate::CheckResult& check : grade.checks) {
      if (check.verdict == evaluate::Verdict::kFailed && !check.hidden && !check.hints.empty())
        told[check.id] = 1;
    }
    (void)HintsGiven::Of(exercise_.id, options_.submission).Note(told);
  }

  // Not in an archive, which a hook makes and removes again.
  bool IsAtHome(const build::Submission& submission) const {
    std::error_code ignored;
    const auto is_it = [&](const build::SourceFile& file) {
      return options_.submission.filename() == file.path;
    };
    return std::filesystem::is_directory(options_.submission, ignored) ||
           std::ranges::any_of(submission.files, is_it);
  }

  const spec::Exercise& exercise_;
  const Options& options_;
  GradingOptions grading_;
  Crew& crew_;
  std::optional<report::GradeDocument> last_;  // of a watch
};

void ClearScreen() {
  // The screen and what was scrolled off it, console_codes(4).
  if (::isatty(STDOUT_FILENO) == 1) Print("\033[H\033[2J\033[3J");
}

void TellThatItWaits() {
  if (::isatty(STDERR_FILENO) == 1)
    Tell("plumbline: checks again at the next save; Ctrl-C ends it\n");
}

// Whether `stop` is about the files, which the next save may change, and not about us or the
// machine.
bool NextSaveMayHelp(const Stop& stop) { return stop.status == static_cast<int>(Exit::kUsage); }

// Checks at each save until a signal comes.
Outcome<Exit> Watch(Checker& checker, const Options& options) {
  TRY_ASSIGN(SubmissionWatch watch, SubmissionWatch::Of(options.submission));
  std::string last;
  while (true) {
    TRY(watch.Drain());
    const Outcome<build::Submission> submission = ReadSubmissionAt(options.submission);
    if (!submission || submission->hash != last) {
      ClearScreen();
      last = submission ? submission->hash : std::string();
      const Outcome<Exit> exit =
          submission ? checker.Check(*submission) : std::unexpected(submission.error());
      if (!exit && !NextSaveMayHelp(exit.error())) return exit;
      if (!exit) Tell(exit.error().text + "\n");
      if (!FlushOutput()) return Exit::kMachine;  // nobody would see the next one either
      TellThatItWaits();
    }
    if (const auto ready = checker.crew().AwaitReadable(watch.fd()); !ready)
      return std::unexpected(Stop::By(ready.error().signal));
  }
}

}  // namespace

Outcome<Exit> RunCheck(const Options& given) {
  TRY_ASSIGN(const Options options, Completed(given));
  TRY_ASSIGN(const spec::Exercise exercise, LoadExercise(options));
  Crew crew({.program = "/proc/self/exe", .verbose = options.verbose, .most = options.jobs});
  TRY_ASSIGN(GradingOptions grading, GradingOptionsFor(crew, exercise, options));
  TRY(AddUnder(options, grading));
  Checker checker(crew, exercise, options, std::move(grading));
  if (!options.student.empty()) {
    TRY_ASSIGN(HandIn hand_in, HandIn::Begin(exercise, options));
    return checker.CheckAndKeep(hand_in);
  }
  TRY_ASSIGN(const build::Submission submission, ReadSubmissionAt(options.submission));
  if (options.watch) return Watch(checker, options);
  return checker.Check(submission);
}

}  // namespace plumbline::cli
