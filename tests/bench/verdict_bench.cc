// SPDX-License-Identifier: MIT
// How long until it is known how a program ends: by us, and by the usual way, which waits for its
// end ten seconds at most, in the same sandbox.
//
//   verdict_bench TURNS PROGRAM [ARGUMENT...]
//
// Does both by turns and writes what each took, "OURS THEIRS" in microseconds a line. Both must say
// the same: that it ended, with the same status; or that it never would.
#include "tests/bench/supervised.h"

namespace plumbline::bench {
namespace {

constexpr Duration kUsualPatience = std::chrono::seconds(10);

// Its status, or nothing if it hangs.
using Verdict = std::optional<int>;

Verdict OfUs(const scenario::Plan& plan, scenario::Workbench& workbench) {
  const record::Recording recording = scenario::Run(plan, workbench);
  if (recording.outcome == record::Outcome::kExited) return recording.status;
  if (recording.outcome == record::Outcome::kDeadlocked) return std::nullopt;
  Die(recording.error ? recording.error->ToString() : "the program ended by a signal or a limit");
}

void Run(int turns, const char* path, const std::vector<std::string>& arguments) {
  build::Runnable program{.files = {{"program", ContentOf(path), true}},
                          .command = {"/program/program"}};
  program.command.insert(program.command.end(), arguments.begin(), arguments.end());
  const scenario::Plan plan = PlanFor(program);
  Must(sandbox::EnterSupervisorNamespaces());
  Processors().UseOne();
  scenario::Workbench workbench;
  Verdict ours;
  Verdict theirs;
  Compare(
      turns, [&] { ours = OfUs(plan, workbench); },
      [&] {
        const auto end = RunUntraced(plan.rung, program, kUsualPatience, workbench);
        theirs = end ? Verdict(end->status) : std::nullopt;
      });
  if (ours != theirs) Die("the two verdicts differ");
}

}  // namespace
}  // namespace plumbline::bench

int main(int argc, char** argv) {
  using namespace plumbline;
  if (argc < 3) bench::Die("usage: verdict_bench TURNS PROGRAM [ARGUMENT...]");
  bench::Run(std::atoi(argv[1]), argv[2], {argv + 3, argv + argc});
  return 0;
}
