// SPDX-License-Identifier: MIT
#include "cli/perturbing.h"

#include <algorithm>
#include <iterator>
#include <list>
#include <optional>
#include <utility>

#include "base/hash.h"
#include "cli/runs.h"

namespace plumbline::cli {
namespace {

using record::Recording;
using scenario::Exploration;
using scenario::Perturbed;

// Runs that are given out together.
constexpr size_t kWave = 16;
// A signal's moments may cost so many times what all that is chosen by a budget may.
constexpr uint64_t kMostOfMoments = 4;
// Runs that are spent on making a failed one simpler.
constexpr size_t kMostSimpler = 48;

// One scenario under one perturbation.
struct Campaign {
  const ToPerturb* scenario = nullptr;
  Exploration exploration;
  uint64_t calls = 0;  // of one run, as far as is known before
  uint64_t share = 0;  // of all that may be made
  uint64_t spent = 0;
  size_t done = 0;  // runs
};

// A run that was given out, and for whom.
struct Given {
  Campaign* campaign = nullptr;
  Perturbed run;
};

// What happened in a run, whatever was decided for it to happen.
std::string BehaviourOf(const Recording& run) {
  Recording plain = run;
  plain.header.perturbation.clear();
  plain.header.seed = 0;
  plain.choices.clear();
  plain.sites.clear();
  plain.overtakings.clear();
  plain.fault.reset();
  return Hasher().Add(record::CanonicalJson(plain)).Finish();
}

class Perturbing {
 public:
  Perturbing(Crew& crew, const std::vector<ToPerturb>& scenarios, const PerturbingOptions& options,
             std::map<std::string, std::vector<Recording>>& recordings)
      : crew_(crew), options_(options), recordings_(recordings) {
    for (const ToPerturb& scenario : scenarios) {
      const Recording& base = recordings.at(scenario.scenario).front();
      lost_[scenario.scenario] = LostIn(base);
      if (base.outcome == record::Outcome::kError) continue;
      for (const spec::Perturbation& under : scenario.under) {
        campaigns_.push_back({.scenario = &scenario,
                              .exploration = Exploration(under),
                              .calls = base.machine.calls});
        campaigns_.back().exploration.Begin(base);
      }
    }
    Limit();
  }

  Outcome<void> Do() {
    while (true) {
      const std::vector<Given> wave = NextWave();
      if (wave.empty()) return {};
      TRY_ASSIGN(std::vector<Recording> runs, RunAll(wave));
      for (size_t i = 0; i < wave.size(); ++i) {
        wave[i].campaign->exploration.Take(wave[i].run, runs[i]);
        Spend(*wave[i].campaign, runs[i]);
        TRY(Look(wave[i], std::move(runs[i])));
      }
      options_.progress(done_, std::max(done_, most_));
    }
  }

 private:
  static uint64_t CostOf(const Campaign& campaign) {
    return campaign.exploration.Expected() * campaign.calls;
  }

  // Each gets the same part of the calls that all may make, and what others need less.
  void Limit() {
    std::vector<Campaign*> cheapest_first;
    for (Campaign& campaign : campaigns_) cheapest_first.push_back(&campaign);
    std::ranges::stable_sort(cheapest_first, {},
                             [](const Campaign* campaign) { return CostOf(*campaign); });
    uint64_t left = options_.most_calls;
    for (size_t i = 0; i < cheapest_first.size(); ++i) {
      Campaign& campaign = *cheapest_first[i];
      campaign.share = left / (cheapest_first.size() - i);
      if (CostOf(campaign) > campaign.share) {
        campaign.exploration.Limit(
            std::max<size_t>(campaign.share / campaign.calls, kLeastPerturbedRuns));
      }
      left -= std::min(CostOf(campaign), left);
      most_ += campaign.exploration.Expected();
    }
  }

  // Runs may cost more than the first one: where instructions are looked at one by one, ten times
  // as much and more.
  static bool IsDear(const Campaign& campaign) {
    return campaign.spent > 2 * campaign.calls * campaign.done;
  }

  static void Spend(Campaign& campaign, const Recording& run) {
    ++campaign.done;
    campaign.spent += run.machine.calls;
    const uint64_t of_one = campaign.spent / campaign.done;
    const bool is_spent = campaign.spent + of_one > campaign.share;
    if (campaign.done >= kLeastPerturbedRuns && IsDear(campaign) && is_spent)
      campaign.exploration.Limit(0);
    // A program that spins makes a thousand calls at each of a signal's moments.
    if (campaign.spent > kMostOfMoments * campaign.share) campaign.exploration.Stop();
  }

  static size_t AffordableBy(const Campaign& campaign) {
    if (!IsDear(campaign)) return kWave;
    const uint64_t left = campaign.share - std::min(campaign.spent, campaign.share);
    const size_t least = kLeastPerturbedRuns - std::min(campaign.done, kLeastPerturbedRuns);
    return std::max<size_t>({1, least, left / (campaign.spent / campaign.done)});
  }

