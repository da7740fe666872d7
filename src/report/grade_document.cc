// SPDX-License-Identifier: MIT
#include "report/grade_document.h"

#include "base/text.h"
#include "evaluate/words.h"

namespace plumbline::report {
namespace {

class Telling {
 public:
  Telling(const ReportOptions& options, const Translator& translator)
      : teacher_(options.audience == ReportOptions::Audience::kTeacher), translator_(translator) {}

  GradeDocument::Scenario Tell(const evaluate::ScenarioResult& from) const {
    GradeDocument::Scenario to;
    to.name = from.name;
    to.runs = from.runs;
    to.real_time = from.real_time;
    to.hidden = from.hidden;
    if (from.error) to.error = ToUtf8(from.error->ToString());
    if (from.hidden && !teacher_) {
      if (from.outcome == record::Outcome::kError) to.outcome = from.outcome;
      return to;
    }
    to.outcome = from.outcome;
    to.status = from.status;
    to.virtual_time = from.virtual_time;
    to.processor_time = from.processor_time;
    to.peak_memory = from.peak_memory.count;
    to.failed_run = from.failed_run;
    if (from.hang) to.hang = Tell(*from.hang);
    if (from.stuck) to.stuck = Tell(*from.stuck);
    return to;
  }

  // Of checks that the reader may know of.
  std::vector<GradeDocument::Loss> LossesIn(const evaluate::ScenarioResult& scenario,
                                            const evaluate::Grade& grade) const {
    std::vector<GradeDocument::Loss> losses;
    for (const evaluate::CheckResult& check : grade.checks) {
      const auto lost = scenario.losses.find(check.id);
      if (lost != scenario.losses.end() && (teacher_ || !check.hidden))
        losses.push_back({check.id, lost->second});
    }
    return losses;
  }

  GradeDocument::Check Tell(const evaluate::CheckResult& from) const {
    GradeDocument::Check to;
    to.id = from.id;
    to.verdict = from.verdict;
    to.points = from.points;
    to.max_points = from.max_points;
    to.gate = from.gate;
    to.bonus = from.bonus;
    to.hidden = from.hidden;
    to.title = In(from.title);
    if (from.hidden && !teacher_) return to;
    to.kind = from.kind;
    to.scenarios = from.scenarios;
    to.snapshot = from.snapshot;
    for (const evaluate::Finding& finding : from.findings) to.findings.push_back(Tell(finding));
    if (from.verdict != evaluate::Verdict::kFailed) return to;
    for (const spec::Localized& hint : from.hints) to.hints.push_back(In(hint));
    if (!teacher_ && to.hints.size() > 1) {
      to.more_hints = static_cast<int>(to.hints.size()) - 1;
      to.hints.resize(1);
    }
    return to;
  }

  std::string In(const spec::Localized& text) const {
    return ToUtf8(spec::In(text, translator_.lang()));
  }

 private:
  std::string Tell(const evaluate::Message& message) const {
    return ToUtf8(translator_.Tell(message));
  }

  GradeDocument::Finding Tell(const evaluate::Finding& from) const {
    GradeDocument::Finding to;
    to.code = from.code;
    to.what = Tell(from.what);
    for (const evaluate::Message& message : from.evidence) to.evidence.push_back(Tell(message));
    to.why = Tell(from.why);
    to.next = Tell(from.next);
    to.comparison = from.comparison;
    if (const auto& where = from.location)
      to.location = record::Location{ToUtf8(where->file), where->line, ToUtf8(where->function)};
    return to;
  }

  GradeDocument::Stuck Tell(const record::Stuck& from) const {
    const std::string instead =
        from.instead.empty() ? "" : Tell(evaluate::InsteadInWords(from.instead));
    return {.step = from.step + 1, .awaited = ToUtf8(from.awaited), .instead = instead};
  }

  const bool teacher_;
  const Translator& translator_;
};

}  // namespace

GradeDocument DocumentOf(const evaluate::Grade& grade, const std::string& version,
                         const ReportOptions& options, const Translator& translator) {
  const Telling telling(options, translator);
  GradeDocument document;
  document.version = version;
  document.exercise = grade.exercise;
  document.exercise_hash = grade.exercise_hash;
  document.title = telling.In(grade.title);
  document.submission = grade.submission;
  for (std::string& file : document.submission.files) file = ToUtf8(file);
  document.language = grade.language;
  document.lang = translator.lang();
  document.audience = options.audience;
  document.passed = grade.passed;
  document.points = grade.points;
  document.max_points = grade.max_points;
  document.isolation = grade.isolation;
  document.build = grade.build;
  document.build.command = ToUtf8(document.build.command);
  for (evaluate::BuildDiagnostic& diagnostic : document.build.diagnostics) {
    diagnostic.file = ToUtf8(diagnostic.file);
    diagnostic.message = ToUtf8(diagnostic.message);
  }
  for (const auto& scenario : grade.scenarios) {
    document.scenarios.push_back(telling.Tell(scenario));
    document.scenarios.back().losses = telling.LossesIn(scenario, grade);
  }
  for (const auto& check : grade.checks) document.checks.push_back(telling.Tell(check));
  return document;
}

}  // namespace plumbline::report
