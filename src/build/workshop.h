// SPDX-License-Identifier: MIT
// The sandbox in which the tools of one build run, one after another. What a tool leaves behind, a
// process too, ends with the workshop.
//
// Lives in the supervisor, in its one thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "build/build.h"
#include "build/capture.h"
#include "build/limits.h"
#include "build/own_time.h"
#include "sandbox/disk.h"
#include "sandbox/sandbox.h"

namespace plumbline::build {

// How a tool ended and what it said.
struct ToolRun {
  int status = 0;
  int killed_by = 0;           // a signal
  bool out_of_memory = false;  // the limit of all together was hit
  std::string output;          // of both streams, in the order of writing; UTF-8
  bool cut = false;            // there was more than is kept
  std::string stopped;         // why it was stopped before its own end, as a sentence; else ""

  bool ok() const { return status == 0 && killed_by == 0 && stopped.empty(); }
};

class Workshop {
 public:
  // A sandbox with the submission's files below `root`: "/program", which tools can't write, or
  // "/lab", which they can and where it is theirs.
  static Result<Workshop> Open(const Request& request, const Limits& limits, std::string root);

  // A file of ours, `path` absolute.
  Status Put(const std::string& path, std::string_view content, int mode);

  // Runs `argv` in the root, with `path` as PATH, until its end, the deadline of the whole build,
  // or too much output. REQUIRES: no earlier tool was stopped.
  Result<ToolRun> Run(const std::vector<std::string>& argv,
                      const std::string& path = "/usr/bin:/bin");

  // Takes away the program that a tool left at `directory`/`name`; nothing if there is no such
  // regular file.
  struct Product {
    std::string content;
    bool cut = false;  // it is larger than a program may be
  };
  Result<std::optional<Product>> Take(const std::string& directory, const std::string& name);

  const Limits& limits() const { return limits_; }

 private:
  // Why the tool had to be stopped, or "" once it has ended; `end`: its pidfd.
  Result<std::string> Watch(Capture& capture, int end);
  bool FillsDisk();

  Workshop(sandbox::Sandbox box, const Limits& limits, std::string root, std::string filter);

  sandbox::Sandbox box_;
  std::optional<sandbox::DiskUse> disk_;  // where it has no file system of its own
  Limits limits_;
  std::string root_;
  std::string filter_;
  OwnTime time_;
};

}  // namespace plumbline::build
