// SPDX-License-Identifier: MIT
// What virtual time costs: runs of a program that waits for long against runs of the same one that
// does not.
//
//   time_bench TURNS PROGRAM LONG SHORT
//
// Runs it with the one argument and with the other by turns, and writes what each took, "OURS
// THEIRS" in microseconds a line.
#include "tests/bench/supervised.h"

namespace plumbline::bench {
namespace {

scenario::Plan PlanWith(const char* path, const char* argument) {
  scenario::Plan plan = PlanFor(
      {.files = {{"program", ContentOf(path), true}}, .command = {"/program/program", argument}});
  const spec::Who all{.base = spec::Who::Base::kAll, .word = "all", .text = "all"};
  plan.scenario.steps.front().action =
      spec::AwaitExit{.who = {all}, .within = std::chrono::hours(200)};
  return plan;
}

void Run(int turns, const char* path, const char* waits, const char* other) {
  const scenario::Plan ours = PlanWith(path, waits);
  const scenario::Plan theirs = PlanWith(path, other);
  Must(sandbox::EnterSupervisorNamespaces());
  Processors().UseOne();
  scenario::Workbench workbench;
  Compare(turns, [&] { RunTraced(ours, workbench); }, [&] { RunTraced(theirs, workbench); });
}

}  // namespace
}  // namespace plumbline::bench

int main(int argc, char** argv) {
  using namespace plumbline;
  if (argc != 5) bench::Die("usage: time_bench TURNS PROGRAM LONG SHORT");
  bench::Run(std::atoi(argv[1]), argv[2], argv[3], argv[4]);
  return 0;
}
