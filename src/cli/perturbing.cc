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

// A run that loses something, on its way to one with as few choices as still lose all of that: with
// none less, if the budget lasts.
class Simplifying {
 public:
  Simplifying(const Given& given, Recording run, std::set<std::string> news)
      : given_(given),
        run_(std::move(run)),
        news_(std::move(news)),
        now_(scenario::Explicit(run_)),
        parts_(std::min<size_t>(2, now_.perturbation.choices.size())) {}

  // To be tried next; none: it is as simple as it gets.
  std::vector<Given> Next() {
    std::vector<Given> wave;
    if (is_done_ || now_.perturbation.choices.size() <= 1) return wave;
    for (Perturbed& simpler : scenario::Simpler(now_, parts_)) {
      if (wave.size() == budget_) break;
      wave.push_back({given_.campaign, std::move(simpler)});
    }
    budget_ -= wave.size();
    return wave;
  }

  // `loses_all`: what is among the checks that a run loses.
  void Take(std::vector<Recording> runs,
            const std::function<bool(const Recording&, const std::set<std::string>&)>& loses_all) {
    const auto better = std::ranges::find_if(
        runs, [&](const Recording& simpler) { return loses_all(simpler, news_); });
    const size_t choices = now_.perturbation.choices.size();
    if (better == runs.end()) {
      is_done_ = parts_ == choices;
      parts_ = std::min(2 * parts_, choices);
      return;
    }
    run_ = std::move(*better);
    // What chooses as before by default has become shorter by itself.
    now_ = scenario::Explicit(run_);
    parts_ =
        std::clamp<size_t>(parts_ - 1, 2, std::max<size_t>(2, now_.perturbation.choices.size()));
  }

  const Given& given() const { return given_; }
  Recording Result() && { return std::move(run_); }

 private:
  Given given_;
  Recording run_;
  std::set<std::string> news_;
  Perturbed now_;
  size_t parts_;
  size_t budget_ = kMostSimpler;
  bool is_done_ = false;
};

}  // namespace

class Perturbing::Impl {
 public:
  Impl(std::vector<ToPerturb> scenarios, PerturbingOptions options,
       std::map<std::string, std::vector<Recording>>& recordings)
      : options_(std::move(options)), scenarios_(std::move(scenarios)), recordings_(recordings) {
    for (const ToPerturb& scenario : scenarios_) {
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

  std::vector<PlannedRun> Next() {
    while (true) {
      if (simplifying_) {
        const std::vector<Given> wave = simplifying_->Next();
        if (!wave.empty()) return Planned(wave);
        AddSimplified();
      }
      while (looked_ < runs_.size() && !simplifying_) {
        const size_t i = looked_++;
        wave_[i].campaign->exploration.Take(wave_[i].run, runs_[i]);
        Spend(*wave_[i].campaign, runs_[i]);
        Look(wave_[i], std::move(runs_[i]));
      }
      if (simplifying_) continue;
      if (!runs_.empty()) options_.progress(done_, std::max(done_, most_));
      runs_.clear();
      wave_ = NextWave();
      return Planned(wave_);
    }
  }

  void Take(std::vector<Recording> runs) {
    if (simplifying_) {
      simplifying_->Take(std::move(runs),
                         [this](const Recording& run, const std::set<std::string>& checks) {
                           return std::ranges::includes(LostIn(run), checks);
                         });
      return;
    }
    runs_ = std::move(runs);
    looked_ = 0;
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

  std::vector<PlannedRun> Planned(const std::vector<Given>& wave) {
    std::vector<PlannedRun> runs;
    runs.reserve(wave.size());
    std::ranges::transform(wave, std::back_inserter(runs), PlannedFor);
    done_ += wave.size();
    return runs;
  }

  static bool MissedItsFault(const Recording& run) {
    return run.error && run.error->code == record::kFaultMissed;
  }

  void Look(const Given& given, Recording run) {
    std::vector<Recording>& all = recordings_.at(given.campaign->scenario->scenario);
    const std::set<std::string> news = NewsIn(given, run);
    if (options_.keep_going) Count(run, all.front());
    // A fault that was missed: the program does not do the same in each run, so that nothing can be
    // said of this site.
    const bool says_nothing = news.empty() && run.outcome != record::Outcome::kError;
    if (MissedItsFault(run) || says_nothing) {
      ++all.front().machine.runs;
    } else if (news.empty()) {
      all.push_back(std::move(run));
    } else {
      simplifying_.emplace(given, std::move(run), news);
    }
  }

  void AddSimplified() {
    const Given given = simplifying_->given();
    Recording run = std::move(*simplifying_).Result();
    simplifying_.reset();
    const std::string& scenario = given.campaign->scenario->scenario;
    lost_.at(scenario).merge(NewsIn(given, run));
    recordings_.at(scenario).push_back(std::move(run));
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

  std::set<std::string> NewsIn(const Given& given, const Recording& run) {
    std::set<std::string> news;
    std::ranges::set_difference(LostIn(run), lost_.at(given.campaign->scenario->scenario),
                                std::inserter(news, news.end()));
    return news;
  }

  const PerturbingOptions options_;
  const std::vector<ToPerturb> scenarios_;
  std::map<std::string, std::vector<Recording>>& recordings_;
  std::list<Campaign> campaigns_;                        // runs given out point at them
  std::map<std::string, std::set<std::string>> lost_;    // by scenario
  std::map<std::string, std::set<std::string>> judged_;  // by what happened in a run
  std::vector<Given> wave_;
  std::vector<Recording> runs_;  // of that wave
  size_t looked_ = 0;            // at so many of them
  std::optional<Simplifying> simplifying_;
  size_t done_ = 0;
  size_t most_ = 0;
};

Perturbing::Perturbing(std::vector<ToPerturb> scenarios, PerturbingOptions options,
                       std::map<std::string, std::vector<Recording>>& recordings)
    : impl_(std::make_unique<Impl>(std::move(scenarios), std::move(options), recordings)) {}
Perturbing::Perturbing(Perturbing&&) noexcept = default;
Perturbing& Perturbing::operator=(Perturbing&&) noexcept = default;
Perturbing::~Perturbing() = default;

std::vector<PlannedRun> Perturbing::Next() { return impl_->Next(); }
void Perturbing::Take(std::vector<Recording> runs) { impl_->Take(std::move(runs)); }

bool IsTooDearToPerturb(const Recording& in_turns) {
  return in_turns.machine.calls > kMostCallsInTurns ||
         in_turns.outcome == record::Outcome::kProcessorLimit;
}

Outcome<void> RunPerturbed(Crew& crew, std::vector<ToPerturb> scenarios, PerturbingOptions options,
                           std::map<std::string, std::vector<Recording>>& recordings) {
  Perturbing perturbing(std::move(scenarios), std::move(options), recordings);
  while (true) {
    std::vector<PlannedRun> plans = perturbing.Next();
    if (plans.empty()) return {};
    TRY_ASSIGN(std::vector<Recording> runs, RunPlans(crew, std::move(plans)));
    perturbing.Take(std::move(runs));
  }
}

}  // namespace plumbline::cli
