// SPDX-License-Identifier: MIT
// What benchmarks of whole runs share: plans without an exercise, a processor of their own, time.
#pragma once

#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "base/io.h"
#include "sandbox/policy.h"
#include "sandbox/sandbox.h"
#include "scenario/run.h"

namespace plumbline::bench {

[[noreturn]] inline void Die(const std::string& why) {
  std::fprintf(stderr, "bench: %s\n", why.c_str());
  std::exit(1);
}

inline std::string ContentOf(const char* path) {
  auto content = ReadFile(path);
  if (!content) Die(content.error().ToString());
  return *std::move(content);
}

inline spec::Step AwaitTheEnd() {
  const spec::Who all{.base = spec::Who::Base::kAll, .word = "all", .text = "all"};
  return {.action = spec::AwaitExit{.who = {all}, .within = {}}, .text = "await: exit", .mark = {}};
}

// Runs the program to its end, on the best rung of this machine.
inline scenario::Plan PlanFor(build::Runnable program) {
  scenario::Plan plan;
  plan.exercise = "bench";
  plan.scenario.name = "bench";
  plan.scenario.steps = {AwaitTheEnd()};
  plan.main_program = "program";
  plan.programs["program"] = std::move(program);
  plan.rung = sandbox::BestRung();
  return plan;
}

inline void RunTraced(const scenario::Plan& plan, scenario::Workbench& workbench) {
  const record::Recording recording = scenario::Run(plan, workbench);
  if (recording.outcome != record::Outcome::kExited || recording.status != 0)
    Die(recording.error
            ? recording.error->ToString()
            : "the program did not end well: " + recording.streams.at("submission.stderr").bytes +
                  "; outcome " + std::to_string(static_cast<int>(recording.outcome)) + ", status " +
                  std::to_string(recording.status));
}

template <typename T>
T Must(Result<T> result) {
  if (!result) Die(result.error().ToString());
  return *std::move(result);
}
inline void Must(const Status& status) {
  if (!status) Die(status.error().ToString());
}

// Nobody looks on: the program's end within `patience` of real time, or nothing; it is killed then.
inline std::optional<sandbox::Sandbox::End> RunUntraced(sandbox::Rung rung,
                                                        const build::Runnable& program,
                                                        Duration patience,
                                                        scenario::Workbench& workbench) {
  sandbox::Sandbox box = Must(workbench.pool.Take({.rung = rung}));
  std::vector<sandbox::FileToMake> files;
  for (const build::SourceFile& file : program.files) {
    files.push_back({.path = "/program/" + file.path,
                     .content = file.content,
                     .mode = file.executable ? 0755 : 0644});
  }
  Must(box.PutFiles(files));
  const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  sandbox::Started started =
      Must(box.Start({.argv = program.command,
                      .env = {"PATH=/usr/bin:/bin", "HOME=/lab", "LANG=C.UTF-8"},
                      .descriptors = {null.get(), null.get(), null.get()},
                      .filter = Must(sandbox::MakeFilter({}))}));
  Must(started.Proceed());
  return Must(box.WaitFor(started, patience));
}

inline sandbox::Rung RungNamed(std::string_view name) {
  for (const sandbox::Rung rung : {sandbox::Rung::kA, sandbox::Rung::kB, sandbox::Rung::kC}) {
    if (sandbox::ToString(rung) == name) return rung;
  }
  Die("no isolation is called " + std::string(name));
}

// What a supervisor of this rung is.
inline void Enter(sandbox::Rung rung) {
  Must(rung == sandbox::Rung::kC ? sandbox::EnterSharedWorld()
                                 : sandbox::EnterSupervisorNamespaces());
}

// From its start to its end, nobody looking. Spawned, not forked: a fork of this process would cost
// more than of a shell.
inline void RunCommand(const char* const* command) {
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  for (int fd = 0; fd < 3; ++fd)
    ::posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
  pid_t pid = 0;
  int status = 0;
  const int error =
      ::posix_spawnp(&pid, command[0], &files, nullptr, const_cast<char* const*>(command), environ);
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
  const auto begin = std::chrono::steady_clock::now();
  work();
  const auto took = std::chrono::steady_clock::now() - begin;
  return std::chrono::duration_cast<std::chrono::microseconds>(took).count();
}

// By turns; "OURS THEIRS" in microseconds a line. The first turn warms caches and does not count.
template <typename Ours, typename Theirs>
void Compare(int turns, Ours ours, Theirs theirs) {
  for (int turn = 0; turn <= turns; ++turn) {
    const long first = MicrosecondsOf(ours);
    const long second = MicrosecondsOf(theirs);
    if (turn > 0) std::printf("%ld %ld\n", first, second);
  }
}

}  // namespace plumbline::bench
