// SPDX-License-Identifier: MIT
// Processes that compute all the time, so that a test is run on a machine that has much else to do.
#pragma once

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

namespace plumbline::testing {

class BusyLoops {
 public:
  explicit BusyLoops(int count) {
    for (int i = 0; i < count; ++i) {
      const pid_t loop = ::fork();
      if (loop == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        while (true) asm volatile("");
      }
      if (loop > 0) loops_.push_back(loop);
    }
  }
  ~BusyLoops() {
    for (const pid_t loop : loops_) {
      ::kill(loop, SIGKILL);
      ::waitpid(loop, nullptr, 0);
    }
  }
  BusyLoops(const BusyLoops&) = delete;
  BusyLoops& operator=(const BusyLoops&) = delete;

 private:
  std::vector<pid_t> loops_;
};

}  // namespace plumbline::testing
