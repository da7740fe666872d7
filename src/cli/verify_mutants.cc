// SPDX-License-Identifier: MIT
#include "cli/verify_mutants.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "cli/judging.h"
#include "cli/seen.h"
#include "record/mutation.h"
#include "scenario/mutants.h"

namespace plumbline::cli {
namespace {

using Fate = TriedMutant::Fate;
using record::Mutation;
using record::Recording;

// Mutants that are run together, each in the scenario that is its next.
constexpr size_t kWave = 32;
// A mutant that goes in circles has shown by then that it does.
constexpr std::chrono::seconds kProcessorTime(2);
// Of a scenario that leaves it open: a date in an output or in the name of a file shall not make
// two runs differ.
constexpr const char* kDate = "2030-01-01T00:00:00Z";
// Of a solution, before it is said that a mutant of it differs: so many times so many side by side,
// as mutants are run, for who is first depends on who else runs.
constexpr int kMoreWaves = 8;
constexpr size_t kMoreRuns = 8;

std::string HashOf(const std::string& text) { return Hasher().Add(text).Finish(); }

// What can be seen of a run, which may be much: its hash.
struct Sight {
  std::string exact;
  std::string loose;
  auto operator<=>(const Sight&) const = default;

  static Sight Of(const Recording& recording) {
    return {HashOf(SeenOf(recording)), HashOf(SeenLoosely(recording))};
  }
};

// Of a scenario's runs of the solution as it is.
class Sights {
 public:
  void Add(const Recording& recording) { all_.insert(Sight::Of(recording)); }

  // Where runs have been seen to differ in nothing but who was first, others may do so too.
  bool Include(const Sight& sight) const {
    int like_it = 0;
    for (const Sight& one : all_) {
      if (one.exact == sight.exact) return true;
      like_it += one.loose == sight.loose ? 1 : 0;
    }
    return like_it > 1;
  }

 private:
  std::set<Sight> all_;
};

struct Mutant {
  Mutation mutation;
  std::vector<std::string> scenarios;  // that come by there, plain ones first
  size_t next = 0;
  std::optional<Fate> fate;
  std::map<std::string, Sight> unlike;  // by scenario: what could have been noticed there
  std::set<std::string> lost;
  std::string scenario;
};

class Hunter {
 public:
  Hunter(Crew& crew, Candidate& solution, const evaluate::Recordings& seen)
      : crew_(crew), solution_(solution) {
    for (const auto& [scenario, runs] : seen) AddSeen(scenario, runs.front());
  }

  Outcome<void> Survey() {
    std::vector<PlannedRun> runs;
    for (const std::string& name : solution_.scenarios()) runs.push_back(Mutated(name, "survey"));
    TRY_ASSIGN(const std::vector<Recording> recordings, Run(std::move(runs)));
    for (const Recording& recording : recordings) {
      AddSeen(recording.header.scenario, recording);
      for (const record::Site& site : recording.sites) {
        for (const std::string& text : site.faults) AddMutant(text, recording.header.scenario);
      }
    }
    return {};
  }

  Outcome<void> Decide(const std::function<void(size_t, size_t)>& progress) {
    while (true) {
      const std::vector<Mutant*> wave = NextWave();
      if (wave.empty()) return {};
      std::vector<PlannedRun> runs;
      for (Mutant* mutant : wave)
        runs.push_back(Mutated(mutant->scenarios[mutant->next], ToString(mutant->mutation)));
      TRY_ASSIGN(std::vector<Recording> recordings, Run(std::move(runs)));
      TRY(AskJudgesAbout(recordings));
      for (size_t i = 0; i < wave.size(); ++i) TRY(Look(*wave[i], std::move(recordings[i])));
      progress(static_cast<size_t>(std::ranges::count_if(
                   mutants_, [](const auto& one) { return one.second.fate.has_value(); })),
               mutants_.size());
    }
  }

  Hunt Result(const std::string& name) const {
    Hunt hunt{.runs = runs_};
    for (const auto& [place, mutant] : mutants_)
      hunt.mutants.push_back({.solution = name,
                              .text = ToString(mutant.mutation),
                              .told = scenario::Describe(mutant.mutation),
                              .fate = *mutant.fate,
                              .lost = mutant.lost,
                              .scenario = mutant.scenario});
    return hunt;
  }

 private:
  // By where it is in the source.
  using Place = std::tuple<std::string, int, std::string, std::string, std::string>;
  static Place PlaceOf(const Mutation& mutation) {
    return {mutation.file, mutation.line, mutation.call, mutation.how, mutation.which};
  }

  void AddSeen(const std::string& scenario, const Recording& recording) {
    seen_[scenario].Add(recording);
  }

  bool IsPerturbed(const std::string& scenario) const {
    return !solution_.PerturbationOf(scenario).empty();
  }

  void AddMutant(const std::string& text, const std::string& scenario) {
    const auto mutation = record::ParseMutation(text);
    if (!mutation) return;
    Mutant& mutant = mutants_[PlaceOf(*mutation)];
    mutant.mutation = *mutation;
    mutant.scenarios.push_back(scenario);
    std::ranges::stable_sort(mutant.scenarios, {},
                             [this](const std::string& one) { return IsPerturbed(one); });
  }

