// SPDX-License-Identifier: MIT
// leaks RUNS [SEED]: kills so many graders and supervisors and prints what each has left. Ends with
// 1 if anything was.
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "tests/hostile/leaks.h"

namespace {

namespace fs = std::filesystem;
using plumbline::UniqueFd;
using plumbline::hostile::Leaks;
using plumbline::hostile::Pen;

int Count(const UniqueFd& program, const fs::path& folder, int runs, unsigned seed) {
  const Pen pen;
  Leaks leaks(program, folder, pen, seed);
  int bad = 0;
  for (int run = 1; run <= runs; ++run) {
    const auto left = leaks.KillOne();
    bad += left.empty() ? 0 : 1;
    for (const std::string& each : left) std::cout << "run " << run << ": " << each << std::endl;
  }
  std::cout << runs << " runs, seed " << seed << ": " << leaks.graders_killed() << " graders and "
            << leaks.supervisors_killed() << " supervisors killed; something was left after " << bad
            << '\n';
  return bad == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc > 1 ? std::atoi(argv[1]) : 1000;
  const auto seed = static_cast<unsigned>(argc > 2 ? std::atoi(argv[2]) : 1);
  // What is counted shall change by nobody else's doing.
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (::geteuid() == 0 && ::unshare(CLONE_NEWIPC) < 0) return 2;
  const UniqueFd program(::open(PLUMBLINE_PROGRAM, O_RDONLY | O_CLOEXEC));
  std::string name = (fs::temp_directory_path() / "plumbline-leaks-XXXXXX").string();
  if (!program || ::mkdtemp(name.data()) == nullptr) return 2;
  const int status = Count(program, name, runs, seed);
  fs::remove_all(name);
  return status;
}
