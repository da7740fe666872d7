// SPDX-License-Identifier: MIT
// An empty program: started, traced and torn down in a sandbox by us, and by bubblewrap.
//
//   start_bench PROGRAM TURNS COMMAND...
//
// Does both by turns, from one process, and writes what each turn took, "OURS THEIRS" in
// microseconds a line. Ours is what a supervisor does for a run, all of it: nothing is made ahead,
// and it is over when init has been reaped. Theirs is COMMAND from fork to its end.
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/io.h"
#include "sandbox/pool.h"
#include "sandbox/sandbox.h"
#include "scenario/run.h"

namespace plumbline {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void Die(const std::string& why) {
  std::fprintf(stderr, "start_bench: %s\n", why.c_str());
  std::exit(1);
}

spec::Step AwaitTheEnd() {
  const spec::Who all{.base = spec::Who::Base::kAll, .word = "all", .text = "all"};
  return {.action = spec::AwaitExit{.who = {all}, .within = {}}, .text = "await: exit", .mark = {}};
}

scenario::Plan PlanFor(const char* program) {
  auto content = ReadFile(program);
  if (!content) Die(content.error().ToString());
  scenario::Plan plan;
  plan.exercise = "bench";
  plan.scenario.name = "start";
  plan.scenario.steps = {AwaitTheEnd()};
  plan.main_program = "empty";
  plan.programs["empty"] = {.files = {{"empty", *std::move(content), true}},
                            .command = {"/program/empty"}};
  plan.rung = sandbox::ProbeMachine().best;
  return plan;
}

void RunOurs(const scenario::Plan& plan, sandbox::SandboxPool& pool) {
  const record::Recording recording = scenario::Run(plan, pool);
  if (recording.outcome != record::Outcome::kExited || recording.status != 0)
    Die(recording.error ? recording.error->ToString() : "the program did not end well");
}

// Spawned, not forked: a fork of this process would cost more than of a shell.
void RunTheirs(char** command) {
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  for (int fd = 0; fd < 3; ++fd)
    ::posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
  pid_t pid = 0;
  int status = 0;
  const int error = ::posix_spawnp(&pid, command[0], &files, nullptr, command, environ);
  ::posix_spawn_file_actions_destroy(&files);
  if (error != 0 || ::waitpid(pid, &status, 0) != pid || status != 0)
    Die(std::string(command[0]) + " failed");
}

// A supervisor keeps to one processor with all that it traces (src/scenario/supervisor.cc);
// commands may use all.
class Processors {
 public:
  Processors() {
    ::sched_getaffinity(0, sizeof all_, &all_);
    CPU_ZERO(&one_);
    for (size_t cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one_) == 0; ++cpu) {
      if (CPU_ISSET(cpu, &all_)) CPU_SET(cpu, &one_);
    }
  }
  void UseOne() const { ::sched_setaffinity(0, sizeof one_, &one_); }
  void UseAll() const { ::sched_setaffinity(0, sizeof all_, &all_); }

 private:
  cpu_set_t all_;
  cpu_set_t one_;
};

template <typename Work>
long MicrosecondsOf(Work work) {
  const auto begin = Clock::now();
  work();
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin).count();
}

void Compare(const char* program, int turns, char** command) {
  const scenario::Plan plan = PlanFor(program);
  if (const Status entered = sandbox::EnterSupervisorNamespaces(); !entered)
    Die(entered.error().ToString());
  const Processors processors;
  sandbox::SandboxPool pool;
  // The first turn warms caches and does not count.
  for (int turn = 0; turn <= turns; ++turn) {
    processors.UseOne();
    const long ours = MicrosecondsOf([&] { RunOurs(plan, pool); });
    processors.UseAll();
    const long theirs = MicrosecondsOf([&] { RunTheirs(command); });
    if (turn > 0) std::printf("%ld %ld\n", ours, theirs);
  }
}

}  // namespace
}  // namespace plumbline

int main(int argc, char** argv) {
  if (argc < 4) plumbline::Die("usage: start_bench PROGRAM TURNS COMMAND...");
  plumbline::Compare(argv[1], std::atoi(argv[2]), argv + 3);
  return 0;
}
