// SPDX-License-Identifier: MIT
#include "cli/grading.h"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/catalogue.h"
#include "cli/console.h"
#include "cli/perturbing.h"
#include "cli/recording_files.h"
#include "graders/builtin.h"
#include "spec/loader.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;
using Needs = std::map<std::string, std::set<record::Facet>>;
using Solutions = std::map<std::string, build::Runnable>;

// A compiler of a student's program is bounded by its sandbox's processor time; these are the
// safety nets behind it, in real time.
constexpr std::chrono::minutes kBuildDeadline(5);
constexpr std::chrono::seconds kMargin(15);

std::vector<build::ProgramSources> SourcesOf(const spec::Exercise& exercise) {
  if (exercise.programs.empty()) return {{exercise.id, {}}};
  std::vector<build::ProgramSources> sources;
  for (const spec::Program& program : exercise.programs)
    sources.push_back({program.name, program.files});
  return sources;
}

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

// One grading under way.
class Grading {
 public:
  Grading(Crew& crew, const spec::Exercise& exercise, const build::Submission& submission,
          const GradingOptions& options)
      : crew_(crew), exercise_(exercise), submission_(submission), options_(options) {}

  Outcome<Graded> Do() {
    TRY_ASSIGN(language_, LanguageOfSubmission());
    needs_ = evaluate::NeedsOf(exercise_, language_, graders::BuiltinKinds());
    scenarios_ = ScenariosToRun(exercise_, needs_);
    if (options_.only && std::ranges::find(scenarios_, options_.only_of) == scenarios_.end())
      return Refuse("the exercise has no scenario '" + options_.only_of + "' that is looked at",
                    "one of: " + Listed(scenarios_));
    options_.progress("building");
    TRY_ASSIGN(const build::Report report, BuildAll());
    evaluate::Recordings recordings;
    if (report.ok) {
      TRY_ASSIGN(recordings, RunAll(report.artifact));
    }
    if (!options_.record.empty()) TRY(KeepRecordings(options_.record, recordings));
    options_.progress("judging");
    evaluate::Grade grade =
        evaluate::Evaluate(exercise_, recordings, language_, Summary(), Summary(report),
                           sandbox::ToString(options_.rung), graders::BuiltinKinds());
    return Graded{std::move(grade), std::move(recordings)};
  }

 private:
  Outcome<std::string> LanguageOfSubmission() const {
    const auto& allowed = exercise_.languages;
    if (!options_.language.empty() &&
        std::ranges::find(allowed, options_.language) == allowed.end())
      return Refuse("this exercise is not to be done in " + options_.language,
                    "it takes " + Listed(allowed));
    Result<std::string> language = build::LanguageOf(submission_, allowed, options_.language);
    if (!language) return Refuse(language.error().message, language.error().hint);
    return *std::move(language);
  }

  // The submission and the solutions that scenarios start, built side by side.
  Outcome<build::Report> BuildAll() {
    std::set<std::string> names;
    for (const std::string& scenario : scenarios_)
      names.merge(SolutionsOf(exercise_.scenarios.at(scenario)));
    std::vector<Job> jobs{BuildJob(submission_, language_, "the build")};
    for (const std::string& name : names) {
      TRY_ASSIGN(Job job, SolutionJob(name));
      jobs.push_back(std::move(job));
    }
    auto answers = crew_.Do(std::move(jobs));
    if (!answers) return std::unexpected(Stop::By(answers.error().signal));
    auto name = names.begin();
    for (size_t i = 1; i < answers->size(); ++i, ++name) TRY(TakeSolution(*name, (*answers)[i]));
    return ReportIn(std::move(answers->front()));
  }

  Job BuildJob(const build::Submission& submission, const std::string& language,
               std::string name) const {
    build::Request request{.submission = submission,
                           .language = language,
                           .programs = SourcesOf(exercise_),
                           .cache = options_.cache,
                           .rung = options_.rung,
                           .hidden_paths = HiddenPaths()};
    return Job{std::move(request), std::move(name), kBuildDeadline};
  }

  fs::path SolutionFolder(const std::string& name) const {
    return exercise_.folder / "solutions" / name;
  }

  Outcome<Job> SolutionJob(const std::string& name) const {
    const Result<build::Submission> solution = build::ReadSubmission(SolutionFolder(name));
    if (!solution)
      return Refuse("the exercise's own solution cannot be read: " + solution.error().message);
    const Result<std::string> language = build::LanguageOf(*solution, {"c", "cpp", "py", "sh"}, {});
    if (!language) return Refuse(SolutionFolder(name).string() + ": " + language.error().message);
    return BuildJob(*solution, *language, "the build of solution " + name);
  }

