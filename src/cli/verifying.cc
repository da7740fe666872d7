// SPDX-License-Identifier: MIT
#include "cli/verifying.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "cli/candidate.h"
#include "cli/verify_form.h"
#include "cli/verify_mutants.h"
#include "graders/builtin.h"
#include "report/translator.h"
#include "spec/expectation.h"
#include "spec/waivers.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;
using evaluate::CheckResult;
using evaluate::Verdict;
using Fate = TriedMutant::Fate;

// One mutant in so many may be waived.
constexpr size_t kMutantsToAWaiver = 20;

void NoteLosses(const evaluate::Grade& grade, Tried& tried) {
  const report::Translator english("en", {});
  for (const CheckResult& check : grade.checks) {
    if (check.verdict == Verdict::kPassed) continue;
    std::string& code = tried.lost[check.id];
    if (check.findings.empty()) continue;
    code = check.findings.front().code;
    tried.said[check.id] = english.Tell(check.findings.front().what);
  }
}

class Verifying {
 public:
  Verifying(Crew& crew, const fs::path& folder, const spec::Exercise& exercise,
            const VerifyingOptions& options)
      : crew_(crew), folder_(folder), exercise_(exercise), options_(options) {}

  Outcome<void> Do(Verified& verified) {
    verified_ = &verified;
    for (const spec::Check& check : exercise_.checks) verified.checks.push_back(check.id);
    for (const char* kind : {"solutions", "starter", "wrong"}) ReadPrograms(kind);
    options_.progress(exercise_.id + ": its programs");
    TRY(GradePrograms());
    if (options_.mutants) TRY(TryMutants());
    return {};
  }

 private:
  struct Program {
    std::string kind;
    std::string name;
    build::Submission submission;
    evaluate::Recordings seen;  // of a solution that earns everything
    std::string where() const { return kind + "/" + name; }
  };

  void Miss(std::string where, std::string what) {
    verified_->shortfalls.push_back({std::move(where), std::move(what)});
  }

  void ReadPrograms(const std::string& kind) {
    for (const fs::path& path : spec::ProgramsIn(folder_, kind)) {
      const std::string name = path.filename();
      auto submission = build::ReadSubmission(path);
      if (!submission) {
        Miss(kind + "/" + name, submission.error().message);
        continue;
      }
      // What it must lose is the teacher's and no part of it.
      std::erase_if(submission->files,
                    [](const build::SourceFile& file) { return file.path == "expect.yaml"; });
      programs_.push_back({kind, name, *std::move(submission), {}});
    }
  }

  Outcome<void> GradePrograms() {
    std::vector<build::Submission> submissions;
    for (const Program& program : programs_) submissions.push_back(program.submission);
    TRY_ASSIGN(std::vector<Outcome<Graded>> grades,
               GradeAll(crew_, exercise_, submissions, options_.grading));
    for (size_t i = 0; i < programs_.size(); ++i) {
      Program& program = programs_[i];
      if (!grades[i]) {
        if (grades[i].error().status == static_cast<int>(Exit::kMachine))
          return std::unexpected(grades[i].error());
        Miss(program.where(), grades[i].error().text);
        continue;
      }
      TRY(LookAt(program, *grades[i]));
    }
    return {};
  }

  Outcome<void> LookAt(Program& program, Graded& graded) {
    const evaluate::Grade& grade = graded.grade;
    for (const auto& scenario : grade.scenarios)
      verified_->runs += static_cast<size_t>(scenario.runs);
    Tried tried{.kind = program.kind,
                .name = program.name,
                .language = grade.language,
                .points = grade.points.value_or(0),
                .max_points = grade.max_points};
    NoteLosses(grade, tried);
    if (!grade.points) {
      for (const auto& scenario : grade.scenarios) {
        if (scenario.error) return std::unexpected(Stop(*scenario.error));
      }
      Miss(program.where(), "could not be judged");
    }
    if (!grade.build.ok) {
      Miss(program.where(), "does not build: plumbline check shows why");
    } else if (program.kind == "solutions") {
      LookAtSolution(program, tried);
      if (tried.lost.empty()) program.seen = std::move(graded.recordings);
    } else if (program.kind == "starter") {
      LookAtStarter(program, grade);
    } else {
      LookAtWrong(program, tried);
    }
    verified_->programs.push_back(std::move(tried));
    return {};
  }

  void LookAtSolution(const Program& program, const Tried& tried) {
    for (const auto& [check, finding] : tried.lost)
      Miss(program.where(), "is right and loses " + check +
                                (finding.empty() ? "" : ": " + finding) + Quoted(tried, check));
  }

  void LookAtStarter(const Program& program, const evaluate::Grade& grade) {
    for (const CheckResult& check : grade.checks) {
      if (check.gate && check.verdict == Verdict::kPassed)
        Miss(program.where(), "earns the gate " + check.id + " with nothing done");
    }
    if (grade.passed) Miss(program.where(), "passes with nothing done");
  }