  std::vector<Mutant*> NextWave() {
    std::vector<Mutant*> wave;
    for (auto& [place, mutant] : mutants_) {
      if (!mutant.fate && wave.size() < kWave) wave.push_back(&mutant);
    }
    return wave;
  }

  PlannedRun Mutated(const std::string& scenario, std::string mutation) const {
    scenario::Plan plan = solution_.PlanFor(scenario);
    plan.mutation = std::move(mutation);
    if (plan.scenario.clock.empty()) plan.scenario.clock = kDate;
    plan.limits.cpu = std::min<Duration>(plan.limits.cpu, kProcessorTime);
    return {"scenario " + scenario + ", " + plan.mutation, std::move(plan)};
  }

  Outcome<std::vector<Recording>> Run(std::vector<PlannedRun> runs) {
    runs_ += runs.size();
    TRY_ASSIGN(std::vector<Recording> recordings, RunPlans(crew_, std::move(runs)));
    for (const Recording& recording : recordings) {
      if (recording.error) return std::unexpected(Stop(*recording.error));
    }
    return recordings;
  }

  Outcome<void> AskJudgesAbout(std::vector<Recording>& recordings) {
    std::vector<Question> questions;
    for (Recording& recording : recordings)
      std::ranges::move(QuestionsAbout(solution_.exercise(), recording),
                        std::back_inserter(questions));
    return AskJudges(crew_, solution_.exercise(), solution_.options(), questions);
  }

  Outcome<void> Look(Mutant& mutant, Recording recording) {
    const std::string scenario = mutant.scenarios[mutant.next];
    if (Sight sight = Sight::Of(recording); !seen_[scenario].Include(sight))
      mutant.unlike[scenario] = std::move(sight);
    std::set<std::string> lost = solution_.LostIn(recording);
    if (lost.empty() && IsPerturbed(scenario)) {
      TRY_ASSIGN(lost, LostUnderPerturbation(mutant, scenario, std::move(recording)));
    }
    if (!lost.empty()) {
      mutant.fate = Fate::kKilled;
      mutant.lost = std::move(lost);
      mutant.scenario = scenario;
    } else if (++mutant.next == mutant.scenarios.size()) {
      TRY_ASSIGN(const bool by_chance, ComesByChance(mutant));
      mutant.fate = by_chance ? Fate::kEquivalent : Fate::kSurvived;
    }
    return {};
  }

  // Whether the solution, as it is, can look so too: where its runs are not the same each time, the
  // few that were seen are not all there are.
  Outcome<bool> ComesByChance(Mutant& mutant) {
    for (const auto& [scenario, sight] : mutant.unlike) {
      for (int i = 0; i < kMoreWaves && !seen_[scenario].Include(sight); ++i) {
        const std::vector<PlannedRun> wave(kMoreRuns, Mutated(scenario, "survey"));
        TRY_ASSIGN(const std::vector<Recording> again, Run(wave));
        for (const Recording& recording : again) AddSeen(scenario, recording);
      }
      if (!seen_[scenario].Include(sight)) return false;
    }
    return true;
  }

  // `first`: its run in turns.
  Outcome<std::set<std::string>> LostUnderPerturbation(const Mutant& mutant,
                                                       const std::string& scenario,
                                                       Recording first) {
    std::vector<ToPerturb> all = solution_.Perturbed();
    // Its share of what all of them may cost together.
    const uint64_t most_calls = kMostPerturbedCalls / std::max<size_t>(all.size(), 1);
    std::erase_if(all, [&](const ToPerturb& one) { return one.scenario != scenario; });
    for (ToPerturb& one : all) one.plan = Mutated(scenario, ToString(mutant.mutation)).plan;
    evaluate::Recordings recordings;
    recordings[scenario].push_back(std::move(first));
    const PerturbingOptions options{
        .lost = [&](const Recording& run) { return solution_.LostIn(run); },
        .checks = [&](const std::string& of) { return solution_.ChecksOf(of); },
        .most_calls = most_calls};
    TRY(RunPerturbed(crew_, all, options, recordings));
    std::set<std::string> lost;
    for (const Recording& run : recordings[scenario]) {
      runs_ += static_cast<size_t>(run.machine.runs);
      lost.merge(solution_.LostIn(run));
    }
    return lost;
  }

  Crew& crew_;
  Candidate& solution_;
  std::map<std::string, Sights> seen_;  // by scenario, of the solution as it is
  std::map<Place, Mutant> mutants_;
  size_t runs_ = 0;
};

}  // namespace

Outcome<Hunt> HuntMutants(Crew& crew, Candidate& solution, const std::string& name,
                          const evaluate::Recordings& seen,
                          const std::function<void(size_t done, size_t all)>& progress) {
  Hunter hunter(crew, solution, seen);
  TRY(hunter.Survey());
  TRY(hunter.Decide(progress));
  return hunter.Result(name);
}

}  // namespace plumbline::cli