  Outcome<void> TakeSolution(const std::string& name, const scenario::Answer& answer) {
    TRY_ASSIGN(const build::Report report, ReportIn(answer));
    if (!report.ok)
      return Refuse(
          "the exercise's own solution " + SolutionFolder(name).string() + " does not build",
          "plumbline check with that folder as submission shows why");
    solutions_[name] = MainProgram(report.artifact, name);
    return {};
  }

  // A reference with several programs starts the one of its own name, else the first.
  build::Runnable MainProgram(const build::Artifact& artifact, const std::string& name) const {
    const auto named = artifact.programs.find(name);
    if (named != artifact.programs.end()) return named->second;
    return artifact.programs.at(SourcesOf(exercise_).front().name);
  }

  static Outcome<build::Report> ReportIn(scenario::Answer answer) {
    if (auto* report = std::get_if<build::Report>(&answer)) return std::move(*report);
    auto* error = std::get_if<Error>(&answer);
    if (!error)
      return std::unexpected(Stop(Error{"a supervisor answered a build with something else"}));
    if (error->hint.empty())
      error->hint = "plumbline doctor says what is missing and how to get it";
    return std::unexpected(Stop(*error));
  }

  // Plain ones first; a scenario that is perturbed begins with its run in turns.
  Outcome<evaluate::Recordings> RunAll(const build::Artifact& artifact) {
    TRY_ASSIGN(evaluate::Recordings recordings, RunOnce(artifact));
    std::vector<ToPerturb> perturbed;
    for (const std::string& name : scenarios_) {
      const auto under = Under(name);
      if (!under.empty()) perturbed.push_back({name, PlanFor(name, artifact), under});
    }
    if (perturbed.empty()) return recordings;
    const PerturbingOptions options{
        .lost = [this](const record::Recording& run) { return LostIn(run); },
        .checks = [this](const std::string& scenario) { return ChecksOf(scenario); },
        .progress =
            [this](size_t done, size_t most) {
              options_.progress("perturbing " + std::to_string(done) + "/" + std::to_string(most));
            }};
    TRY(RunPerturbed(crew_, perturbed, options, recordings));
    return recordings;
  }

  // What is done to a scenario beyond its plain run, or to its run in turns.
  std::vector<spec::Perturbation> Under(const std::string& name) const {
    if (options_.only) return {};
    const auto& own = exercise_.scenarios.at(name).under;
    return own.empty() ? options_.under : own;
  }

  std::string PerturbationOf(const std::string& name) const {
    if (options_.only && options_.only_of == name)
      return record::ToString(options_.only->perturbation);
    const bool in_turns = !exercise_.scenarios.at(name).under.empty() || !options_.under.empty();
    return in_turns ? "turns" : "";
  }

  std::set<std::string> ChecksOf(const std::string& scenario) const {
    std::set<std::string> ids;
    for (const spec::Check& check : exercise_.checks) {
      if (std::ranges::find(check.scenarios, scenario) != check.scenarios.end())
        ids.insert(check.id);
    }
    return ids;
  }

  std::set<std::string> LostIn(const record::Recording& run) const {
    return evaluate::LostIn(exercise_, run, language_, graders::BuiltinKinds());
  }

  Outcome<evaluate::Recordings> RunOnce(const build::Artifact& artifact) {
    std::vector<Job> jobs;
    for (const std::string& name : scenarios_) {
      scenario::Plan plan = PlanFor(name, artifact);
      const Duration deadline = plan.wall_limit + kMargin;
      jobs.push_back({std::move(plan), "scenario " + name, deadline});
    }
    const std::string all = std::to_string(jobs.size());
    options_.progress("running 0/" + all);
    auto answers = crew_.Do(std::move(jobs), [&](size_t done, size_t) {
      options_.progress("running " + std::to_string(done) + "/" + all);
    });
    if (!answers) return std::unexpected(Stop::By(answers.error().signal));
    evaluate::Recordings recordings;
    for (size_t i = 0; i < scenarios_.size(); ++i)
      recordings[scenarios_[i]].push_back(
          RecordingIn(std::move((*answers)[i]), scenarios_[i], artifact));
    return recordings;
  }

  scenario::Plan PlanFor(const std::string& name, const build::Artifact& artifact) const {
    const spec::Scenario& scenario = exercise_.scenarios.at(name);
    return {.exercise = exercise_.id,
            .exercise_hash = exercise_.hash,
            .artifact_hash = artifact.hash,
            .language = language_,
            .version = Version(),
            .scenario = scenario,
            .limits = exercise_.limits,
            .observe = needs_.at(name),
            .programs = artifact.programs,
            .solutions = solutions_,
            .main_program =
                scenario.program.empty() ? SourcesOf(exercise_).front().name : scenario.program,
            .rung = options_.rung,
            .perturbation = PerturbationOf(name),
            .seed = options_.only && options_.only_of == name ? options_.only->seed : 0,
            .hidden_paths = HiddenPaths()};
  }

