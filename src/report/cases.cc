// SPDX-License-Identifier: MIT
#include "report/cases.h"

#include <algorithm>

#include "base/text.h"
#include "report/layout.h"
#include "report/words.h"

namespace plumbline::report {
namespace {

using evaluate::Message;
using evaluate::Msg;
using evaluate::Verdict;

constexpr size_t kMostDiagnostics = 50;
constexpr size_t kMostOfLine = 2000;

class Cases {
 public:
  Cases(const GradeDocument& grade, const Translator& translator)
      : grade_(grade), translator_(translator) {}

  std::vector<Case> All() const {
    std::vector<Case> all;
    if (!grade_.build.ok) all.push_back(Build());
    for (const GradeDocument::Check& check : grade_.checks) all.push_back(Of(check));
    return all;
  }

 private:
  std::string Tell(const Message& message) const { return SafeLines(translator_.Tell(message)); }

  Case Build() const {
    Case build{.id = "build",
               .title = "",
               .verdict = Verdict::kFailed,
               .message = Tell(Msg("Your program could not be built.")),
               .text = "",
               .where = {}};
    if (!grade_.build.command.empty())
      build.text = "$ " + Escaped(grade_.build.command, kMostOfLine) + "\n";
    size_t shown = 0;
    for (const evaluate::BuildDiagnostic& diagnostic : grade_.build.diagnostics) {
      if (shown++ == kMostDiagnostics) break;
      if (!build.where && !diagnostic.file.empty() && diagnostic.line > 0)
        build.where = record::Location{Escaped(diagnostic.file), diagnostic.line, ""};
      build.text += TextOf(diagnostic) + "\n";
    }
    return build;
  }

  Case Of(const GradeDocument::Check& check) const {
    Case one{.id = Escaped(check.id),
             .title = SafeLines(check.title),
             .verdict = check.verdict,
             .message = "",
             .text = "",
             .where = {},
             .points = check.points,
             .max_points = check.max_points,
             .bonus = check.bonus,
             .hidden = check.hidden};
    if (check.verdict == Verdict::kPassed) return one;
    if (!grade_.Shows(check)) {
      one.message = Tell(Msg("What it found is shown after the grading."));
      return one;
    }
    for (const GradeDocument::Finding& finding : check.findings) Add(one, finding);
    for (const std::string& hint : check.hints)
      Add(one, Msg("Hint"), HintOf(check, hint, translator_));
    return one;
  }

  void Add(Case& one, const GradeDocument::Finding& finding) const {
    if (one.message.empty())
      one.message = Escaped(finding.what, kMostOfLine);
    else
      Add(one, Msg("What happened"), finding.what);
    if (!one.where && finding.location) {
      one.where = record::Location{Escaped(finding.location->file), finding.location->line,
                                   Escaped(finding.location->function)};
    }
    if (!finding.evidence.empty()) one.text += Tell(Msg("Evidence")) + ":\n";
    for (const std::string& evidence : finding.evidence)
      one.text += "- " + SafeLines(evidence) + "\n";
    Add(one, Msg("Likely cause"), finding.why);
    Add(one, Msg("Next step"), finding.next);
    if (finding.location) Add(one, Msg("Where"), PlaceOf(*finding.location, translator_));
  }

  void Add(Case& one, const Message& label, const std::string& text) const {
    if (!text.empty()) one.text += Tell(label) + ": " + SafeLines(text) + "\n";
  }

  const GradeDocument& grade_;
  const Translator& translator_;
};

}  // namespace

std::vector<Case> CasesOf(const GradeDocument& grade, const Translator& translator) {
  return Cases(grade, translator).All();
}

std::string SumOf(const GradeDocument& grade, const Translator& translator) {
  if (!grade.points)
    return translator.Tell(Msg("No grade: something could not be judged, and not by your fault."));
  return translator.Tell(Msg("Points: {points} of {most}.",
                             {{"points", *grade.points}, {"most", grade.max_points}})) +
         " " + translator.Tell(grade.passed ? Msg("Passed.") : Msg("Not passed yet."));
}

std::string TitleOf(const GradeDocument& grade) {
  const std::string id = Escaped(grade.exercise);
  return grade.title.empty() ? id : SafeLines(grade.title) + " (" + id + ")";
}

std::string PlaceOf(const record::Location& where, const Translator& translator) {
  const std::string place = Escaped(where.file) + ":" + std::to_string(where.line);
  if (where.function.empty()) return place;
  return place + ", " +
         translator.Tell(Msg("in {function}()", {{"function", Escaped(where.function)}}));
}

std::string TextOf(const evaluate::BuildDiagnostic& diagnostic) {
  std::string text;
  if (!diagnostic.file.empty()) {
    text = Escaped(diagnostic.file) + ":";
    if (diagnostic.line > 0) text += std::to_string(diagnostic.line) + ":";
    if (diagnostic.column > 0) text += std::to_string(diagnostic.column) + ":";
    text += " ";
  }
  if (!diagnostic.severity.empty()) text += Escaped(diagnostic.severity) + ": ";
  return text + SafeLines(diagnostic.message);
}

Duration TimeOf(const GradeDocument& grade) {
  Duration sum{};
  for (const auto& scenario : grade.scenarios) sum += scenario.real_time;
  return sum;
}

std::vector<std::string> ErrorsOf(const GradeDocument& grade) {
  std::vector<std::string> errors;
  for (const auto& scenario : grade.scenarios) {
    if (!scenario.error.empty())
      errors.push_back(Escaped(scenario.name) + ": " + SafeLines(scenario.error));
  }
  return errors;
}

}  // namespace plumbline::report
