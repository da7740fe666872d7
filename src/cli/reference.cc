// SPDX-License-Identifier: MIT
#include "cli/reference.h"

#include <utility>
#include <vector>

#include "cli/runs.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

fs::path FolderOf(const spec::Exercise& exercise, const std::string& name) {
  return exercise.folder / "solutions" / name;
}

Outcome<Job> JobFor(const spec::Exercise& exercise, const std::string& name,
                    const GradingOptions& options) {
  const fs::path folder = FolderOf(exercise, name);
  const Result<build::Submission> solution = build::ReadSubmission(folder);
  if (!solution)
    return Refuse("the exercise's own solution cannot be read: " + solution.error().message);
  const Result<std::string> language = build::LanguageOf(*solution, {"c", "cpp", "py", "sh"}, {});
  if (!language) return Refuse(folder.string() + ": " + language.error().message);
  return BuildJob(exercise, *solution, *language, options, "the build of solution " + name);
}

// A reference with several programs starts the one of its own name, else the first.
build::Runnable MainProgram(const spec::Exercise& exercise, const build::Artifact& artifact,
                            const std::string& name) {
  const auto named = artifact.programs.find(name);
  if (named != artifact.programs.end()) return named->second;
  return artifact.programs.at(FirstProgramOf(exercise));
}

}  // namespace

Outcome<Solutions> BuildSolutions(Crew& crew, const spec::Exercise& exercise,
                                  const std::set<std::string>& names,
                                  const GradingOptions& options) {
  std::vector<Job> jobs;
  for (const std::string& name : names) {
    TRY_ASSIGN(Job job, JobFor(exercise, name, options));
    jobs.push_back(std::move(job));
  }
  auto answers = crew.Do(std::move(jobs));
  if (!answers) return std::unexpected(Stop::By(answers.error().signal));
  Solutions solutions;
  auto answer = answers->begin();
  for (const std::string& name : names) {
    TRY_ASSIGN(const build::Report report, AsReport(std::move(*answer++)));
    if (!report.ok)
      return Refuse(
          "the exercise's own solution " + FolderOf(exercise, name).string() + " does not build",
          "plumbline check with that folder as submission shows why");
    solutions[name] = MainProgram(exercise, report.artifact, name);
  }
  return solutions;
}

}  // namespace plumbline::cli