  // An #include of a solution is one way to read it. By the true path: that is what is seen inside.
  std::vector<std::string> HiddenPaths() const {
    std::vector<std::string> hidden;
    std::error_code error;
    const auto add = [&](const fs::path& path) {
      const fs::path true_path = fs::canonical(path, error);
      if (!error) hidden.push_back(true_path);
    };
    add(exercise_.folder);
    std::ranges::for_each(options_.exercises, add);
    return hidden;
  }

  // A run that got no recording is one all the same: of the error that it ended in.
  record::Recording RecordingIn(scenario::Answer answer, const std::string& name,
                                const build::Artifact& artifact) const {
    if (auto* recording = std::get_if<record::Recording>(&answer)) return std::move(*recording);
    record::Recording failed;
    failed.header = {.exercise = exercise_.id,
                     .exercise_hash = exercise_.hash,
                     .artifact_hash = artifact.hash,
                     .language = language_,
                     .scenario = name,
                     .perturbation = PerturbationOf(name),
                     .isolation = sandbox::ToString(options_.rung),
                     .observed = {},
                     .version = Version()};
    failed.outcome = record::Outcome::kError;
    const auto* error = std::get_if<Error>(&answer);
    failed.error = error ? *error : Error{"a supervisor answered a run with something else"};
    return failed;
  }

  evaluate::Submission Summary() const {
    evaluate::Submission summary{.files = {}, .hash = submission_.hash};
    for (const build::SourceFile& file : submission_.files) summary.files.push_back(file.path);
    return summary;
  }

  static evaluate::BuildSummary Summary(const build::Report& report) {
    evaluate::BuildSummary summary{
        .ok = report.ok, .command = report.command, .cached = report.cached, .diagnostics = {}};
    for (const build::Diagnostic& d : report.diagnostics)
      summary.diagnostics.push_back({d.file, d.line, d.column, d.severity, d.message});
    // What a linker says has no place in a file.
    if (!report.ok && summary.diagnostics.empty() && !report.log.empty())
      summary.diagnostics.push_back({.file = {}, .severity = "error", .message = report.log});
    return summary;
  }

  static std::string Listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
  }

  Crew& crew_;
  const spec::Exercise& exercise_;
  const build::Submission& submission_;
  const GradingOptions& options_;
  std::string language_;
  Needs needs_;
  std::vector<std::string> scenarios_;
  Solutions solutions_;
};

}  // namespace

Outcome<Graded> GradeSubmission(Crew& crew, const spec::Exercise& exercise,
                                const build::Submission& submission,
                                const GradingOptions& options) {
  return Grading(crew, exercise, submission, options).Do();
}

Outcome<build::Submission> ReadSubmissionAt(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error))
    return Refuse(path.string() + ": there is no such file or folder",
                  "give your source file, or the folder "
                  "that it is in");
  // A link that the command line names is followed; those inside a folder are not.
  const fs::path target = fs::is_symlink(path, error) ? fs::canonical(path, error) : path;
  Result<build::Submission> submission = build::ReadSubmission(target);
  if (!submission) return Refuse(submission.error().message, submission.error().hint);
  if (submission->files.empty())
    return Refuse(path.string() + ": there is no file in it",
                  "give your source file, or the folder that it is in");
  return *std::move(submission);
}

Outcome<Graded> GradeRecordings(const spec::Exercise& exercise,
                                std::vector<record::Recording> recordings) {
  const record::Header first = recordings.front().header;
  evaluate::Recordings by_scenario;
  for (record::Recording& recording : recordings) {
    const record::Header& header = recording.header;
    if (header.exercise != exercise.id)
      return Refuse(
          "a recording is of exercise '" + header.exercise + "', not of '" + exercise.id + "'",
          "give the exercise that it is of");
    if (header.language != first.language || header.artifact_hash != first.artifact_hash)
      return Refuse("the recordings are of different submissions",
                    "give those that one check --record kept");
    by_scenario[header.scenario].push_back(std::move(recording));
  }
  evaluate::Grade grade =
      evaluate::Evaluate(exercise, by_scenario, first.language, {.files = {}, .hash = {}}, {},
                         first.isolation, graders::BuiltinKinds());
  return Graded{std::move(grade), std::move(by_scenario)};
}

fs::path CacheFolder() {
  const std::string cache = FromEnvironment("XDG_CACHE_HOME");
  if (!cache.empty()) return fs::path(cache) / "plumbline";
  // Accounts of services name a home that does not exist, and it shall not begin to.
  const std::string home = FromEnvironment("HOME");
  std::error_code ignored;
  return fs::is_directory(home, ignored) ? fs::path(home) / ".cache/plumbline" : fs::path();
}

Exit ExitOf(const evaluate::Grade& grade) {
  if (!grade.points) return Exit::kMachine;
  return grade.passed ? Exit::kPassed : Exit::kBelow;
}

}  // namespace plumbline::cli
