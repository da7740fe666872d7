// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/grading_options.h"
#include "cli/hints_given.h"
#include "cli/reporting.h"
#include "cli/student_folder.h"
#include "report/grade_document.h"
#include "report/layout.h"
#include "report/translator.h"

namespace plumbline::cli {
namespace {

using evaluate::Msg;
using evaluate::Verdict;
using report::SafeLines;
using Check = report::GradeDocument::Check;

// The grade as its student may see it.
Outcome<report::GradeDocument> GradeFor(const spec::Exercise& exercise, const Options& options,
                                        const report::Translator& translator) {
  TRY_ASSIGN(const build::Submission submission, ReadSubmissionAt(options.submission));
  Crew crew({.program = "/proc/self/exe", .verbose = options.verbose});
  TRY_ASSIGN(GradingOptions grading, GradingOptionsFor(crew, exercise, options));
  ProgressLine line(!options.verbose);
  grading.progress = [&line](const std::string& text) { line.Show(text); };
  TRY_ASSIGN(const Graded graded, GradeSubmission(crew, exercise, submission, grading));
  return report::DocumentOf(graded.grade, Version(), {.lang = translator.lang()}, translator);
}

class Hinting {
 public:
  Hinting(const report::GradeDocument& grade, const spec::Exercise& exercise, HintsGiven given,
          const report::Translator& translator)
      : grade_(grade), exercise_(exercise), given_(std::move(given)), translator_(translator) {}

  // Of `wanted`, or of the first check that has one left.
  Outcome<Exit> Give(const std::string& wanted) {
    if (!grade_.build.ok) return Say(Msg("Your program could not be built."));
    if (!grade_.points)
      return std::unexpected(Stop(Exit::kMachine, Complaint({"there is no grade, so no hint",
                                                             "plumbline check says why"})));
    const std::vector<const Check*> failed = Failed(wanted);
    if (failed.empty()) return Say(Msg("Nothing failed: there is nothing to give a hint for."));
    const Check* const next = NextOf(failed);
    return next == nullptr ? GiveAllAgain(failed) : GiveNext(*next, failed);
  }

 private:
  std::vector<const Check*> Failed(const std::string& wanted) const {
    std::vector<const Check*> failed;
    for (const Check& check : grade_.checks) {
      const bool meant = wanted.empty() || check.id == wanted;
      if (meant && check.verdict == Verdict::kFailed && grade_.Shows(check))
        failed.push_back(&check);
    }
    return failed;
  }

  // All of them: a report tells students only the first.
  std::vector<std::string> HintsOf(const Check& check) const {
    std::vector<std::string> hints;
    const auto found = std::ranges::find(exercise_.checks, check.id, &spec::Check::id);
    if (found == exercise_.checks.end()) return hints;
    for (const spec::Localized& hint : found->hints)
      hints.push_back(spec::In(hint, translator_.lang()));
    return hints;
  }

  // The first that has one left; nullptr if none has.
  const Check* NextOf(const std::vector<const Check*>& failed) const {
    const auto has_more = [&](const Check* check) {
      return given_.Count(check->id) < HintsOf(*check).size();
    };
    const auto next = std::ranges::find_if(failed, has_more);
    return next == failed.end() ? nullptr : *next;
  }

  Outcome<Exit> GiveNext(const Check& check, const std::vector<const Check*>& failed) {
    const std::vector<std::string> hints = HintsOf(check);
    const size_t number = given_.Count(check.id);
    TRY(given_.Note({{check.id, number + 1}}));
    Title(check);
    Line(Msg("Hint {number} of {count}: {hint}", {{"number", static_cast<int>(number) + 1},
                                                  {"count", static_cast<int>(hints.size())},
                                                  {"hint", hints[number]}}));
    const std::string command = "plumbline explain " + check.kind;
    Line(NextOf(failed) == nullptr
             ? Msg("There are no more hints. The idea behind it: {command}", {{"command", command}})
             : Msg("The next one comes with the same command. The idea behind it: {command}",
                   {{"command", command}}));
    return Exit::kPassed;
  }

  Outcome<Exit> GiveAllAgain(const std::vector<const Check*>& failed) const {
    for (const Check* check : failed) {
      const std::vector<std::string> hints = HintsOf(*check);
      if (hints.empty()) continue;
      Title(*check);
      for (const std::string& hint : hints) Print("- " + SafeLines(hint) + "\n");
    }
    Line(Msg("There are no more hints. The idea behind the first of these checks: {command}",
             {{"command", "plumbline explain " + failed.front()->kind}}));
    return Exit::kPassed;
  }

  Outcome<Exit> Say(const evaluate::Message& message) const {
    Line(message);
    return Exit::kPassed;
  }

  void Title(const Check& check) const {
    const std::string title = SafeLines(check.title);
    Print(Escaped(check.id) + (title.empty() ? "" : ": " + title) + "\n");
  }

  void Line(const evaluate::Message& message) const {
    Print(SafeLines(translator_.Tell(message)) + "\n");
  }

  const report::GradeDocument& grade_;
  const spec::Exercise& exercise_;
  HintsGiven given_;
  const report::Translator& translator_;
};

}  // namespace

Outcome<Exit> RunHint(const Options& given) {
  TRY_ASSIGN(const Options options, Completed(given));
  TRY_ASSIGN(const spec::Exercise exercise, LoadExercise(options));
  if (!options.check.empty()) TRY(FindCheck(exercise, options.check, false));
  const report::Translator translator = TranslatorFor(options.lang);
  TRY_ASSIGN(const report::GradeDocument grade, GradeFor(exercise, options, translator));
  return Hinting(grade, exercise, HintsGiven::Of(exercise.id, options.submission), translator)
      .Give(options.check);
}

}  // namespace plumbline::cli
