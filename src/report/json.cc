// SPDX-License-Identifier: MIT
#include "report/json.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"

namespace plumbline::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "plumbline/grade/1";

std::string Word(evaluate::Verdict verdict) {
  switch (verdict) {
    case evaluate::Verdict::kPassed:
      return "passed";
    case evaluate::Verdict::kFailed:
      return "failed";
    case evaluate::Verdict::kNotReached:
      return "not-reached";
    case evaluate::Verdict::kError:
      break;
  }
  return "error";
}

double Seconds(Duration time) { return std::chrono::duration<double>(time).count(); }

Json ToJson(const evaluate::BuildSummary& build) {
  Json diagnostics = Json::array();
  for (const evaluate::BuildDiagnostic& d : build.diagnostics) {
    diagnostics.push_back({{"file", ToUtf8(d.file)},
                           {"line", d.line},
                           {"column", d.column},
                           {"severity", d.severity},
                           {"message", ToUtf8(d.message)}});
  }
  return {{"ok", build.ok},
          {"command", ToUtf8(build.command)},
          {"cached", build.cached},
          {"diagnostics", std::move(diagnostics)}};
}

Json ToJson(const evaluate::Finding& finding, const Translator& translator) {
  const auto tell = [&](const evaluate::Message& message) {
    return ToUtf8(translator.Tell(message));
  };
  Json evidence = Json::array();
  for (const evaluate::Message& message : finding.evidence) evidence.push_back(tell(message));
  Json location;
  if (const auto& where = finding.location) {
    location = {{"file", ToUtf8(where->file)},
                {"line", where->line},
                {"function", ToUtf8(where->function)}};
  }
  return {
      {"code", finding.code},     {"what", tell(finding.what)}, {"evidence", std::move(evidence)},
      {"why", tell(finding.why)}, {"next", tell(finding.next)}, {"location", std::move(location)}};
}

Json ToJson(const evaluate::ScenarioResult& scenario, const ReportOptions& options,
            const Translator& translator) {
  const bool told = !scenario.hidden || options.audience == ReportOptions::Audience::kTeacher;
  Json failed_run;
  if (const auto& run = scenario.failed_run) {
    failed_run = {
        {"perturbation", run->perturbation}, {"seed", run->seed}, {"replay", run->replay}};
  }
  return {{"name", scenario.name},
          {"runs", scenario.runs},
          {"outcome", record::ToString(scenario.outcome)},
          {"status", scenario.status},
          {"virtual_time", Seconds(scenario.virtual_time)},
          {"real_time", Seconds(scenario.real_time)},
          {"processor_time", Seconds(scenario.processor_time)},
          {"peak_memory", scenario.peak_memory.count},
          {"failed_run", std::move(failed_run)},
          {"hang", scenario.hang && told ? ToJson(*scenario.hang, translator) : Json(nullptr)}};
}

Json ToJson(const evaluate::CheckResult& check, const ReportOptions& options,
            const Translator& translator) {
  Json findings = Json::array();
  const bool told = !check.hidden || options.audience == ReportOptions::Audience::kTeacher;
  if (told) {
    for (const evaluate::Finding& finding : check.findings)
      findings.push_back(ToJson(finding, translator));
  }
  return {{"id", check.id},
          {"kind", told ? check.kind : ""},
          {"verdict", Word(check.verdict)},
          {"points", check.points},
          {"max_points", check.max_points},
          {"gate", check.gate},
          {"bonus", check.bonus},
          {"hidden", check.hidden},
          {"title", spec::In(check.title, translator.lang())},
          {"findings", std::move(findings)}};
}

}  // namespace

std::string ToJson(const evaluate::Grade& grade, const std::string& version,
                   const ReportOptions& options, const Translator& translator) {
  Json files = Json::array();
  for (const std::string& file : grade.submission.files) files.push_back(ToUtf8(file));
  Json scenarios = Json::array();
  for (const auto& scenario : grade.scenarios)
    scenarios.push_back(ToJson(scenario, options, translator));
  Json checks = Json::array();
  for (const auto& check : grade.checks) checks.push_back(ToJson(check, options, translator));
  const Json document = {
      {"schema", kSchema},
      {"version", version},
      {"exercise", grade.exercise},
      {"exercise_hash", grade.exercise_hash},
      {"submission", {{"files", std::move(files)}, {"hash", grade.submission.hash}}},
      {"language", grade.language},
      {"lang", translator.lang()},
      {"passed", grade.passed},
      {"points", grade.points ? Json(*grade.points) : Json(nullptr)},
      {"max_points", grade.max_points},
      {"isolation", grade.isolation},
      {"build", ToJson(grade.build)},
      {"scenarios", std::move(scenarios)},
      {"checks", std::move(checks)},
  };
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumbline::report
