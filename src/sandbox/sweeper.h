// SPDX-License-Identifier: MIT
// A process that outlives this one by a moment: when this one has been killed, it waits for the end
// of what is in its control groups and removes them, which nobody else would before the next run.
//
// It holds nothing of ours open but the end of a pipe; it ends with us where we end by ourselves,
// and is killed with all orphans by a `cli` that has seen to it itself.
#pragma once

#include <string>
#include <vector>

#include "base/unique_fd.h"

namespace plumbline::sandbox {

class Sweeper {
 public:
  // `folders`: those in which groups called `prefix`... are this process's. Without a process, for
  // want of one, groups stay until the next run.
  Sweeper(const std::vector<std::string>& folders, const std::string& prefix);
  Sweeper(const Sweeper&) = delete;
  Sweeper& operator=(const Sweeper&) = delete;
  // Ends it. In a child of ours it does nothing.
  ~Sweeper();

 private:
  int owner_ = 0;
  int process_ = -1;
  UniqueFd lifeline_;  // its end tells that we are gone
};

}  // namespace plumbline::sandbox
