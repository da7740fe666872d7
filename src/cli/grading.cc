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
#include "scenario/run.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

// Each candidate goes its own way: what was built is run, and perturbed, before others are built,
// so that grades come one by one and no processor waits for a straggler. Those that somebody judges
// are graded when all have been run.
class Grading {
 public:
  Grading(Crew& crew, const spec::Exercise& exercise,
          const std::vector<build::Submission>& submissions, const GradingOptions& options,
          const TakeGrade& take)
      : crew_(crew), exercise_(exercise), options_(options), take_(take) {
    for (const build::Submission& submission : submissions)
      all_.push_back({.candidate = Candidate(exercise, submission, options)});
  }

  Outcome<void> Do() {
    TRY(Begin());
    TRY(BuildAndRun());
    TRY(AskJudges());
    options_.progress("judging");
    for (One& one : all_) {
      if (!one.taken) Take(one);
    }
    return taken_;
  }

 private:
  // What a candidate's runs are for.
  enum class Part { kScenarios, kPlainly, kPerturbed };
  struct One {
    Candidate candidate;
    std::optional<Stop> stop = {};  // why it gets no grade
    bool taken = false;
    // Of the runs under way: how each is told of, what came of each, how many are still to come.
    Part part = Part::kScenarios;
    std::vector<record::Header> headers = {};
    std::vector<record::Recording> runs = {};
    size_t to_come = 0;
    std::optional<Perturbing> perturbing = {};
    size_t perturbed = 0;  // runs that were
    size_t to_perturb = 0;
  };
  // What a job is about: the build of a candidate, or its run of this number.
  struct About {
    size_t one = 0;
    std::optional<size_t> run = {};
  };

  static void Keep(One& one, const Outcome<void>& done) {
    if (!done) one.stop = done.error();
  }

  size_t NumberOf(const One& one) const { return static_cast<size_t>(&one - all_.data()); }

  // Hands out the grade, or why there is none.
  void Take(One& one) {
    one.taken = true;
    if (!one.stop && !options_.record.empty())
      Keep(one, KeepRecordings(options_.record, one.candidate.recordings()));
    if (!taken_) return;
    taken_ = one.stop ? take_(NumberOf(one), std::unexpected(*one.stop))
                      : take_(NumberOf(one), one.candidate.Finish());
  }

  Outcome<void> Begin() {
    std::set<std::string> names;
    for (One& one : all_) {
      Keep(one, one.candidate.Begin());
      if (one.stop)
        Finish(one);
      else
        names.merge(one.candidate.SolutionsNeeded());
    }
    options_.progress("building");
    TRY_ASSIGN(solutions_, BuildSolutions(crew_, exercise_, names, options_));
    return taken_;
  }

  Outcome<void> BuildAndRun() {
    std::vector<Job> builds;
    for (size_t i = 0; i < all_.size(); ++i) {
      if (all_[i].stop) continue;
      about_.push_back({.one = i});
      builds.push_back(all_[i].candidate.BuildJob());
    }
    const auto take = [this](size_t job, scenario::Answer answer) {
      const About about = about_[job];
      One& one = all_[about.one];
      return about.run ? TakeRun(one, *about.run, std::move(answer))
                       : TakeBuild(one, std::move(answer));
    };
    if (const auto done = crew_.DoEach(std::move(builds), take); !done)
      return std::unexpected(Stop::By(done.error().signal));
    return taken_;
  }

  // Both return the runs that come next.
  std::vector<Job> TakeBuild(One& one, scenario::Answer answer) {
    Keep(one, one.candidate.TakeBuild(std::move(answer)));
    std::vector<PlannedRun> plans;
    if (!one.stop && taken_) plans = one.candidate.Plans(solutions_);
    return Give(one, std::move(plans));
  }

  std::vector<Job> TakeRun(One& one, size_t run, scenario::Answer answer) {
    one.runs[run] = scenario::AsRecording(std::move(answer), std::move(one.headers[run]));
    ++runs_;
    if (one.part != Part::kPerturbed) TellRuns();
    if (--one.to_come > 0) return {};
    return Give(one, taken_ ? PlansAfter(one) : std::vector<PlannedRun>());
  }

  // None: the candidate is done.
  std::vector<Job> Give(One& one, std::vector<PlannedRun> plans) {
    one.to_come = plans.size();
    one.runs.assign(plans.size(), {});
    one.headers.clear();
    std::vector<Job> jobs;
    for (PlannedRun& plan : plans) {
      about_.push_back({.one = NumberOf(one), .run = one.headers.size()});
      one.headers.push_back(scenario::HeaderOf(plan.plan));
      jobs.push_back(JobOf(std::move(plan)));
    }
    all_runs_ += jobs.size();
    if (jobs.empty())
      Finish(one);
    else if (one.part != Part::kPerturbed)
      TellRuns();
    return jobs;
  }

