// SPDX-License-Identifier: MIT
// A temporary folder that only this account can look into, and that never stays: it is removed when
// the value is destroyed, and what one who was killed left is removed by the next who comes, who
// knows it by its name, a mark in it and its lock (flock(2)) that nobody holds any more.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/unique_fd.h"

namespace plumbline::cli {

class PrivateFolder {
 public:
  // Below TMPDIR, or /tmp.
  static Result<PrivateFolder> Make();
  // What those who were killed left there.
  static void RemoveLeft();

  PrivateFolder(PrivateFolder&& other) noexcept
      : path_(std::exchange(other.path_, {})), lock_(std::move(other.lock_)) {}
  PrivateFolder& operator=(PrivateFolder&&) = delete;
  ~PrivateFolder();

  // Empty in the beginning.
  std::filesystem::path path() const { return path_ / "content"; }

 private:
  PrivateFolder(std::filesystem::path path, UniqueFd lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}
  std::filesystem::path path_;
  UniqueFd lock_;  // on the folder itself
};

}  // namespace plumbline::cli
