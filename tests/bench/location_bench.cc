// SPDX-License-Identifier: MIT
// What it costs to tell where in the source things happened.
//
//   location_bench TURNS PROGRAM [ARGUMENT...]
//
// Runs PROGRAM with everything observed, with locations and without by turns, and writes what each
// took, "WITH WITHOUT" in microseconds of processor time a line: the supervisor's own and the
// programs', which both share one processor. What others do meanwhile does not count. An ARGUMENT
// that ends in .c is a file of this machine, which is put into the sandbox. With locations
// something must have one if PROGRAM is none of the system's.
#include <time.h>

#include <algorithm>

#include "tests/bench/supervised.h"

namespace plumbline::bench {
namespace {

bool IsOfSystem(const std::string& path) { return path.starts_with("/usr/"); }

build::Runnable RunnableFor(const std::string& path, const std::vector<std::string>& arguments) {
  build::Runnable program{.command = {IsOfSystem(path) ? path : "/program/program"}};
  if (!IsOfSystem(path)) program.files = {{"program", ContentOf(path.c_str()), true}};
  for (const std::string& argument : arguments) {
    const bool is_source = argument.ends_with(".c");
    if (is_source) program.files.push_back({"main.c", ContentOf(argument.c_str()), false});
    program.command.push_back(is_source ? "/program/main.c" : argument);
  }
  return program;
}

bool HasLocations(const record::Recording& recording) {
  return std::ranges::any_of(recording.events,
                             [](const record::Event& event) { return event.where.has_value(); });
}

Duration ProcessorTimeHere() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

long RunOnce(const scenario::Plan& plan, scenario::Workbench& workbench, bool expected) {
  const Duration begin = ProcessorTimeHere();
  const record::Recording recording = scenario::Run(plan, workbench);
  if (recording.outcome != record::Outcome::kExited || recording.status != 0)
    Die(recording.error ? recording.error->ToString() : "the program did not end well");
  if (HasLocations(recording) != expected) Die(expected ? "no locations" : "unexpected locations");
  const Duration took = ProcessorTimeHere() - begin + recording.machine.processor;
  return std::chrono::duration_cast<std::chrono::microseconds>(took).count();
}

void Run(int turns, const std::string& path, const std::vector<std::string>& arguments) {
  using enum record::Facet;
  scenario::Plan with = PlanFor(RunnableFor(path, arguments));
  with.observe = {kTransfers, kDescriptors, kSignals, kMemory, kSockets, kFiles, kIpc, kUsage};
  scenario::Plan without = with;
  without.locations = false;
  Must(sandbox::EnterSupervisorNamespaces());
  Processors().UseOne();
  scenario::Workbench workbench;
  for (int turn = 0; turn <= turns; ++turn) {
    const long first = RunOnce(with, workbench, !IsOfSystem(path));
    const long second = RunOnce(without, workbench, false);
    if (turn > 0) std::printf("%ld %ld\n", first, second);
  }
}

}  // namespace
}  // namespace plumbline::bench

int main(int argc, char** argv) {
  using namespace plumbline;
  if (argc < 3) bench::Die("usage: location_bench TURNS PROGRAM [ARGUMENT...]");
  bench::Run(std::atoi(argv[1]), argv[2], {argv + 3, argv + argc});
  return 0;
}
