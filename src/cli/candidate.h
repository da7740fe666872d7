// SPDX-License-Identifier: MIT
// One submission on its way to a grade: says at each stage what has to be built or run for it, and
// takes what came of that. Who does the work, and for how many at once, is not its business
// (grading.h).
//
//   TRY(candidate.Begin());                   // its language, the scenarios that are looked at
//   candidate.TakeBuild(...BuildJob()...);
//   candidate.TakeRuns(...Plans()...);
//   const Graded graded = candidate.Finish();
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/grading.h"
#include "cli/perturbing.h"
#include "cli/reference.h"
#include "cli/runs.h"

namespace plumbline::cli {

class Candidate {
 public:
  // All outlive it.
  Candidate(const spec::Exercise& exercise, const build::Submission& submission,
            const GradingOptions& options)
      : exercise_(exercise), submission_(submission), options_(options) {}

  // Stops with kUsage: it is in no language of the exercise, or what was asked for is not in it.
  Outcome<void> Begin();
  // The exercise's own programs that its scenarios start.
  std::set<std::string> SolutionsNeeded() const;
  Job BuildJob() const;
  // Stops with kMachine: the build itself failed (a compiler is missing).
  Outcome<void> TakeBuild(scenario::Answer answer);

  // Of what was built, the run of each scenario that comes first; none if it was not. `solutions`
  // outlives the candidate.
  std::vector<PlannedRun> Plans(const Solutions& solutions);
  // A recording of each plan, in their order.
  void TakeRuns(std::vector<record::Recording> runs);
  // Of scenarios that only the caller wanted in turns and that are too dear for it, a plain run
  // instead; TakePlainRuns() wants a recording of each.
  std::vector<PlannedRun> PlainPlans();
  void TakePlainRuns(std::vector<record::Recording> runs);
  // The scenarios that are to be perturbed after that.
  std::vector<ToPerturb> Perturbed() const;
  evaluate::Recordings& recordings() { return recordings_; }

  // The checks that one run of a scenario loses, and all that look at a scenario, by ID.
  std::set<std::string> LostIn(const record::Recording& run) const;
  std::set<std::string> ChecksOf(const std::string& scenario) const;

  const spec::Exercise& exercise() const { return exercise_; }
  const GradingOptions& options() const { return options_; }
  const std::string& language() const { return language_; }
  // Those that a check looks at, as written.
  const std::vector<std::string>& scenarios() const { return scenarios_; }
  // What is done to its first run ("turns", or one of GradingOptions::only), and that run.
  std::string PerturbationOf(const std::string& scenario) const;
  // REQUIRES: Plans() was called.
  scenario::Plan PlanFor(const std::string& scenario) const;

  // Judges what was taken. The candidate is done.
  Graded Finish();

 private:
  Outcome<std::string> LanguageOfSubmission() const;
  bool IsTooDear(const std::string& scenario) const;
  std::vector<spec::Perturbation> Under(const std::string& name) const;
  evaluate::Submission SubmissionSummary() const;
  evaluate::BuildSummary BuildSummary() const;

  const spec::Exercise& exercise_;
  const build::Submission& submission_;
  const GradingOptions& options_;
  std::string language_;
  std::map<std::string, std::set<record::Facet>> needs_;  // by scenario
  std::vector<std::string> scenarios_;
  std::vector<std::string> too_dear_;  // of them, to be perturbed
  build::Report report_;
  const Solutions* solutions_ = nullptr;
  evaluate::Recordings recordings_;
};

}  // namespace plumbline::cli