  // Takes the runs that were under way.
  std::vector<PlannedRun> PlansAfter(One& one) {
    std::vector<PlannedRun> plans;
    if (one.part == Part::kScenarios) {
      one.candidate.TakeRuns(std::move(one.runs));
      one.part = Part::kPlainly;
      plans = one.candidate.PlainPlans();
    } else if (one.part == Part::kPlainly) {
      one.candidate.TakePlainRuns(std::move(one.runs));
    } else {
      one.perturbing->Take(std::move(one.runs));
      return one.perturbing->Next();
    }
    return plans.empty() ? Perturb(one) : plans;
  }

  std::vector<PlannedRun> Perturb(One& one) {
    Candidate& candidate = one.candidate;
    // More runs, or other ones, than the exercise does.
    const bool asks_for_runs = options_.runs > 0 || !options_.under.empty();
    const uint64_t most_calls = asks_for_runs ? kMostCallsAskedFor : kMostPerturbedCalls;
    one.part = Part::kPerturbed;
    one.perturbing.emplace(
        candidate.Perturbed(),
        PerturbingOptions{
            .lost = [&](const record::Recording& run) { return candidate.LostIn(run); },
            .checks = [&](const std::string& scenario) { return candidate.ChecksOf(scenario); },
            .most_calls = options_.most_calls > 0 ? options_.most_calls : most_calls,
            .keep_going = options_.keep_going,
            .progress = [&](size_t done, size_t most) { TellPerturbed(one, done, most); }},
        candidate.recordings());
    return one.perturbing->Next();
  }

  // Nothing more is to be run of it.
  void Finish(One& one) {
    one.perturbing.reset();
    options_.has_run();
    if (one.stop || !IsAskedAbout(one)) Take(one);
  }

  void TellRuns() const {
    options_.progress("running " + std::to_string(runs_) + "/" + std::to_string(all_runs_));
  }

  // Of all that are perturbed now.
  void TellPerturbed(One& one, size_t done, size_t most) {
    one.perturbed = done;
    one.to_perturb = most;
    size_t all_done = 0;
    size_t all_most = 0;
    for (const One& other : all_) {
      if (!other.perturbing) continue;
      all_done += other.perturbed;
      all_most += other.to_perturb;
    }
    options_.progress("perturbing " + std::to_string(all_done) + "/" + std::to_string(all_most));
  }

  bool IsAskedAbout(One& one) const {
    return !QuestionsAbout(exercise_, one.candidate.recordings()).empty();
  }

  Outcome<void> AskJudges() {
    std::vector<Question> questions;
    for (One& one : all_) {
      if (!one.taken)
        std::ranges::move(QuestionsAbout(exercise_, one.candidate.recordings()),
                          std::back_inserter(questions));
    }
    return cli::AskJudges(crew_, exercise_, options_, questions);
  }

  Crew& crew_;
  const spec::Exercise& exercise_;
  const GradingOptions& options_;
  const TakeGrade& take_;
  std::vector<One> all_;
  Solutions solutions_;
  std::vector<About> about_;  // by the number of the job
  size_t runs_ = 0;
  size_t all_runs_ = 0;  // as far as is known
  Outcome<void> taken_;  // why no more is to be handed out
};

}  // namespace

Outcome<void> GradeEach(Crew& crew, const spec::Exercise& exercise,
                        const std::vector<build::Submission>& submissions,
                        const GradingOptions& options, const TakeGrade& take) {
  return Grading(crew, exercise, submissions, options, take).Do();
}

Outcome<std::vector<Outcome<Graded>>> GradeAll(Crew& crew, const spec::Exercise& exercise,
                                               const std::vector<build::Submission>& submissions,
                                               const GradingOptions& options) {
  std::vector<std::optional<Outcome<Graded>>> found(submissions.size());
  TRY(GradeEach(crew, exercise, submissions, options,
                [&](size_t number, Outcome<Graded> graded) -> Outcome<void> {
                  found[number] = std::move(graded);
                  return {};
                }));
  std::vector<Outcome<Graded>> grades;
  for (auto& one : found) grades.push_back(*std::move(one));
  return grades;
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

evaluate::Grade GradeUnbuilt(const spec::Exercise& exercise, const std::string& language,
                             evaluate::Submission submission, evaluate::BuildSummary build,
                             const std::string& isolation) {
  return evaluate::Evaluate(exercise, {}, language, std::move(submission), std::move(build),
                            isolation, graders::BuiltinKinds());
}

fs::path CacheFolder() { return OwnFolder("XDG_CACHE_HOME", ".cache"); }

Exit ExitOf(const evaluate::Grade& grade) {
  if (!grade.points) return Exit::kMachine;
  return grade.passed ? Exit::kPassed : Exit::kBelow;
}

}  // namespace plumbline::cli
