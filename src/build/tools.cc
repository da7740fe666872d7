// SPDX-License-Identifier: MIT
#include "build/tools.h"

#include <glob.h>
#include <sys/stat.h>

#include <string_view>

#include "base/hash.h"

namespace plumbline::build {
namespace {

class Matches {
 public:
  explicit Matches(const char* pattern) { (void)::glob(pattern, 0, nullptr, &found_); }
  ~Matches() { ::globfree(&found_); }
  Matches(const Matches&) = delete;
  Matches& operator=(const Matches&) = delete;

  std::span<char* const> paths() const { return {found_.gl_pathv, found_.gl_pathc}; }

 private:
  glob_t found_{};
};

// Packages set their files' times, so an upgrade shows.
void Add(const char* path, const struct stat& info, Hasher& hasher) {
  hasher.Add(path).Add(std::to_string(info.st_size));
  hasher.Add(std::to_string(info.st_mtim.tv_sec)).Add(std::to_string(info.st_mtim.tv_nsec));
}

}  // namespace

Result<std::string> IdentifyTools(std::span<const Tool> tools) {
  Hasher hasher;
  for (const Tool& tool : tools) {
    bool there = false;
    const Matches matches(tool.path);
    for (const char* path : matches.paths()) {
      struct stat info{};
      if (::stat(path, &info) < 0) continue;
      Add(path, info, hasher);
      there = true;
    }
    if (!there)
      return Fail(std::string(tool.path) + " is missing on this machine",
                  std::string("install it: sudo apt-get install ") + tool.package);
  }
  return hasher.Finish();
}

}  // namespace plumbline::build