  // A little of each, so that what is found soon is found soon.
  std::vector<Given> NextWave() {
    std::vector<Given> wave;
    std::erase_if(campaigns_, [this](const Campaign& campaign) { return !HasToLose(campaign); });
    for (Campaign& campaign : campaigns_) {
      const size_t share = std::max<size_t>(1, kWave / campaigns_.size());
      for (Perturbed& run : campaign.exploration.Next(std::min(share, AffordableBy(campaign))))
        wave.push_back({&campaign, std::move(run)});
    }
    return wave;
  }

  bool HasToLose(const Campaign& campaign) const {
    if (options_.keep_going) return true;
    const std::string& scenario = campaign.scenario->scenario;
    const auto& lost = lost_.at(scenario);
    return std::ranges::any_of(options_.checks(scenario),
                               [&](const std::string& check) { return !lost.contains(check); });
  }

  static PlannedRun PlannedFor(const Given& given) {
    scenario::Plan plan = given.campaign->scenario->plan;
    plan.perturbation = record::ToString(given.run.perturbation);
    plan.seed = given.run.seed;
    return {"scenario " + given.campaign->scenario->scenario, std::move(plan)};
  }

  Outcome<std::vector<Recording>> RunAll(const std::vector<Given>& wave) {
    std::vector<PlannedRun> runs;
    runs.reserve(wave.size());
    std::ranges::transform(wave, std::back_inserter(runs), PlannedFor);
    done_ += wave.size();
    return RunPlans(crew_, std::move(runs));
  }

  static bool MissedItsFault(const Recording& run) {
    return run.error && run.error->code == record::kFaultMissed;
  }

  Outcome<void> Look(const Given& given, Recording run) {
    std::vector<Recording>& all = recordings_.at(given.campaign->scenario->scenario);
    std::set<std::string>& lost = lost_.at(given.campaign->scenario->scenario);
    std::set<std::string> news = NewsIn(run, lost);
    if (options_.keep_going) Count(run, all.front());
    // A fault that was missed: the program does not do the same in each run, so that nothing can be
    // said of this site.
    const bool says_nothing = news.empty() && run.outcome != record::Outcome::kError;
    if (MissedItsFault(run) || says_nothing) {
      ++all.front().machine.runs;
      return {};
    }
    if (!news.empty()) {
      TRY_ASSIGN(run, MadeSimple(given, std::move(run), news));
      news = NewsIn(run, lost);
    }
    lost.merge(news);
    all.push_back(std::move(run));
    return {};
  }

  void Count(const Recording& run, Recording& first) {
    for (const std::string& check : LostIn(run)) ++first.machine.losses[check];
  }

  // Judged once of all that are the same but for how they came about.
  const std::set<std::string>& LostIn(const Recording& run) {
    const auto [known, fresh] = judged_.try_emplace(BehaviourOf(run));
    if (fresh) known->second = options_.lost(run);
    return known->second;
  }

  std::set<std::string> NewsIn(const Recording& run, const std::set<std::string>& known) {
    std::set<std::string> news;
    std::ranges::set_difference(LostIn(run), known, std::inserter(news, news.end()));
    return news;
  }

  // The run with as few choices as still lose all that it lost: with none less, if the budget
  // lasts.
  Outcome<Recording> MadeSimple(const Given& given, Recording run,
                                const std::set<std::string>& news) {
    size_t budget = kMostSimpler;
    Perturbed now = scenario::Explicit(run);
    size_t parts = std::min<size_t>(2, now.perturbation.choices.size());
    while (now.perturbation.choices.size() > 1 && budget > 0) {
      std::vector<Given> wave;
      for (Perturbed& simpler : scenario::Simpler(now, parts)) {
        if (wave.size() == budget) break;
        wave.push_back({given.campaign, std::move(simpler)});
      }
      budget -= wave.size();
      TRY_ASSIGN(std::vector<Recording> runs, RunAll(wave));
      const auto loses_all = [&](const Recording& simpler) {
        return std::ranges::includes(LostIn(simpler), news);
      };
      const auto better = std::ranges::find_if(runs, loses_all);
      if (better == runs.end()) {
        if (parts == now.perturbation.choices.size()) break;
        parts = std::min(2 * parts, now.perturbation.choices.size());
        continue;
      }
      run = std::move(*better);
      // What chooses as before by default has become shorter by itself.
      now = scenario::Explicit(run);
      parts =
          std::clamp<size_t>(parts - 1, 2, std::max<size_t>(2, now.perturbation.choices.size()));
    }
    return run;
  }

  Crew& crew_;
  const PerturbingOptions& options_;
  std::map<std::string, std::vector<Recording>>& recordings_;
  std::list<Campaign> campaigns_;                        // runs given out point at them
  std::map<std::string, std::set<std::string>> lost_;    // by scenario
  std::map<std::string, std::set<std::string>> judged_;  // by what happened in a run
  size_t done_ = 0;
  size_t most_ = 0;
};

}  // namespace

bool IsTooDearToPerturb(const Recording& in_turns) {
  return in_turns.machine.calls > kMostCallsInTurns ||
         in_turns.outcome == record::Outcome::kProcessorLimit;
}

Outcome<void> RunPerturbed(Crew& crew, const std::vector<ToPerturb>& scenarios,
                           const PerturbingOptions& options,
                           std::map<std::string, std::vector<Recording>>& recordings) {
  return Perturbing(crew, scenarios, options, recordings).Do();
}

}  // namespace plumbline::cli
