// SPDX-License-Identifier: MIT
// What perturbation costs, and how soon it finds what a program can do wrong.
//
//   races_bench runs TURNS PROGRAM     a hundred orders of it, against as many plain runs
//   races_bench calls TURNS PROGRAM N  one run in a seeded order, against a plain one; its argument
//   is N races_bench find TURNS PROGRAM OUTCOME
//       until a run has the outcome: "exited TEXT" (status 0, what it printed), "deadlocked",
//       "signalled"
//
// "OURS THEIRS" in microseconds a line; of `find`, how long it took and how many runs.
#include <string_view>

#include "scenario/exploration.h"
#include "tests/bench/supervised.h"

namespace plumbline::bench {
namespace {

constexpr int kRuns = 100;
// Far above what any program of the corpus needs.
constexpr int kMostRuns = 10'000;

scenario::Plan PlanOf(const char* path, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "/program/program");
  return PlanFor({.files = {{"program", ContentOf(path), true}}, .command = std::move(arguments)});
}

std::string OutcomeOf(const record::Recording& seen) {
  std::string outcome(record::ToString(seen.outcome));
  if (seen.outcome == record::Outcome::kExited)
    outcome += " " + seen.streams.at("submission.stdout").bytes;
  while (outcome.ends_with('\n')) outcome.pop_back();
  return outcome;
}

record::Recording RunOnce(scenario::Plan& plan, const std::string& perturbation, uint64_t seed,
                          scenario::Workbench& workbench) {
  plan.perturbation = perturbation;
  plan.seed = seed;
  record::Recording recording = scenario::Run(plan, workbench);
  if (recording.error) Die(recording.error->ToString());
  return recording;
}

void Runs(int turns, const char* program) {
  scenario::Plan plan = PlanOf(program, {});
  scenario::Workbench workbench;
  const auto hundred = [&](const char* perturbation) {
    for (uint64_t seed = 1; seed <= kRuns; ++seed) RunOnce(plan, perturbation, seed, workbench);
  };
  Compare(turns, [&] { hundred("interleavings"); }, [&] { hundred(""); });
}

void Calls(int turns, const char* program, const char* calls) {
  scenario::Plan plan = PlanOf(program, {calls});
  scenario::Workbench workbench;
  const auto once = [&](const char* perturbation) {
    if (OutcomeOf(RunOnce(plan, perturbation, 1, workbench)) != "exited ")
      Die("the program did not end well");
  };
  Compare(turns, [&] { once("interleavings"); }, [&] { once(""); });
}

int RunsUntil(scenario::Plan& plan, std::string_view outcome, scenario::Workbench& workbench) {
  scenario::Exploration exploration(
      {.kind = spec::Perturbation::Kind::kInterleavings, .runs = kMostRuns});
  record::Recording seen = RunOnce(plan, "turns", 0, workbench);
  int runs = 1;
  if (OutcomeOf(seen) == outcome) return runs;
  exploration.Begin(seen);
  for (auto wave = exploration.Next(16); !wave.empty(); wave = exploration.Next(16)) {
    for (const scenario::Perturbed& run : wave) {
      seen = RunOnce(plan, record::ToString(run.perturbation), run.seed, workbench);
      ++runs;
      if (OutcomeOf(seen) == outcome) return runs;
      exploration.Take(run, seen);
    }
  }
  Die("no order leads to \"" + std::string(outcome) + "\"");
}

void Find(int turns, const char* program, std::string_view outcome) {
  scenario::Plan plan = PlanOf(program, {});
  scenario::Workbench workbench;
  for (int turn = 0; turn <= turns; ++turn) {
    int runs = 0;
    const long took = MicrosecondsOf([&] { runs = RunsUntil(plan, outcome, workbench); });
    if (turn > 0) std::printf("%ld %d\n", took, runs);
  }
}

}  // namespace
}  // namespace plumbline::bench

int main(int argc, char** argv) {
  using namespace plumbline;
  const std::string_view what = argc > 1 ? argv[1] : "";
  if (argc != (what == "runs" ? 4 : 5))
    bench::Die(
        "usage: races_bench runs TURNS PROGRAM | calls TURNS PROGRAM N | find TURNS PROGRAM "
        "OUTCOME");
  bench::Must(sandbox::EnterSupervisorNamespaces());
  bench::Processors().UseOne();
  const int turns = std::atoi(argv[2]);
  if (what == "runs") {
    bench::Runs(turns, argv[3]);
  } else if (what == "calls") {
    bench::Calls(turns, argv[3], argv[4]);
  } else if (what == "find") {
    bench::Find(turns, argv[3], argv[4]);
  } else {
    bench::Die("runs, calls or find: not " + std::string(what));
  }
  return 0;
}
