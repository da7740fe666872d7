// SPDX-License-Identifier: MIT
// The reference's own programs in a sandbox (`solution: NAME`): in a folder of their own, which no
// submission can have files in, and gone from there once they run.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "build/build.h"
#include "record/event.h"
#include "sandbox/sandbox.h"

namespace plumbline::scenario {

class Solutions {
 public:
  // `all` outlives it.
  explicit Solutions(const std::map<std::string, build::Runnable>& all) : all_(all) {}

  // Puts its files in and returns its command. Fails if there is none of this name.
  Result<std::vector<std::string>> Put(const std::string& name, sandbox::Sandbox& box);
  // The process that runs what was put last.
  void NoteStarted(record::ProcessIndex process);
  // Takes away the files of those that have begun: they have read what they need. A program that
  // opens files of its own folder later does not find them.
  Status TakeAway(sandbox::Sandbox& box,
                  const std::function<bool(record::ProcessIndex)>& has_begun);

 private:
  struct There {
    std::vector<std::string> paths;
    record::ProcessIndex process = record::kGrader;
  };

  const std::map<std::string, build::Runnable>& all_;
  int put_ = 0;
  std::vector<There> there_;
};

}  // namespace plumbline::scenario
