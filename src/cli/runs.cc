// SPDX-License-Identifier: MIT
#include "cli/runs.h"

#include <algorithm>
#include <chrono>
#include <system_error>

#include "build/limits.h"
#include "cli/grading.h"
#include "scenario/run.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

// A build and a run end by their own limits of time; this is what it may take to say so.
constexpr std::chrono::seconds kMargin(15);
// They may last so many times as long as they could have gone on: their supervisor knows how long
// that was.
constexpr int kBusyMachine = 10;

std::vector<build::ProgramSources> SourcesOf(const spec::Exercise& exercise) {
  if (exercise.programs.empty()) return {{exercise.id, {}}};
  std::vector<build::ProgramSources> sources;
  for (const spec::Program& program : exercise.programs)
    sources.push_back({program.name, program.files});
  return sources;
}

}  // namespace

std::string FirstProgramOf(const spec::Exercise& exercise) {
  return exercise.programs.empty() ? exercise.id : exercise.programs.front().name;
}

// An #include of a solution is one way to read it. By the true path: that is what is seen inside.
std::vector<std::string> HiddenPaths(const spec::Exercise& exercise,
                                     const GradingOptions& options) {
  std::vector<std::string> hidden;
  std::error_code error;
  const auto add = [&](const fs::path& path) {
    const fs::path true_path = fs::canonical(path, error);
    if (!error) hidden.push_back(true_path);
  };
  add(exercise.folder);
  std::ranges::for_each(options.exercises, add);
  return hidden;
}

Job BuildJob(const spec::Exercise& exercise, const build::Submission& submission,
             const std::string& language, const GradingOptions& options, std::string name) {
  build::Request request{.submission = submission,
                         .language = language,
                         .programs = SourcesOf(exercise),
                         .cache = options.cache,
                         .rung = options.rung,
                         .hidden_paths = HiddenPaths(exercise, options)};
  return Job{std::move(request), std::move(name), kBusyMachine * build::Limits().real + kMargin};
}

Outcome<build::Report> AsReport(scenario::Answer answer) {
  if (auto* report = std::get_if<build::Report>(&answer)) return std::move(*report);
  auto* error = std::get_if<Error>(&answer);
  if (!error)
    return std::unexpected(Stop(Error{"a supervisor answered a build with something else"}));
  if (error->hint.empty()) error->hint = "plumbline doctor says what is missing and how to get it";
  return std::unexpected(Stop(*error));
}

Job JobOf(PlannedRun run) {
  const Duration deadline = kBusyMachine * run.plan.wall_limit + kMargin;
  return {std::move(run.plan), std::move(run.name), deadline};
}

Outcome<std::vector<record::Recording>> RunPlans(Crew& crew, std::vector<PlannedRun> runs,
                                                 const Crew::Progress& progress) {
  std::vector<record::Header> headers;
  std::vector<Job> jobs;
  for (PlannedRun& run : runs) {
    headers.push_back(scenario::HeaderOf(run.plan));
    jobs.push_back(JobOf(std::move(run)));
  }
  auto answers = crew.Do(std::move(jobs), progress);
  if (!answers) return std::unexpected(Stop::By(answers.error().signal));
  std::vector<record::Recording> recordings;
  for (size_t i = 0; i < headers.size(); ++i)
    recordings.push_back(scenario::AsRecording(std::move((*answers)[i]), std::move(headers[i])));
  return recordings;
}

}  // namespace plumbline::cli
