// SPDX-License-Identifier: MIT
// What a sandbox costs when twenty programs run at once.
//
//   crowd_bench RUNG TURNS PROGRAM ARGUMENT
//
// Twenty supervisors run it at the same time, traced, each in sandbox after sandbox; then twenty
// processes start it so often without any. "OURS THEIRS" in microseconds for all of it, a line a
// turn.
#include <sys/wait.h>
#include <unistd.h>

#include <memory>

#include "tests/bench/supervised.h"

namespace plumbline::bench {
namespace {

constexpr int kAtOnce = 20;
constexpr int kRunsOfEach = 5;

// A crowd that is ready; gone when it is told to go and has done its work.
template <typename Ready, typename Work>
class Crowd {
 public:
  Crowd(Ready ready, Work work) {
    int start[2];
    int told[2];
    if (::pipe(start) != 0 || ::pipe(told) != 0) Die("pipe");
    for (int i = 0; i < kAtOnce; ++i) {
      if (::fork() != 0) continue;
      ::close(start[1]);
      auto state = ready();
      char byte = 0;
      if (::write(told[1], &byte, 1) != 1 || ::read(start[0], &byte, 1) != 0) ::_exit(1);
      for (int run = 0; run < kRunsOfEach; ++run) work(state);
      ::_exit(0);
    }
    ::close(start[0]);
    start_ = UniqueFd(start[1]);
    for (int i = 0; i < kAtOnce; ++i) {
      char byte = 0;
      if (::read(told[0], &byte, 1) != 1) Die("one of the crowd is not ready");
    }
    ::close(told[0]);
    ::close(told[1]);
  }

  void Go() {
    start_.Reset();
    for (int i = 0; i < kAtOnce; ++i) {
      int status = 0;
      if (::wait(&status) < 0 || status != 0) Die("one of the crowd failed");
    }
  }

 private:
  UniqueFd start_;
};

void Run(const std::string& rung, int turns, const char* program, const char* argument) {
  scenario::Plan plan = PlanFor({.files = {{"program", ContentOf(program), true}},
                                 .command = {"/program/program", argument}});
  plan.rung = RungNamed(rung);
  const char* const command[] = {program, argument, nullptr};
  for (int turn = 0; turn <= turns; ++turn) {
    Crowd sandboxed(
        [&] {
          Enter(plan.rung);
          return std::make_unique<scenario::Workbench>();
        },
        [&](auto& workbench) { RunTraced(plan, *workbench); });
    const long ours = MicrosecondsOf([&] { sandboxed.Go(); });
    Crowd plain([] { return 0; }, [&](int) { RunCommand(command); });
    const long theirs = MicrosecondsOf([&] { plain.Go(); });
    if (turn > 0) std::printf("%ld %ld\n", ours, theirs);
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace plumbline::bench

int main(int argc, char** argv) {
  if (argc != 5) plumbline::bench::Die("usage: crowd_bench RUNG TURNS PROGRAM ARGUMENT");
  plumbline::bench::Run(argv[1], std::atoi(argv[2]), argv[3], argv[4]);
  return 0;
}
