// SPDX-License-Identifier: MIT
// What an attack could harm: files, a process, listeners and IPC objects, all open to everybody on
// this machine and all known to the attack; and what it could leave: processes, mounts, control
// groups, memory, files.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/unique_fd.h"

namespace plumbline::hostile {

// A process that answers as long as it is alive, not stopped, and its memory is as it was.
class Bystander {
 public:
  Bystander();
  Bystander(const Bystander&) = delete;
  Bystander& operator=(const Bystander&) = delete;
  ~Bystander();

  pid_t pid() const { return pid_; }
  bool IsWell() const;
  int Niceness() const;

 private:
  pid_t pid_ = -1;
  UniqueFd questions_;  // and answers
};

// REQUIRES: this process is a sub-reaper (prctl(2)), has one thread, and no children of its own.
class Outside {
 public:
  // In `folder`, which everybody may write.
  explicit Outside(const std::filesystem::path& folder);
  Outside(const Outside&) = delete;
  Outside& operator=(const Outside&) = delete;
  ~Outside();

  // The words of exercises and sources, "@PID@" and the like, and what stands for them.
  const std::map<std::string, std::string>& words() const { return words_; }
  std::string Fill(std::string text) const;
  pid_t bystander() const { return bystander_.pid(); }

  // What is not as it was, one sentence each.
  std::vector<std::string> Harm() const;

 private:
  std::vector<std::string> Listening() const;
  std::vector<std::string> Files() const;

  std::filesystem::path folder_;
  Bystander bystander_;
  int niceness_ = bystander_.Niceness();  // before anybody could change it
  UniqueFd tcp_;
  UniqueFd udp_;
  UniqueFd abstract_;
  UniqueFd local_;
  int memory_ = -1;
  std::map<std::string, std::string> words_;
  std::map<std::string, std::string> before_;  // of the machine: Machine()
};

// The processes that descend from this one: number, name, and in which call each of them waits.
std::vector<std::string> Descendants();

}  // namespace plumbline::hostile
