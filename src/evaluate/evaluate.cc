// SPDX-License-Identifier: MIT
#include "evaluate/evaluate.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <ratio>
#include <utility>

#include "base/text.h"
#include "evaluate/clauses.h"
#include "evaluate/explain.h"
#include "evaluate/mishap.h"

namespace plumbline::evaluate {
namespace {

using record::Outcome;
using record::Recording;

const CheckKind* KindNamed(Kinds kinds, const std::string& name) {
  const auto it =
      std::ranges::find_if(kinds, [&](const CheckKind& kind) { return kind.table.name == name; });
  return it == kinds.end() ? nullptr : &*it;
}

// What came of one clause, of several, or of a run: with the kind that decided.
struct Judged {
  std::string kind;
  Judgement judgement = Pass{};
};

// How much a judgement outweighs others: an error makes every verdict unsafe, a failure decides,
// and what was not reached only leaves open.
int Weight(const Judgement& judgement) {
  if (std::holds_alternative<Pass>(judgement)) return 0;
  if (std::holds_alternative<NotReached>(judgement)) return 1;
  return std::holds_alternative<Finding>(judgement) ? 2 : 3;
}

// The first of the heaviest.
void Merge(Judged& all, Judged one) {
  if (Weight(one.judgement) > Weight(all.judgement)) all = std::move(one);
}

Finding FindingOf(const Judgement& judgement) {
  if (const auto* finding = std::get_if<Finding>(&judgement)) return *finding;
  if (const auto* later = std::get_if<NotReached>(&judgement)) {
    return {.code = "not-reached", .what = later->why};
  }
  if (const auto* error = std::get_if<Unjudgeable>(&judgement)) {
    return {.code = "not-judged",
            .what = error->why,
            .next = Msg("Your program is not the reason. Run it again; if it happens again, tell "
                        "your teacher.")};
  }
  return {};
}

Verdict VerdictOf(const Judgement& judgement) {
  static constexpr Verdict kByWeight[] = {Verdict::kPassed, Verdict::kNotReached, Verdict::kFailed,
                                          Verdict::kError};
  return kByWeight[Weight(judgement)];
}

// What several parts of an explanation say is said where it comes first.
void SayOnce(std::vector<Message>& evidence) {
  std::vector<Message> once;
  for (Message& message : evidence) {
    if (std::ranges::find(once, message) == once.end()) once.push_back(std::move(message));
  }
  evidence = std::move(once);
}

// SUBMISSION is for the reader to fill in: a grade does not know where it lies.
std::string ReplayOf(const Recording& run) {
  std::string command = "plumbline check " + run.header.exercise + " SUBMISSION --scenario " +
                        run.header.scenario + " --under " + run.header.perturbation;
  if (run.header.seed != 0) command += " --seed " + std::to_string(run.header.seed);
  return command;
}

class Evaluation {
 public:
  Evaluation(const spec::Exercise& exercise, const Recordings& recordings,
             const std::string& language, bool built, Kinds kinds)
      : exercise_(exercise),
        recordings_(recordings),
        language_(language),
        built_(built),
        kinds_(kinds) {}

  const CheckResult& ResultOf(const spec::Check& check) {
    const auto known = results_.find(check.id);
    if (known != results_.end()) return known->second;
    // A check that needs itself by way of others (the loader refuses it) is not reached.
    results_[check.id] = Blank(check);
    CheckResult result = Judge(check);
    return results_[check.id] = std::move(result);
  }

  // Whatever it needs, and whatever other scenarios say.
  static bool FailsIn(const spec::Exercise& exercise, const spec::Check& check,
                      const Recording& run, const std::string& language, Kinds kinds) {
    const Recordings none;
    Evaluation alone(exercise, none, language, true, kinds);
    return IsLost(alone.InRun(check, run, {&run}).judgement);
  }

  // The runs in which a check was lost, by scenario: the first of each.
  const std::map<std::string, const Recording*>& lost() const { return lost_; }

 private:
  static CheckResult Blank(const spec::Check& check) {
    CheckResult result;
    result.id = check.id;
    result.kind = FirstKind(check);
    result.verdict = Verdict::kNotReached;
    result.max_points = check.points;
    result.gate = check.gate;
    result.bonus = check.bonus;
    result.hidden = check.hidden;
    result.title = check.title;
    result.hints = check.hints;
    result.scenarios = check.scenarios;
    result.snapshot = SnapshotOf(check, result.kind);
    return result;
  }

