// SPDX-License-Identifier: MIT
// An empty program: started, traced and torn down in a sandbox by us, and by bubblewrap.
//
//   start_bench RUNG PROGRAM TURNS COMMAND...
//
// Does both by turns, from one process, and writes what each turn took, "OURS THEIRS" in
// microseconds a line. Ours is what a supervisor does for a run, all of it: nothing is made ahead,
// and it is over when init has been reaped. Theirs is COMMAND from fork to its end.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "tests/bench/supervised.h"

namespace plumbline::bench {
namespace {

// Spawned, not forked: a fork of this process would cost more than of a shell.
void RunCommand(char** command) {
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

void Enter(sandbox::Rung rung) {
  const bool shared = rung == sandbox::Rung::kC;
  const Status entered =
      shared ? sandbox::EnterSharedWorld() : sandbox::EnterSupervisorNamespaces();
  if (!entered) Die(entered.error().ToString());
}

void Run(const std::string& rung, const char* program, int turns, char** command) {
  scenario::Plan plan =
      PlanFor({.files = {{"empty", ContentOf(program), true}}, .command = {"/program/empty"}});
  for (const sandbox::Rung one : {sandbox::Rung::kA, sandbox::Rung::kB, sandbox::Rung::kC}) {
    if (sandbox::ToString(one) == rung) plan.rung = one;
  }
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
