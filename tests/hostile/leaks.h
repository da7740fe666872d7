// SPDX-License-Identifier: MIT
// Graders that are killed at any moment, and what is left on the machine then.
#pragma once

#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/unique_fd.h"
#include "base/units.h"
#include "tests/hostile/pen.h"

namespace plumbline::hostile {

class Leaks {
 public:
  // All files go to `folder`. REQUIRES: this process is a sub-reaper without children, in `pen`.
  Leaks(const UniqueFd& program, std::filesystem::path folder, const Pen& pen, unsigned seed);

  // Starts a grader, kills it or one of its supervisors at a moment between its start and its usual
  // end, waits until nobody is left who could still tidy up, and looks. What is left, a sentence
  // each.
  std::vector<std::string> KillOne();

  int graders_killed() const { return graders_killed_; }
  int supervisors_killed() const { return supervisors_killed_; }

 private:
  pid_t Start(const std::string& rung);
  // Folders of runs on rung C that nobody is to remove any more.
  std::set<std::string> FoldersLeft() const;
  void KillAtAnyMoment(pid_t grader);
  std::vector<std::string> Left() const;

  const UniqueFd& program_;
  std::filesystem::path folder_;
  const Pen& pen_;
  std::mt19937 random_;
  std::string mounts_;
  std::string objects_;
  std::set<std::string> folders_;  // of others, before
  Duration usual_{};               // of a run
  int graders_killed_ = 0;
  int supervisors_killed_ = 0;
};

}  // namespace plumbline::hostile
