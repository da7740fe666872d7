// SPDX-License-Identifier: MIT
// A list of repositories -> the files of one commit of each, in folders of ours, some of them at a
// time. What cannot be fetched costs that one student alone.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/units.h"
#include "cli/stop.h"
#include "gradebook/repository_list.h"

namespace plumbline::cli {

struct FetchingOptions {
  std::filesystem::path git;
  std::filesystem::path folder;                 // empty; the files of the n-th go to `folder`/n
  Duration patience = std::chrono::minutes(2);  // with one command of git
  Bytes most = MiB(512);                        // of one repository
  std::function<void(size_t done, size_t all)> progress = [](size_t, size_t) {};
};

// The commit of each, or why there is none, in their order. A signal that asks the program to end
// stops all. Nothing of a repository is run (git.h), and none takes more room than it may.
Outcome<std::vector<Result<std::string>>> FetchAll(const std::vector<gradebook::Repository>& all,
                                                   const FetchingOptions& options);

}  // namespace plumbline::cli
