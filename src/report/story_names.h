// SPDX-License-Identifier: MIT
// The names that a story gives: "[3 cat]", "pipe A", "standard output", "carta.txt".
#pragma once

#include <map>
#include <string>
#include <vector>

#include "record/recording.h"

namespace plumbline::report {

class StoryNames {
 public:
  // The recording outlives it.
  explicit StoryNames(const record::Recording& recording);

  // By what the process runs at the event that was last taken.
  std::string Of(record::ProcessIndex process) const;
  std::string Of(const std::vector<record::ProcessIndex>& processes) const;
  std::string Pid(record::ProcessIndex process) const;
  // The name of the process with this number that was born last; "" if there is none.
  std::string OfPid(int pid) const;
  // What a descriptor refers to; "" if that has no name worth telling.
  std::string OfObject(int object) const;

  // Takes an event in: who runs what may change by it.
  void Take(const record::Event& event);

  const record::Process* ProcessAt(record::ProcessIndex process) const;

 private:
  const record::Recording& recording_;
  std::vector<std::string> programs_;   // that each process runs, by ProcessIndex
  std::map<int, std::string> letters_;  // "pipe A", by object
};

}  // namespace plumbline::report
