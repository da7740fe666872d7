// SPDX-License-Identifier: MIT
// Exercise + submission -> Grade: builds, runs what the checks need, evaluates. The flow that every
// command which grades has in common.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "build/build.h"
#include "cli/crew.h"
#include "cli/options.h"
#include "cli/stop.h"
#include "evaluate/evaluate.h"
#include "sandbox/sandbox.h"
#include "scenario/exploration.h"
#include "spec/exercise.h"

namespace plumbline::cli {

struct GradingOptions {
  std::string language;  // of the submission; empty: found
  sandbox::Rung rung = sandbox::Rung::kB;
  std::filesystem::path cache;  // of builds; empty: none
  // Folders that nobody inside may look into: all exercises that may be installed.
  std::vector<std::filesystem::path> exercises;
  std::filesystem::path record;  // recordings are kept there; empty: nowhere
  // To be done to every scenario that the exercise does not perturb itself.
  std::vector<spec::Perturbation> under = {};
  int runs = 0;             // of each perturbation; 0: as many as it says itself
  uint64_t most_calls = 0;  // PerturbingOptions::most_calls; 0: what fits `runs` and `under`
  bool keep_going = false;  // PerturbingOptions::keep_going
  bool late = false;        // scenario::Plan::late
  // One perturbed run alone, of this scenario, instead of all.
  std::optional<scenario::Perturbed> only = {};
  std::string only_of = {};
  // What is under way, for people: "building", "running 3/7".
  std::function<void(const std::string&)> progress = [](const std::string&) {};
  // Called of each submission when it has been built and run as far as it can be.
  std::function<void()> has_run = [] {};
};

struct Graded {
  evaluate::Grade grade;
  evaluate::Recordings recordings;
  // Scenarios that would cost too much to be perturbed as was asked, and were run plainly.
  std::vector<std::string> too_dear = {};
  // A judge of the exercise's was asked about kept runs, and its answers are with them now.
  bool asked = false;
};

// Stops with kUsage for a submission that cannot be read or is in no language of the exercise, and
// for an exercise that this version cannot run; with kMachine when the build itself fails (a
// compiler missing). A run that fails is an error inside the grade.
Outcome<Graded> GradeSubmission(Crew& crew, const spec::Exercise& exercise,
                                const build::Submission& submission, const GradingOptions& options);

// The same of many, their builds and all their runs side by side; each is given to `take` as soon
// as it is done, which is by no means in their order. What is wrong with one of them costs that one
// alone; a wrong exercise, a signal and a `take` that fails stop all. `take` grades nothing.
using TakeGrade = std::function<Outcome<void>(size_t number, Outcome<Graded> graded)>;
Outcome<void> GradeEach(Crew& crew, const spec::Exercise& exercise,
                        const std::vector<build::Submission>& submissions,
                        const GradingOptions& options, const TakeGrade& take);
// All in their order.
Outcome<std::vector<Outcome<Graded>>> GradeAll(Crew& crew, const spec::Exercise& exercise,
                                               const std::vector<build::Submission>& submissions,
                                               const GradingOptions& options);

// Reads it, with the error of a path that is missing, unreadable or without a source file.
Outcome<build::Submission> ReadSubmissionAt(const std::filesystem::path& path);

// The grade of recordings made before, of one language; what has no recording is in error. Nothing
// is run but programs of the exercise's that judge, if they are others than those that were asked.
Outcome<Graded> GradeRecordings(const spec::Exercise& exercise,
                                std::vector<record::Recording> recordings, const Options& options);

// The grade of a submission that did not build, so that there are no recordings: of its language,
// with what was kept of its files and its build.
evaluate::Grade GradeUnbuilt(const spec::Exercise& exercise, const std::string& language,
                             evaluate::Submission submission, evaluate::BuildSummary build,
                             const std::string& isolation);

// $XDG_CACHE_HOME/plumbline, else ~/.cache/plumbline; empty without a home that exists.
std::filesystem::path CacheFolder();

Exit ExitOf(const evaluate::Grade& grade);

}  // namespace plumbline::cli