  CheckResult Judge(const spec::Check& check) {
    CheckResult result = Blank(check);
    Judged judged =
        built_ ? Needed(check) : Judged{"", NotReached{Msg("Your program could not be built.")}};
    if (std::holds_alternative<Pass>(judged.judgement)) judged = InScenarios(check);
    if (!judged.kind.empty()) {
      result.kind = judged.kind;
      result.snapshot = SnapshotOf(check, result.kind);
    }
    result.verdict = VerdictOf(judged.judgement);
    if (result.verdict == Verdict::kPassed) {
      result.points = check.points;
    } else {
      result.findings.push_back(FindingOf(judged.judgement));
    }
    return result;
  }

  // Whether the checks that this one needs have passed.
  Judged Needed(const spec::Check& check) {
    for (const std::string& id : check.needs) {
      const auto needed = std::ranges::find(exercise_.checks, id, &spec::Check::id);
      if (needed == exercise_.checks.end() || !CountsFor(*needed, language_)) continue;
      if (ResultOf(*needed).verdict == Verdict::kPassed) continue;
      return {"", NotReached{Msg("It is looked at only when '{check}' has passed.",
                                 {{"check", Escaped(id)}})}};
    }
    return {};
  }

  Judged InScenarios(const spec::Check& check) {
    std::vector<const Recording*> one_of_each;
    for (const std::string& scenario : check.scenarios) {
      const auto runs = recordings_.find(scenario);
      if (runs != recordings_.end() && !runs->second.empty())
        one_of_each.push_back(&runs->second.front());
    }
    Judged all;
    for (const std::string& scenario : check.scenarios)
      Merge(all, InRuns(check, scenario, one_of_each));
    return all;
  }

  Judged InRuns(const spec::Check& check, const std::string& scenario,
                const std::vector<const Recording*>& one_of_each) {
    const auto runs = recordings_.find(scenario);
    if (runs == recordings_.end() || runs->second.empty()) {
      return {"", Unjudgeable{Msg("There is no recording of the scenario '{scenario}'.",
                                  {{"scenario", Escaped(scenario)}})}};
    }
    Judged all;
    for (const Recording& run : runs->second) {
      Judged one = InRun(check, run, one_of_each);
      if (IsLost(one.judgement)) lost_.try_emplace(scenario, &run);
      if (const auto* finding = std::get_if<Finding>(&one.judgement))
        one.judgement = Placed(*finding, check, Scene(exercise_, run));
      Merge(all, std::move(one));
    }
    return all;
  }

  // A run that did not get that far has not passed.
  static bool IsLost(const Judgement& judged) {
    return std::holds_alternative<Finding>(judged) || std::holds_alternative<NotReached>(judged);
  }

  // A fault is why whatever came of it did; of an order or a small world that is known of a text
  // alone, and not where somebody stands still. Where nobody overtook anybody it is known if a
  // scenario before this one was right.
  static void AddMishap(Finding& finding, const spec::Check& check, const Scene& scene) {
    Mishap mishap = MishapOf(scene);
    std::ranges::move(mishap.evidence, std::back_inserter(finding.evidence));
    if (mishap.next.empty()) return;
    const bool explains = scene.recording().fault || finding.code == "wrong-text";
    if (!explains || WhyItStands(scene)) return;
    const record::Header& header = scene.recording().header;
    if (header.perturbation == "turns" && header.scenario == check.scenarios.front()) return;
    finding.why = std::move(mishap.why);
    finding.next = std::move(mishap.next);
    if (!finding.location) finding.location = std::move(mishap.location);
  }

  // Says in which run, where a check looks at several.
  static Finding Placed(Finding finding, const spec::Check& check, const Scene& scene) {
    const Recording& run = scene.recording();
    AddMishap(finding, check, scene);
    SayOnce(finding.evidence);
    const std::string scenario = Escaped(run.header.scenario);
    if (!run.header.perturbation.empty()) {
      finding.evidence.push_back(
          Msg("This happened in the scenario '{scenario}' when it was perturbed: {replay}",
              {{"scenario", scenario}, {"replay", Escaped(ReplayOf(run))}}));
    } else if (check.scenarios.size() > 1) {
      finding.evidence.push_back(
          Msg("This happened in the scenario '{scenario}'.", {{"scenario", scenario}}));
    }
    return finding;
  }