  void LookAtWrong(const Program& program, const Tried& tried) {
    const auto expected = spec::LoadExpectation(folder_ / program.where() / "expect.yaml",
                                                exercise_, graders::KindTables());
    if (!expected.ok()) return;  // told with the form
    const auto& loses = expected.expectation.loses;
    for (const std::string& check : loses) {
      if (!tried.lost.contains(check))
        Miss(program.where(), "does not lose " + check + ", as expect.yaml says");
    }
    for (const auto& [check, finding] : tried.lost) {
      if (std::ranges::find(loses, check) == loses.end())
        Miss(program.where(), "loses " + check + (finding.empty() ? "" : " (" + finding + ")") +
                                  ", which expect.yaml does not say" + Quoted(tried, check));
    }
    for (const auto& [check, finding] : expected.expectation.finding) {
      const auto lost = tried.lost.find(check);
      if (lost != tried.lost.end() && lost->second != finding)
        Miss(program.where(),
             "loses " + check + " by " + lost->second + ", and expect.yaml says " + finding);
    }
  }

  // --- Mutants.

  Outcome<void> TryMutants() {
    for (const Program& program : programs_) {
      if (program.kind == "solutions" && !program.seen.empty()) TRY(TryMutantsOf(program));
    }
    Waive();
    for (const TriedMutant& mutant : verified_->mutants) {
      if (mutant.fate == Fate::kSurvived)
        Miss("solutions/" + mutant.solution,
             "nobody notices when " + mutant.told + " (" + mutant.text + ")");
    }
    return {};
  }

  Outcome<void> TryMutantsOf(const Program& program) {
    Candidate candidate(exercise_, program.submission, options_.grading);
    TRY(candidate.Begin());
    TRY_ASSIGN(const Solutions solutions,
               BuildSolutions(crew_, exercise_, candidate.SolutionsNeeded(), options_.grading));
    std::vector<Job> build{candidate.BuildJob()};
    auto answers = crew_.Do(std::move(build));
    if (!answers) return std::unexpected(Stop::By(answers.error().signal));
    TRY(candidate.TakeBuild(std::move(answers->front())));
    candidate.Plans(solutions);
    candidate.recordings() = program.seen;
    TRY_ASSIGN(
        Hunt hunt,
        HuntMutants(crew_, candidate, program.name, program.seen, [&](size_t done, size_t all) {
          options_.progress(exercise_.id + ": mutants of " + program.where() + " " +
                            std::to_string(done) + "/" + std::to_string(all));
        }));
    verified_->runs += hunt.runs;
    std::ranges::move(hunt.mutants, std::back_inserter(verified_->mutants));
    return {};
  }

  // Of runs that are not the same each time it depends on chance whether a mutant that nobody
  // notices comes out equal: it is waived in either case.
  static bool IsUnnoticed(const TriedMutant& mutant) {
    return mutant.fate == Fate::kSurvived || mutant.fate == Fate::kEquivalent;
  }

  void Waive() {
    const auto loaded = spec::LoadWaivers(folder_ / "mutants.yaml");
    size_t waived = 0;
    for (const spec::Waiver& waiver : loaded.waivers) {
      const auto mutant = std::ranges::find_if(verified_->mutants, [&](const TriedMutant& one) {
        return one.solution == waiver.solution && one.text == waiver.mutant && IsUnnoticed(one);
      });
      if (mutant == verified_->mutants.end()) {
        Miss("mutants.yaml:" + std::to_string(waiver.mark.line),
             "no such mutant survived: " + waiver.mutant + " of solutions/" + waiver.solution);
        continue;
      }
      mutant->fate = Fate::kWaived;
      mutant->reason = waiver.reason;
      ++waived;
    }
    const size_t noticeable = verified_->mutants.size() - verified_->Count(Fate::kEquivalent);
    if (waived * kMutantsToAWaiver > noticeable)
      Miss("mutants.yaml", "waives " + std::to_string(waived) + " of " +
                               std::to_string(noticeable) + " mutants; one in twenty may be");
  }

  Crew& crew_;
  const fs::path& folder_;
  const spec::Exercise& exercise_;
  const VerifyingOptions& options_;
  std::vector<Program> programs_;
  Verified* verified_ = nullptr;
};

}  // namespace

Outcome<Verified> Verify(Crew& crew, const fs::path& folder, const spec::LoadResult& loaded,
                         const VerifyingOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  Verified verified{.exercise = loaded.ok() ? loaded.exercise.id : folder.filename().string(),
                    .shortfalls = FormOf(folder, loaded)};
  if (loaded.ok()) TRY(Verifying(crew, folder, loaded.exercise, options).Do(verified));
  verified.took = std::chrono::steady_clock::now() - begin;
  return verified;
}

}  // namespace plumbline::cli
