// SPDX-License-Identifier: MIT
// The perturbed runs of a submission's scenarios: which come next is scenario/exploration.h's,
// which of their recordings matter is decided here.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cli/crew.h"
#include "cli/runs.h"
#include "cli/stop.h"
#include "record/recording.h"
#include "scenario/exploration.h"
#include "scenario/plan.h"
#include "spec/exercise.h"

namespace plumbline::cli {

// A scenario that is to be perturbed, after its run in turns.
struct ToPerturb {
  std::string scenario;
  scenario::Plan plan;  // of that run
  std::vector<spec::Perturbation> under;
};

// What all perturbed runs of a submission may cost, in system calls at which the tracer looks: on
// machines of today two seconds of a processor. Calls and not seconds, so that the same runs are
// done on each machine, however busy it is.
inline constexpr uint64_t kMostPerturbedCalls = 16'000;
// And for who asks for more than the exercise does, unless she says so.
inline constexpr uint64_t kMostCallsAskedFor = 2'000'000;

// And what the run in turns of a scenario may cost that the exercise does not perturb itself. Such
// a one may do whatever a program may; in turns that can take longer than a run may last.
inline constexpr uint64_t kMostCallsInTurns = 50'000;
bool IsTooDearToPerturb(const record::Recording& in_turns);

// Of each perturbation, whatever a run costs: fewer would find nothing.
inline constexpr size_t kLeastPerturbedRuns = 4;

struct PerturbingOptions {
  // The checks that a run loses, by ID.
  std::function<std::set<std::string>(const record::Recording&)> lost;
  // All that look at a scenario.
  std::function<std::set<std::string>(const std::string& scenario)> checks;
  // Where all runs that the exercise asks for would cost more, each perturbation gets the same part
  // of it, and kLeastPerturbedRuns in any case. A signal's moments are no part of it.
  uint64_t most_calls = kMostPerturbedCalls;
  // Goes on when a check is lost, to the end of the budget, and counts the losses
  // (Machine::losses). Else a check that was lost is not looked for any more.
  bool keep_going = false;
  // So many runs are done of so many that may be needed.
  std::function<void(size_t done, size_t most)> progress = [](size_t, size_t) {};
};

// Which runs are to be done, and what comes of them: to `recordings` (of the scenario, after the
// run in turns that is first there) are added those that lose a check which no run before them
// lost, each made as simple as it gets; the others are counted in Machine::runs of the first. Stops
// early where nothing is left to lose. Runs in which the same happened are judged once.
//
//   Perturbing perturbing(scenarios, options, recordings);
//   while (!(runs = perturbing.Next()).empty()) perturbing.Take(Done(runs));
class Perturbing {
 public:
  // `recordings` outlives it, and is not touched by others meanwhile.
  Perturbing(std::vector<ToPerturb> scenarios, PerturbingOptions options,
             std::map<std::string, std::vector<record::Recording>>& recordings);
  Perturbing(Perturbing&&) noexcept;
  Perturbing& operator=(Perturbing&&) noexcept;
  ~Perturbing();

  // Those that come next, which can be done side by side; none: all is done.
  std::vector<PlannedRun> Next();
  // A recording of each of them, in their order.
  void Take(std::vector<record::Recording> runs);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// The same with the runs done by the crew.
Outcome<void> RunPerturbed(Crew& crew, std::vector<ToPerturb> scenarios, PerturbingOptions options,
                           std::map<std::string, std::vector<record::Recording>>& recordings);

}  // namespace plumbline::cli