  Judged InRun(const spec::Check& check, const Recording& run,
               std::vector<const Recording*> one_of_each) {
    if (run.outcome == Outcome::kError) return {"", Unjudgeable{WhyItFailed(run)}};
    if (run.outcome == Outcome::kNotBuilt)
      return {"", NotReached{Msg("Your program could not be built.")}};
    for (const Recording*& other : one_of_each) {
      if (other->header.scenario == run.header.scenario) other = &run;
    }
    const Scene scene(exercise_, run, std::move(one_of_each));
    Judged all;
    for (const spec::Requirement& requirement : check.requirements) {
      const auto* clause = std::get_if<spec::Clause>(&requirement);
      Merge(all, clause != nullptr ? OfClause(*clause, scene)
                                   : OfAny(std::get<spec::AnyOf>(requirement), scene));
    }
    return all;
  }

  static Message WhyItFailed(const Recording& run) {
    if (!run.error) return Msg("The grader could not run this scenario.");
    return Msg("The grader could not run this scenario: {error}.",
               {{"error", Escaped(run.error->ToString(), 1000)}});
  }

  Judged OfClause(const spec::Clause& clause, const Scene& scene) {
    const CheckKind* kind = KindNamed(kinds_, clause.kind);
    if (kind == nullptr) {
      return {clause.kind, Unjudgeable{Msg("This version knows no check kind '{kind}'.",
                                           {{"kind", Escaped(clause.kind)}})}};
    }
    return {clause.kind, kind->judge(scene, clause.params)};
  }

  Judged OfAll(const std::vector<spec::Clause>& clauses, const Scene& scene) {
    Judged all;
    for (const spec::Clause& clause : clauses) Merge(all, OfClause(clause, scene));
    return all;
  }

  // One alternative that holds is enough, whatever is wrong with the others. Else the first of the
  // heaviest speaks, and the others are told as evidence.
  Judged OfAny(const spec::AnyOf& any, const Scene& scene) {
    std::vector<Judged> each;
    for (const auto& alternative : any.alternatives) {
      each.push_back(OfAll(alternative, scene));
      if (std::holds_alternative<Pass>(each.back().judgement)) return {};
    }
    Judged all;
    size_t chosen = 0;
    for (size_t i = 0; i < each.size(); ++i) {
      if (Weight(each[i].judgement) > Weight(all.judgement)) {
        all = each[i];
        chosen = i;
      }
    }
    auto* finding = std::get_if<Finding>(&all.judgement);
    if (finding == nullptr) return all;
    for (size_t i = 0; i < each.size(); ++i) {
      const auto* other = std::get_if<Finding>(&each[i].judgement);
      if (i == chosen || other == nullptr) continue;
      finding->evidence.push_back(
          Msg("Nor was it done the other way that counts: {other}", {{"other", other->what}}));
    }
    return all;
  }

