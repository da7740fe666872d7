// SPDX-License-Identifier: MIT
// An empty program: started, traced and torn down in a sandbox by us, and by bubblewrap.
//
//   start_bench RUNG PROGRAM TURNS COMMAND...
//
// Does both by turns, from one process, and writes what each turn took, "OURS THEIRS" in
// microseconds a line. Ours is what a supervisor does for a run, all of it: nothing is made ahead,
// and it is over when init has been reaped. Theirs is COMMAND from fork to its end.
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "tests/bench/supervised.h"

namespace plumbline::bench {
namespace {

void Run(const std::string& rung, const char* program, int turns, char** command) {
  scenario::Plan plan =
      PlanFor({.files = {{"empty", ContentOf(program), true}}, .command = {"/program/empty"}});
  plan.rung = RungNamed(rung);
  Enter(plan.rung);
  const Processors processors;
  scenario::Workbench workbench;
  const auto ours = [&] {
    processors.UseOne();
    RunTraced(plan, workbench);
  };
  const auto theirs = [&] {
    processors.UseAll();
    RunCommand(command);
  };
  Compare(turns, ours, theirs);
}

}  // namespace
}  // namespace plumbline::bench

int main(int argc, char** argv) {
  if (argc < 5) plumbline::bench::Die("usage: start_bench RUNG PROGRAM TURNS COMMAND...");
  plumbline::bench::Run(argv[1], argv[2], std::atoi(argv[3]), argv + 4);
  // Without the destructors of what the look at the machine made: from within rung C, which has no
  // power over those outside, it could not be ended. It ends by itself, with us.
  std::cout.flush();
  ::fflush(stdout);
  ::_exit(0);
}
