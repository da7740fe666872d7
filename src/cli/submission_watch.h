// SPDX-License-Identifier: MIT
// Tells when files of a submission may have changed, inotify(7).
#pragma once

#include <filesystem>

#include "base/error.h"
#include "base/unique_fd.h"

namespace plumbline::cli {

// Watches a folder with those below it, or one file (through its folder: editors replace files).
// Lives in the program's one thread.
class SubmissionWatch {
 public:
  static Result<SubmissionWatch> Of(const std::filesystem::path& submission);

  // Readable when something has happened.
  int fd() const { return inotify_.get(); }
  // Takes what has happened so far off, and watches folders that have been made.
  Status Drain();

 private:
  SubmissionWatch(UniqueFd inotify, std::filesystem::path submission);
  Status WatchFolders();

  UniqueFd inotify_;
  std::filesystem::path submission_;
};

}  // namespace plumbline::cli