  const spec::Exercise& exercise_;
  const Recordings& recordings_;
  const std::string& language_;
  const bool built_;
  const Kinds kinds_;
  std::map<std::string, CheckResult> results_;
  std::map<std::string, const Recording*> lost_;
};

// --- Scores.

void Score(Grade& grade, const spec::Exercise& exercise) {
  bool gates_passed = true;
  bool error = false;
  int points = 0;
  for (const CheckResult& check : grade.checks) {
    if (!check.bonus) grade.max_points += check.max_points;
    points += check.points;
    error = error || check.verdict == Verdict::kError;
    if (check.gate && check.verdict != Verdict::kPassed) gates_passed = false;
  }
  if (!gates_passed || !grade.build.ok) {
    points = 0;
    for (CheckResult& check : grade.checks) check.points = 0;
  }
  if (error) return;
  grade.points = points;
  const int needed = exercise.passing.value_or((grade.max_points + 1) / 2);
  grade.passed = gates_passed && grade.build.ok && points >= needed;
}

// --- Scenarios.

// Recordings from elsewhere may say more.
Duration Rounded(Duration time) {
  using Tenths = std::chrono::duration<int64_t, std::deci>;
  return std::chrono::round<Tenths>(time);
}

bool IsHidden(const spec::Exercise& exercise, const std::string& scenario) {
  return std::ranges::all_of(exercise.checks, [&](const spec::Check& check) {
    return check.hidden || std::ranges::find(check.scenarios, scenario) == check.scenarios.end();
  });
}

ScenarioResult Summary(const spec::Exercise& exercise, const std::string& name,
                       const std::vector<Recording>& runs, const Recording* lost) {
  ScenarioResult result;
  result.name = name;
  for (const Recording& run : runs) result.runs += run.machine.runs;
  result.losses = runs.front().machine.losses;
  const auto failed = std::ranges::find(runs, Outcome::kError, &Recording::outcome);
  const Recording& shown = failed != runs.end() ? *failed : lost != nullptr ? *lost : runs.front();
  result.outcome = shown.outcome;
  result.status = shown.status;
  result.virtual_time = Rounded(shown.virtual_time);
  result.stuck = shown.stuck;
  result.error = shown.error;
  result.hang = FindingOfHang(Scene(exercise, shown));
  result.hidden = IsHidden(exercise, name);
  for (const Recording& run : runs) {
    result.real_time += run.machine.real_time;
    result.processor_time += run.machine.processor;
    result.peak_memory.count = std::max(result.peak_memory.count, run.machine.peak_memory);
  }
  if (lost != nullptr && !lost->header.perturbation.empty()) {
    result.failed_run = FailedRun{lost->header.perturbation, lost->header.seed, ReplayOf(*lost)};
  }
  return result;
}

std::vector<ScenarioResult> Scenarios(const spec::Exercise& exercise, const Recordings& recordings,
                                      bool built, const std::set<std::string>& used,
                                      const std::map<std::string, const Recording*>& lost) {
  std::vector<ScenarioResult> all;
  for (const std::string& name : exercise.scenario_order) {
    if (!used.contains(name)) continue;
    const auto runs = recordings.find(name);
    if (built && runs != recordings.end() && !runs->second.empty()) {
      const auto run = lost.find(name);
      all.push_back(
          Summary(exercise, name, runs->second, run == lost.end() ? nullptr : run->second));
      continue;
    }
    ScenarioResult& missing = all.emplace_back();
    missing.name = name;
    missing.outcome = built ? Outcome::kError : Outcome::kNotBuilt;
  }
  return all;
}

}  // namespace

std::map<std::string, std::set<record::Facet>> NeedsOf(const spec::Exercise& exercise,
                                                       const std::string& language, Kinds kinds) {
  std::map<std::string, std::set<record::Facet>> all;
  for (const spec::Check& check : exercise.checks) {
    if (!CountsFor(check, language)) continue;
    std::set<record::Facet> needs;
    ForEachClause(check, [&](const spec::Clause& clause) {
      const CheckKind* kind = KindNamed(kinds, clause.kind);
      if (kind != nullptr) needs.merge(kind->needs(clause.params));
    });
    for (const std::string& scenario : check.scenarios) {
      auto& observed = all[scenario];
      observed.insert(needs.begin(), needs.end());
    }
  }
  return all;
}

Grade Evaluate(const spec::Exercise& exercise, const Recordings& recordings,
               const std::string& language, Submission submission, BuildSummary build,
               const std::string& isolation, Kinds kinds) {
  Grade grade;
  grade.exercise = exercise.id;
  grade.exercise_hash = exercise.hash;
  grade.title = exercise.title;
  grade.submission = std::move(submission);
  grade.language = language;
  grade.isolation = isolation;
  grade.build = std::move(build);

  Evaluation evaluation(exercise, recordings, language, grade.build.ok, kinds);
  std::set<std::string> used;
  for (const spec::Check& check : exercise.checks) {
    if (!CountsFor(check, language)) continue;
    grade.checks.push_back(evaluation.ResultOf(check));
    used.insert(check.scenarios.begin(), check.scenarios.end());
  }
  grade.scenarios = Scenarios(exercise, recordings, grade.build.ok, used, evaluation.lost());
  Score(grade, exercise);
  return grade;
}

std::set<std::string> LostIn(const spec::Exercise& exercise, const record::Recording& run,
                             const std::string& language, Kinds kinds) {
  std::set<std::string> lost;
  if (run.outcome == Outcome::kError) return lost;
  for (const spec::Check& check : exercise.checks) {
    const auto& scenarios = check.scenarios;
    if (!CountsFor(check, language)) continue;
    if (std::ranges::find(scenarios, run.header.scenario) == scenarios.end()) continue;
    if (Evaluation::FailsIn(exercise, check, run, language, kinds)) lost.insert(check.id);
  }
  return lost;
}

}  // namespace plumbline::evaluate
