// SPDX-License-Identifier: MIT
// A compiler run in the sandbox, traced and not.
//
//   compile_bench SOURCE TURNS [FACET...]
//
// Does both by turns and writes what each took, "TRACED UNTRACED" in microseconds a line; both make
// a sandbox, put SOURCE there, run `gcc -O2` on it and take the sandbox down. FACETs are what the
// recording observes (src/record/recording.h); reads and writes stop only for "transfers".
#include <fcntl.h>
#include <unistd.h>

#include "sandbox/policy.h"
#include "tests/bench/supervised.h"

namespace plumbline::bench {
namespace {

constexpr const char* kSource = "/program/main.c";
const std::vector<std::string>& Compiler() {
  static const std::vector<std::string> command = {"/usr/bin/gcc", "-O2", "-o", "/tmp/main",
                                                   kSource};
  return command;
}

template <typename T>
T Must(Result<T> result) {
  if (!result) Die(result.error().ToString());
  return *std::move(result);
}
void Must(const Status& status) {
  if (!status) Die(status.error().ToString());
}

void RunUntraced(const scenario::Plan& plan, const std::string& source,
                 sandbox::SandboxPool& pool) {
  sandbox::Sandbox box = Must(pool.Take({.rung = plan.rung}));
  const sandbox::FileToMake file{.path = kSource, .content = source};
  Must(box.PutFiles({&file, 1}));
  const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  sandbox::Started started =
      Must(box.Start({.argv = Compiler(),
                      .env = {"PATH=/usr/bin:/bin", "HOME=/lab", "LANG=C.UTF-8"},
                      .descriptors = {null.get(), null.get(), null.get()},
                      .filter = Must(sandbox::MakeFilter({}))}));
  Must(started.Proceed());
  const auto end = Must(box.WaitFor(started, std::chrono::seconds(60)));
  if (!end || end->status != 0) Die("the compiler failed");
}

void Run(const char* path, int turns, std::set<record::Facet> observe) {
  const std::string source = ContentOf(path);
  scenario::Plan plan = PlanFor({.files = {{"main.c", source, false}}, .command = Compiler()});
  plan.observe = std::move(observe);
  Must(sandbox::EnterSupervisorNamespaces());
  Processors().UseOne();
  sandbox::SandboxPool pool;
  Compare(turns, [&] { RunTraced(plan, pool); }, [&] { RunUntraced(plan, source, pool); });
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
