// SPDX-License-Identifier: MIT
// Which perturbed run of a scenario comes next. Pure: it is told what came of the runs, and the
// same answers lead to the same questions.
//
//   Exploration exploration(under);
//   exploration.Begin(recording_of_the_run_in_turns);
//   for (const auto& next : exploration.Next(16)) exploration.Take(next, Run(next));
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "record/perturbation.h"
#include "record/recording.h"
#include "spec/exercise.h"

namespace plumbline::scenario {

// One run.
struct Perturbed {
  record::Perturbation perturbation;
  uint64_t seed = 0;
  bool operator==(const Perturbed&) const = default;
};

class Exploration {
 public:
  explicit Exploration(const spec::Perturbation& under);

  // `base`: the scenario's run in turns without any other perturbation.
  void Begin(const record::Recording& base);
  // At most `most` runs, in the order in which they are worth most; none: all is done that the
  // budget allows, or that there is.
  std::vector<Perturbed> Next(size_t most);
  void Take(const Perturbed& run, const record::Recording& recording);
  // Runs that the budget is for, as far as is known after Begin().
  size_t Expected() const;
  // The budget becomes `runs`, if it was more.
  void Limit(size_t runs) { budget_ = std::min(budget_, runs); }
  // Nor is there any more that costs nothing of it.
  void Stop() { budget_ = singles_ = 0; }
  // Every run that there is has been given out: nothing was left to chance.
  bool complete() const { return complete_; }

 private:
  using Choices = std::map<uint64_t, uint64_t>;
  Perturbed Chosen(Choices choices) const;
  void AddAlternatives(const Choices& choices, const record::Recording& recording);
  void AddFaults(const record::Recording& base);
  // The nearest runs of the tree that were not given out; end(): none.
  std::map<size_t, std::vector<Choices>>::iterator NearestLevel();

  record::Perturbation::Kind kind_;
  size_t budget_;
  size_t singles_;  // runs with one change at most that cost nothing of it
  bool by_chance_ = false;
  bool complete_ = false;
  uint64_t last_seed_ = 0;
  size_t awaited_ = 0;  // given out and not taken back
  std::mt19937_64 random_{1};
  // By how far they are from the default: few changes first.
  std::map<size_t, std::vector<Choices>> frontier_;
  std::deque<Perturbed> faults_;
};

// Of a run that went wrong: the choices that were not the default, so that it can be done again
// and made simpler. Nothing to simplify: empty.
Perturbed Explicit(const record::Recording& recording);
// Each without one of `parts` equal parts of its choices: without a half, and where that goes too
// far a quarter, in the end one by one (Zeller and Hildebrandt, "Simplifying and Isolating
// Failure-Inducing Input", IEEE TSE 28(2), 2002). REQUIRES: no more parts than choices.
std::vector<Perturbed> Simpler(const Perturbed& run, size_t parts);

}  // namespace plumbline::scenario
