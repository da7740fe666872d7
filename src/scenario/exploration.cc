// SPDX-License-Identifier: MIT
#include "scenario/exploration.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace plumbline::scenario {
namespace {

using Kind = record::Perturbation::Kind;

Kind KindOf(spec::Perturbation::Kind kind) {
  using From = spec::Perturbation::Kind;
  switch (kind) {
    case From::kInterleavings:
      return Kind::kInterleavings;
    case From::kInterruptions:
      return Kind::kInterruptions;
    case From::kShortTransfers:
      return Kind::kShortTransfers;
    case From::kFailures:
      return Kind::kFailures;
    case From::kSignals:
      return Kind::kSignals;
    case From::kSmallWorld:
      break;
  }
  return Kind::kSmallWorld;
}

// A signal at each call boundary is one run each, whatever the budget, which is for pairs; but a
// program may make calls without end.
constexpr size_t kMostSingles = 400;

bool Chooses(Kind kind) { return kind == Kind::kInterleavings || kind == Kind::kSignals; }

// No choice is left to chance; the first is the default one.
const std::map<uint64_t, uint64_t> kDefault{{0, 0}};

}  // namespace

Exploration::Exploration(const spec::Perturbation& under)
    : kind_(KindOf(under.kind)),
      budget_(static_cast<size_t>(under.runs)),
      singles_(kind_ == Kind::kSignals ? kMostSingles : 0),
      by_chance_(kind_ == Kind::kInterleavings) {}

void Exploration::Begin(const record::Recording& base) {
  if (Chooses(kind_))
    frontier_[0].push_back(kDefault);
  else if (kind_ == Kind::kSmallWorld)
    faults_.push_back({.perturbation = {.kind = kind_}});
  else
    AddFaults(base);
}

// A fault is written "failures=EAGAIN", or "interruptions" alone.
void Exploration::AddFaults(const record::Recording& base) {
  const std::string_view word = ToString(kind_);
  for (const record::Site& site : base.sites) {
    for (const std::string_view fault : site.faults) {
      if (!fault.starts_with(word)) continue;
      const std::string_view rest = fault.substr(word.size());
      const std::string how(rest.empty() ? rest : rest.substr(1));
      faults_.push_back(
          {.perturbation = {.kind = kind_,
                            .site = {.process = site.process, .call = site.call, .how = how}}});
    }
  }
}

size_t Exploration::Expected() const {
  return Chooses(kind_) ? budget_ : std::min(budget_, faults_.size());
}

Perturbed Exploration::Chosen(Choices choices) const {
  return {.perturbation = {.kind = kind_, .choices = std::move(choices)}};
}

std::map<size_t, std::vector<Exploration::Choices>>::iterator Exploration::NearestLevel() {
  auto level = frontier_.begin();
  while (level != frontier_.end() && level->second.empty()) level = frontier_.erase(level);
  return level;
}

// By chance and by plan in turn: chance finds what needs many changes, a plan misses none that
// needs few.
std::vector<Perturbed> Exploration::Next(size_t most) {
  std::vector<Perturbed> next;
  while (next.size() < most) {
    const bool chance = by_chance_ && awaited_ + next.size() > 0 && next.size() % 2 == 1;
    const auto level = NearestLevel();
    const bool single = level != frontier_.end() && level->first <= 1 && singles_ > 0;
    if (!single && budget_ == 0) break;
    if (chance) {
      next.push_back({.perturbation = {.kind = kind_}, .seed = ++last_seed_});
    } else if (!faults_.empty()) {
      next.push_back(faults_.front());
      faults_.pop_front();
    } else if (level != frontier_.end()) {
      auto& choices = level->second;
      std::swap(choices[random_() % choices.size()], choices.back());
      next.push_back(Chosen(std::move(choices.back())));
      choices.pop_back();
    } else {
      break;
    }
    --(single ? singles_ : budget_);
  }
  complete_ = next.empty() && budget_ > 0;
  awaited_ += next.size();
  return next;
}

void Exploration::Take(const Perturbed& run, const record::Recording& recording) {
  --awaited_;
  if (Chooses(kind_) && !run.perturbation.choices.empty())
    AddAlternatives(run.perturbation.choices, recording);
}

// Each run that differs from this one in one later decision: so each run is come to in one way
// only.
void Exploration::AddAlternatives(const Choices& choices, const record::Recording& recording) {
  const bool is_default = choices == kDefault;
  const size_t first = is_default ? 0 : choices.rbegin()->first + 1;
  const size_t changes = is_default ? 0 : choices.size();
  for (size_t i = first; i < recording.choices.size(); ++i) {
    for (int other = 1; other < recording.choices[i].options; ++other) {
      Choices changed = is_default ? Choices{} : choices;
      changed[i] = static_cast<uint64_t>(other);
      frontier_[changes + 1].push_back(std::move(changed));
    }
  }
}

Perturbed Explicit(const record::Recording& recording) {
  const auto perturbation = record::ParsePerturbation(recording.header.perturbation);
  if (!perturbation || !Chooses(perturbation->kind)) return {};
  Perturbed run{.perturbation = {.kind = perturbation->kind}};
  for (size_t i = 0; i < recording.choices.size(); ++i) {
    if (recording.choices[i].chosen != 0)
      run.perturbation.choices[i] = static_cast<uint64_t>(recording.choices[i].chosen);
  }
  return run.perturbation.choices.empty() ? Perturbed{} : run;
}

std::vector<Perturbed> Simpler(const Perturbed& run, size_t parts) {
  const std::vector<std::pair<uint64_t, uint64_t>> choices(run.perturbation.choices.begin(),
                                                           run.perturbation.choices.end());
  std::vector<Perturbed> all;
  for (size_t part = 0; part < parts; ++part) {
    const size_t first = part * choices.size() / parts;
    const size_t end = (part + 1) * choices.size() / parts;
    Perturbed& simpler = all.emplace_back(run);
    for (size_t i = first; i < end; ++i) simpler.perturbation.choices.erase(choices[i].first);
    if (simpler.perturbation.choices.empty()) simpler.perturbation.choices = kDefault;
  }
  return all;
}

}  // namespace plumbline::scenario
