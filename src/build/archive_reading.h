// SPDX-License-Identifier: MIT
// The process that reads an archive (archive_process.h), as the one that asks it sees it. It lives
// as long as the value does.
//
//   TRY_ASSIGN(const ArchiveReading reading, ArchiveReading::Start(path, kForOneStudent));
//   while (const auto said = reading.Next()) ...
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"
#include "build/archive_process.h"

namespace plumbline::build {

struct Said {
  ArchiveSays what = ArchiveSays::kDamaged;
  bool executable = false;
  int64_t changed = 0;  // seconds since 1970; 0: not told
  std::string text;
};

class ArchiveReading {
 public:
  static Result<ArchiveReading> Start(const std::filesystem::path& path,
                                      const ArchiveBounds& bounds);
  ArchiveReading(ArchiveReading&&) = default;
  ArchiveReading& operator=(ArchiveReading&&) = delete;
  ~ArchiveReading();

  // Nothing: it died, for what it took, or is silent.
  std::optional<Said> Next() const;

 private:
  ArchiveReading(UniqueFd pidfd, UniqueFd socket)
      : pidfd_(std::move(pidfd)), socket_(std::move(socket)) {}
  UniqueFd pidfd_;
  UniqueFd socket_;
};

// The parts of a name that stays within the archive, without the empty ones and "."; nothing if it
// leads out of it.
std::optional<std::vector<std::string>> PartsWithin(const std::string& name);

// The folder that packing on a Mac adds.
inline constexpr const char* kMacFolder = "__MACOSX";

}  // namespace plumbline::build
