// SPDX-License-Identifier: MIT
#include "cli/grading.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/candidate.h"
#include "cli/console.h"
#include "cli/grading_options.h"
#include "cli/judging.h"
#include "cli/recording_files.h"
#include "graders/builtin.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

// All candidates go through each stage together, so that no processor waits for a straggler.
class Grading {
 public:
  Grading(Crew& crew, const spec::Exercise& exercise,
          const std::vector<build::Submission>& submissions, const GradingOptions& options)
      : crew_(crew), exercise_(exercise), options_(options) {
    for (const build::Submission& submission : submissions)
      all_.push_back({Candidate(exercise, submission, options), std::nullopt});
  }

  Outcome<std::vector<Outcome<Graded>>> Do() {
    for (One& one : all_) Keep(one, one.candidate.Begin());
    options_.progress("building");
    TRY(BuildAll());
    TRY(RunAll());
    for (One& one : all_) {
      if (!one.stop) TRY(Perturb(one.candidate));
    }
    TRY(AskJudges());
    for (One& one : all_) {
      if (one.stop) continue;
      if (!options_.record.empty())
        Keep(one, KeepRecordings(options_.record, one.candidate.recordings()));
    }
    options_.progress("judging");
    return Judged();
  }

 private:
  // `stop`: why it gets no grade.
  struct One {
    Candidate candidate;
    std::optional<Stop> stop;
  };

  static void Keep(One& one, const Outcome<void>& done) {
    if (!done) one.stop = done.error();
  }

  Outcome<void> BuildAll() {
    std::set<std::string> names;
    std::vector<Job> jobs;
    for (const One& one : all_) {
      if (one.stop) continue;
      names.merge(one.candidate.SolutionsNeeded());
      jobs.push_back(one.candidate.BuildJob());
    }
    auto answers = crew_.Do(std::move(jobs));
    if (!answers) return std::unexpected(Stop::By(answers.error().signal));
    auto answer = answers->begin();
    for (One& one : all_) {
      if (!one.stop) Keep(one, one.candidate.TakeBuild(std::move(*answer++)));
    }
    TRY_ASSIGN(solutions_, BuildSolutions(crew_, exercise_, names, options_));
    return {};
  }

  Outcome<void> RunAll() {
    std::vector<PlannedRun> runs;
    std::vector<size_t> of_each;
    for (One& one : all_) {
      std::vector<PlannedRun> own;
      if (!one.stop) own = one.candidate.Plans(solutions_);
      of_each.push_back(own.size());
      std::ranges::move(own, std::back_inserter(runs));
    }
    const std::string all = std::to_string(runs.size());
    options_.progress("running 0/" + all);
    TRY_ASSIGN(std::vector<record::Recording> recordings,
               RunPlans(crew_, std::move(runs), [&](size_t done, size_t) {
                 options_.progress("running " + std::to_string(done) + "/" + all);
               }));
    auto next = std::make_move_iterator(recordings.begin());
    for (size_t i = 0; i < all_.size(); ++i) {
      const auto end = next + static_cast<std::ptrdiff_t>(of_each[i]);
      all_[i].candidate.TakeRuns({next, end});
      next = end;
    }
    return {};
  }

  Outcome<void> RunPlainly(Candidate& candidate) {
    TRY_ASSIGN(std::vector<record::Recording> runs, RunPlans(crew_, candidate.PlainPlans()));
    candidate.TakePlainRuns(std::move(runs));
    return {};
  }

  Outcome<void> Perturb(Candidate& candidate) {
    TRY(RunPlainly(candidate));
    const std::vector<ToPerturb> perturbed = candidate.Perturbed();
    if (perturbed.empty()) return {};
    // More runs, or other ones, than the exercise does.
    const bool asks_for_runs = options_.runs > 0 || !options_.under.empty();
    const uint64_t most_calls = asks_for_runs ? kMostCallsAskedFor : kMostPerturbedCalls;
    const PerturbingOptions options{
        .lost = [&](const record::Recording& run) { return candidate.LostIn(run); },
        .checks = [&](const std::string& scenario) { return candidate.ChecksOf(scenario); },
        .most_calls = options_.most_calls > 0 ? options_.most_calls : most_calls,
        .keep_going = options_.keep_going,
        .progress =
            [this](size_t done, size_t most) {
              options_.progress("perturbing " + std::to_string(done) + "/" + std::to_string(most));
            }};
    return RunPerturbed(crew_, perturbed, options, candidate.recordings());
  }

  Outcome<void> AskJudges() {
    std::vector<Question> questions;
    for (One& one : all_) {
      if (!one.stop)
        std::ranges::move(QuestionsAbout(exercise_, one.candidate.recordings()),
                          std::back_inserter(questions));
    }
    return cli::AskJudges(crew_, exercise_, options_, questions);
  }

  std::vector<Outcome<Graded>> Judged() {
    std::vector<Outcome<Graded>> grades;
    for (One& one : all_) {
      if (one.stop)
        grades.emplace_back(std::unexpected(*one.stop));
      else
        grades.emplace_back(one.candidate.Finish());
    }
    return grades;
  }

  Crew& crew_;
  const spec::Exercise& exercise_;
  const GradingOptions& options_;
  std::vector<One> all_;
  Solutions solutions_;
};

}  // namespace

Outcome<std::vector<Outcome<Graded>>> GradeAll(Crew& crew, const spec::Exercise& exercise,
                                               const std::vector<build::Submission>& submissions,
                                               const GradingOptions& options) {
  return Grading(crew, exercise, submissions, options).Do();
}

Outcome<Graded> GradeSubmission(Crew& crew, const spec::Exercise& exercise,
                                const build::Submission& submission,
                                const GradingOptions& options) {
  TRY_ASSIGN(std::vector<Outcome<Graded>> grades, GradeAll(crew, exercise, {submission}, options));
  return std::move(grades.front());
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

namespace {

// False: they have said all that is asked.
Outcome<bool> AskJudgesAgain(const spec::Exercise& exercise, const Options& options,
                             evaluate::Recordings& recordings) {
  const std::vector<Question> questions = QuestionsAbout(exercise, recordings);
  if (questions.empty()) return false;
  Crew crew({.program = "/proc/self/exe", .verbose = options.verbose});
  TRY_ASSIGN(const GradingOptions grading, GradingOptionsFor(crew, exercise, options));
  TRY(AskJudges(crew, exercise, grading, questions));
  return true;
}

}  // namespace

Outcome<Graded> GradeRecordings(const spec::Exercise& exercise,
                                std::vector<record::Recording> recordings, const Options& options) {
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
  TRY_ASSIGN(const bool asked, AskJudgesAgain(exercise, options, by_scenario));
  evaluate::Grade grade =
      evaluate::Evaluate(exercise, by_scenario, first.language, {.files = {}, .hash = {}}, {},
                         first.isolation, graders::BuiltinKinds());
  return Graded{std::move(grade), std::move(by_scenario), {}, asked};
}

fs::path CacheFolder() { return OwnFolder("XDG_CACHE_HOME", ".cache"); }

Exit ExitOf(const evaluate::Grade& grade) {
  if (!grade.points) return Exit::kMachine;
  return grade.passed ? Exit::kPassed : Exit::kBelow;
}

}  // namespace plumbline::cli
