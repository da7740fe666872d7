// SPDX-License-Identifier: MIT
// What was built, by the hash of what it was built from, so that a second check of the same source
// needs no compiler. Any number of processes may use one folder at once.
//
// An entry is believed only if it is whole: it carries a hash of itself and its key. Nothing here
// fails: a cache that is damaged, full or not writable costs a build and no more.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/units.h"
#include "build/build.h"

namespace plumbline::build {

class Cache {
 public:
  struct Bounds {
    Bytes size = MiB(256);
    size_t entries = 4096;
  };

  // `folder`: the program's own; builds are kept in builds/ below it. Empty: no cache.
  explicit Cache(const std::filesystem::path& folder) : Cache(folder, Bounds()) {}
  Cache(const std::filesystem::path& folder, const Bounds& bounds);

  // The report that was kept, as it was. `key` is a hash in hexadecimal.
  std::optional<Report> Find(const std::string& key) const;
  // Written beside and renamed; then the entries that were used longest ago go, if there are too
  // many.
  void Keep(const std::string& key, const Report& report) const;

 private:
  void Shrink() const;

  std::filesystem::path folder_;
  Bounds bounds_;
};

}  // namespace plumbline::build
