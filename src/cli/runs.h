// SPDX-License-Identifier: MIT
// Submissions -> builds and plans -> recordings, by the crew: what every command that runs programs
// has in common.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "build/build.h"
#include "cli/crew.h"
#include "cli/stop.h"
#include "record/recording.h"
#include "scenario/plan.h"
#include "spec/exercise.h"

namespace plumbline::cli {

struct GradingOptions;

// The job that builds a submission of the exercise, in this language; its answer is a report.
Job BuildJob(const spec::Exercise& exercise, const build::Submission& submission,
             const std::string& language, const GradingOptions& options, std::string name);
// Stops with kMachine: the build itself failed (a compiler is missing).
Outcome<build::Report> AsReport(scenario::Answer answer);

// That which is meant where no other is named.
std::string FirstProgramOf(const spec::Exercise& exercise);
// Host paths that nobody inside may look into: the exercise's, and of all that may be installed.
std::vector<std::string> HiddenPaths(const spec::Exercise& exercise, const GradingOptions& options);

// A recording of each, in order; what the machine or the grader failed at is a recording of that
// error. `name`: of each for people, "scenario counts".
struct PlannedRun {
  std::string name;
  scenario::Plan plan;
};
Job JobOf(PlannedRun run);
Outcome<std::vector<record::Recording>> RunPlans(Crew& crew, std::vector<PlannedRun> runs,
                                                 const Crew::Progress& progress = {});

}  // namespace plumbline::cli
