// SPDX-License-Identifier: MIT
// A compiler run in the sandbox, traced and not.
//
//   compile_bench SOURCE TURNS [FACET...]
//
// Does both by turns and writes what each took, "TRACED UNTRACED" in microseconds a line; both make
// a sandbox, put SOURCE there, run `gcc -O2` on it and take the sandbox down. FACETs are what the
// recording observes (src/record/recording.h); reads and writes stop only for "transfers".
#include "tests/bench/supervised.h"

namespace plumbline::bench {
namespace {

void Run(const char* path, int turns, std::set<record::Facet> observe) {
  const build::Runnable compiler{
      .files = {{"main.c", ContentOf(path), false}},
      .command = {"/usr/bin/gcc", "-O2", "-o", "/tmp/main", "/program/main.c"}};
  scenario::Plan plan = PlanFor(compiler);
  plan.observe = std::move(observe);
  Must(sandbox::EnterSupervisorNamespaces());
  Processors().UseOne();
  scenario::Workbench workbench;
  const auto untraced = [&] {
    const auto end = RunUntraced(plan.rung, compiler, std::chrono::minutes(1), workbench);
    if (!end || end->status != 0) Die("the compiler failed");
  };
  Compare(turns, [&] { RunTraced(plan, workbench); }, untraced);
}

}  // namespace
}  // namespace plumbline::bench

int main(int argc, char** argv) {
  using namespace plumbline;
  if (argc < 3) bench::Die("usage: compile_bench SOURCE TURNS [FACET...]");
  std::set<record::Facet> observe;
  for (int i = 3; i < argc; ++i) {
    const auto facet = record::FacetNamed(argv[i]);
    if (!facet) bench::Die(std::string("no such facet: ") + argv[i]);
    observe.insert(*facet);
  }
  bench::Run(argv[1], std::atoi(argv[2]), std::move(observe));
  return 0;
}
