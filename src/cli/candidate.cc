// SPDX-License-Identifier: MIT
#include "cli/candidate.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "cli/console.h"
#include "graders/builtin.h"

namespace plumbline::cli {
namespace {

using Needs = std::map<std::string, std::set<record::Facet>>;

// The scenarios that some check of the language looks at, as written.
std::vector<std::string> ScenariosToRun(const spec::Exercise& exercise, const Needs& needs) {
  std::vector<std::string> names;
  std::ranges::copy_if(exercise.scenario_order, std::back_inserter(names),
                       [&](const std::string& name) { return needs.contains(name); });
  return names;
}

template <typename Names, typename Peerlike>
void AddSolution(Names& names, const Peerlike& item) {
  if (!item.solution.empty()) names.insert(item.solution);
}

// The reference's programs that a scenario starts.
std::set<std::string> SolutionsOf(const spec::Scenario& scenario) {
  std::set<std::string> names;
  for (const spec::Peer& peer : scenario.peers) AddSolution(names, peer);
  for (const spec::Step& step : scenario.steps) {
    if (const auto* start = std::get_if<spec::Start>(&step.action)) AddSolution(names, *start);
  }
  return names;
}

}  // namespace

// --- What it is.

Outcome<void> Candidate::Begin() {
  TRY_ASSIGN(language_, LanguageOfSubmission());
  needs_ = evaluate::NeedsOf(exercise_, language_, graders::BuiltinKinds());
  scenarios_ = ScenariosToRun(exercise_, needs_);
  if (options_.only && std::ranges::find(scenarios_, options_.only_of) == scenarios_.end())
    return Refuse("the exercise has no scenario '" + options_.only_of + "' that is looked at",
                  "one of: " + Listed(scenarios_));
  return {};
}

Outcome<std::string> Candidate::LanguageOfSubmission() const {
  const auto& allowed = exercise_.languages;
  if (!options_.language.empty() && std::ranges::find(allowed, options_.language) == allowed.end())
    return Refuse("this exercise is not to be done in " + options_.language,
                  "it takes " + Listed(allowed));
  Result<std::string> language = build::LanguageOf(submission_, allowed, options_.language);
  if (!language) return Refuse(language.error().message, language.error().hint);
  return *std::move(language);
}

std::set<std::string> Candidate::SolutionsNeeded() const {
  std::set<std::string> names;
  for (const std::string& scenario : scenarios_)
    names.merge(SolutionsOf(exercise_.scenarios.at(scenario)));
  return names;
}

// --- Its build.

Job Candidate::BuildJob() const {
  return cli::BuildJob(exercise_, submission_, language_, options_, "the build");
}

Outcome<void> Candidate::TakeBuild(scenario::Answer answer) {
  TRY_ASSIGN(report_, AsReport(std::move(answer)));
  return {};
}

// --- Its runs.

std::vector<PlannedRun> Candidate::Plans(const Solutions& solutions) {
  std::vector<PlannedRun> runs;
  if (!report_.ok) return runs;
  solutions_ = &solutions;
  for (const std::string& name : scenarios_) runs.push_back({"scenario " + name, PlanFor(name)});
  return runs;
}

void Candidate::TakeRuns(std::vector<record::Recording> runs) {
  for (size_t i = 0; i < runs.size(); ++i) recordings_[scenarios_[i]].push_back(std::move(runs[i]));
}

std::vector<PlannedRun> Candidate::PlainPlans() {
  std::vector<PlannedRun> runs;
  if (options_.only || options_.under.empty()) return runs;
  for (const auto& [name, of_it] : recordings_) {
    if (!exercise_.scenarios.at(name).under.empty() || !IsTooDearToPerturb(of_it.front())) continue;
    too_dear_.push_back(name);
    runs.push_back({"scenario " + name, PlanFor(name)});
  }
  return runs;
}

void Candidate::TakePlainRuns(std::vector<record::Recording> runs) {
  for (size_t i = 0; i < runs.size(); ++i)
    recordings_.at(too_dear_[i]).front() = std::move(runs[i]);
}

bool Candidate::IsTooDear(const std::string& scenario) const {
  return std::ranges::find(too_dear_, scenario) != too_dear_.end();
}

std::vector<ToPerturb> Candidate::Perturbed() const {
  std::vector<ToPerturb> perturbed;
  for (const std::string& name : scenarios_) {
    const auto under = Under(name);
    if (!under.empty() && recordings_.contains(name))
      perturbed.push_back({name, PlanFor(name), under});
  }
  return perturbed;
}

// What is done to a scenario beyond its plain run, or to its run in turns.
std::vector<spec::Perturbation> Candidate::Under(const std::string& name) const {
  if (options_.only || IsTooDear(name)) return {};
  const auto& own = exercise_.scenarios.at(name).under;
  std::vector<spec::Perturbation> under = own.empty() ? options_.under : own;
  if (options_.runs > 0) {
    for (spec::Perturbation& one : under) one.runs = options_.runs;
  }
  return under;
}

std::string Candidate::PerturbationOf(const std::string& name) const {
  if (options_.only && options_.only_of == name)
    return record::ToString(options_.only->perturbation);
  const bool in_turns =
      !IsTooDear(name) && (!exercise_.scenarios.at(name).under.empty() || !options_.under.empty());
  return in_turns ? "turns" : "";
}

scenario::Plan Candidate::PlanFor(const std::string& name) const {
  const spec::Scenario& scenario = exercise_.scenarios.at(name);
  return {.exercise = exercise_.id,
          .exercise_hash = exercise_.hash,
          .artifact_hash = report_.artifact.hash,
          .language = language_,
          .version = Version(),
          .scenario = scenario,
          .limits = exercise_.limits,
          .observe = needs_.at(name),
          .programs = report_.artifact.programs,
          .solutions = *solutions_,
          .main_program = scenario.program.empty() ? FirstProgramOf(exercise_) : scenario.program,
          .rung = options_.rung,
          .perturbation = PerturbationOf(name),
          .seed = options_.only && options_.only_of == name ? options_.only->seed : 0,
          .hidden_paths = HiddenPaths(exercise_, options_),
          .late = options_.late};
}

// --- Its grade.

std::set<std::string> Candidate::ChecksOf(const std::string& scenario) const {
  std::set<std::string> ids;
  for (const spec::Check& check : exercise_.checks) {
    if (std::ranges::find(check.scenarios, scenario) != check.scenarios.end()) ids.insert(check.id);
  }
  return ids;
}

std::set<std::string> Candidate::LostIn(const record::Recording& run) const {
  return evaluate::LostIn(exercise_, run, language_, graders::BuiltinKinds());
}

Graded Candidate::Finish() {
  evaluate::Grade grade =
      evaluate::Evaluate(exercise_, recordings_, language_, SubmissionSummary(), BuildSummary(),
                         sandbox::ToString(options_.rung), graders::BuiltinKinds());
  return {std::move(grade), std::move(recordings_), std::move(too_dear_)};
}

evaluate::Submission Candidate::SubmissionSummary() const {
  evaluate::Submission summary{.files = {}, .hash = submission_.hash};
  for (const build::SourceFile& file : submission_.files) summary.files.push_back(file.path);
  return summary;
}

evaluate::BuildSummary Candidate::BuildSummary() const {
  evaluate::BuildSummary summary{
      .ok = report_.ok, .command = report_.command, .cached = report_.cached, .diagnostics = {}};
  for (const build::Diagnostic& d : report_.diagnostics)
    summary.diagnostics.push_back({d.file, d.line, d.column, d.severity, d.message});
  // What a linker says has no place in a file.
  if (!report_.ok && summary.diagnostics.empty() && !report_.log.empty())
    summary.diagnostics.push_back({.file = {}, .severity = "error", .message = report_.log});
  return summary;
}

}  // namespace plumbline::cli
