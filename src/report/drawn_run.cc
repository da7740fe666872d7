// SPDX-License-Identifier: MIT
#include "report/drawn_run.h"

#include <algorithm>
#include <vector>

namespace plumbline::report {
namespace {

using record::Recording;

// How gladly a run is drawn: nothing is worth a moment that it does not have.
int WorthOf(const Recording& run, const GradeDocument::Scenario* scenario,
            const std::string& snapshot) {
  const bool has = snapshot.empty() || run.snapshot(snapshot) != nullptr;
  const bool lost = scenario != nullptr && scenario->failed_run &&
                    run.header.perturbation == scenario->failed_run->perturbation &&
                    run.header.seed == scenario->failed_run->seed;
  return (has ? 2 : 0) + (lost ? 1 : 0);
}

}  // namespace

const Recording* RunOf(const GradeDocument& grade, const std::string& scenario,
                       const evaluate::Recordings& recordings, const std::string& snapshot) {
  const auto runs = recordings.find(scenario);
  if (runs == recordings.end() || runs->second.empty()) return nullptr;
  const auto told = std::ranges::find(grade.scenarios, scenario, &GradeDocument::Scenario::name);
  const GradeDocument::Scenario* const one = told == grade.scenarios.end() ? nullptr : &*told;
  const auto worth = [&](const Recording& run) { return WorthOf(run, one, snapshot); };
  return &*std::ranges::max_element(runs->second, {}, worth);  // the first of equals
}

}  // namespace plumbline::report
