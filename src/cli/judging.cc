// SPDX-License-Identifier: MIT
#include "cli/judging.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/file_name.h"
#include "evaluate/clauses.h"
#include "evaluate/external_judge.h"

namespace plumbline::cli {
namespace {

constexpr char kKind[] = "external";
constexpr char kName[] = "judge";
constexpr size_t kMostSaid = 64 * 1024;  // bytes of a judgement

// The judges that look at a scenario.
std::set<std::string> JudgesOf(const spec::Exercise& exercise, const std::string& scenario,
                               const std::string& language) {
  std::set<std::string> programs;
  for (const spec::Check& check : exercise.checks) {
    const auto& scenarios = check.scenarios;
    if (!evaluate::CountsFor(check, language)) continue;
    if (std::ranges::find(scenarios, scenario) == scenarios.end()) continue;
    evaluate::ForEachClause(check, [&](const spec::Clause& clause) {
      if (clause.kind == kKind) programs.insert(clause.params.Get<std::string>("program"));
    });
  }
  return programs;
}

scenario::Plan PlanFor(const spec::Exercise& exercise, const GradingOptions& options,
                       const Question& question) {
  const std::string& content = exercise.judges.at(question.program);
  const std::string file(FileName(question.program));
  const spec::Who judge{.base = spec::Who::Base::kSubmission, .word = "submission", .text = kName};
  spec::Scenario scenario;
  scenario.name = kName;
  scenario.input = {
      .kind = spec::Input::Kind::kText,
      .text = {{{.kind = spec::TextPiece::Kind::kRaw, .text = record::ToJson(*question.about)}}}};
  scenario.steps = {{spec::AwaitExit{{judge}, std::nullopt}, "await: exit", {}}};
  return {.exercise = exercise.id,
          .exercise_hash = exercise.hash,
          .artifact_hash = evaluate::JudgeKey(content),
          .language = question.about->header.language,
          .version = question.about->header.version,
          .scenario = std::move(scenario),
          .limits = {},
          .observe = {},
          .programs = {{kName,
                        {.files = {{.path = file, .content = content, .executable = true}},
                         .command = {"/program/" + file}}}},
          .solutions = {},
          .main_program = kName,
          .rung = options.rung,
          .hidden_paths = HiddenPaths(exercise, options),
          .locations = false};
}

const std::string* StreamOf(const record::Recording& run, const char* name) {
  const auto stream = run.streams.find(name);
  return stream == run.streams.end() ? nullptr : &stream->second.bytes;
}

// How it ended, and the last line that it complained with.
std::string HowItEnded(const record::Recording& run) {
  std::string text;
  if (run.outcome == record::Outcome::kExited)
    text = "it ended with status " + std::to_string(run.status);
  else if (run.outcome == record::Outcome::kSignalled)
    text = "signal " + std::to_string(run.status) + " ended it";
  else
    text = "it did not end (" + std::string(record::ToString(run.outcome)) + ")";
  const std::string* said = StreamOf(run, "submission.stderr");
  if (said == nullptr) return text;
  const size_t end = said->find_last_not_of('\n');
  if (end == std::string::npos) return text;
  const size_t line = said->rfind('\n', end);
  const size_t begin = line == std::string::npos ? 0 : line + 1;
  return text + ": " + said->substr(begin, end + 1 - begin);
}

std::string JudgementIn(const record::Recording& run) {
  if (run.error) return evaluate::NoJudgement(run.error->message);
  const bool ended = run.outcome == record::Outcome::kExited && run.status == 0;
  if (!ended) return evaluate::NoJudgement(HowItEnded(run));
  const std::string* said = StreamOf(run, "submission.stdout");
  if (said == nullptr || said->empty()) return evaluate::NoJudgement("it printed nothing");
  if (said->size() > kMostSaid)
    return evaluate::NoJudgement("it printed more than " + std::to_string(kMostSaid) + " bytes");
  return *said;
}

}  // namespace

std::vector<Question> QuestionsAbout(const spec::Exercise& exercise, record::Recording& run) {
  std::vector<Question> questions;
  const record::Header& header = run.header;
  if (exercise.judges.empty() || run.outcome == record::Outcome::kError) return questions;
  for (const std::string& program : JudgesOf(exercise, header.scenario, header.language)) {
    if (!run.judgements.contains(evaluate::JudgeKey(exercise.judges.at(program))))
      questions.push_back({&run, program});
  }
  return questions;
}

std::vector<Question> QuestionsAbout(const spec::Exercise& exercise,
                                     evaluate::Recordings& recordings) {
  std::vector<Question> questions;
  for (auto& [scenario, runs] : recordings) {
    for (record::Recording& run : runs)
      std::ranges::move(QuestionsAbout(exercise, run), std::back_inserter(questions));
  }
  return questions;
}

Outcome<void> AskJudges(Crew& crew, const spec::Exercise& exercise, const GradingOptions& options,
                        const std::vector<Question>& questions) {
  if (questions.empty()) return {};
  std::vector<PlannedRun> runs;
  for (const Question& question : questions)
    runs.push_back({"judge " + question.program, PlanFor(exercise, options, question)});
  TRY_ASSIGN(const std::vector<record::Recording> answers, RunPlans(crew, std::move(runs)));
  for (size_t i = 0; i < questions.size(); ++i) {
    const std::string key = evaluate::JudgeKey(exercise.judges.at(questions[i].program));
    questions[i].about->judgements[key] = JudgementIn(answers[i]);
  }
  return {};
}

}  // namespace plumbline::cli
