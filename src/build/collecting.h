// SPDX-License-Identifier: MIT
// What may be a file of a submission, wherever it comes from: names, sizes, numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/units.h"
#include "build/build.h"

namespace plumbline::build {

constexpr size_t kMostEntries = 10000;  // of a folder or an archive, those left out too
constexpr Bytes kMostInFile = MiB(4);
constexpr int kDeepest = 16;  // folders inside one another

// Refusals: "PATH: WHAT", and what to do.
std::unexpected<Error> Refused(const std::string& path, std::string_view what, std::string hint);
extern const char kWhichFolder[];  // a hint

// By its own name: a hidden file, or what editors, compilers and interpreters leave.
bool IsLeftOut(std::string_view name);

class Collecting {
 public:
  // Names travel through messages of compilers and through reports, a line each. `shown`: for
  // messages; `inside`: within the submission.
  static Status CheckName(const std::string& shown, const std::string& inside);

  // A file of it. A built program (elf(5)) is left out.
  Status Take(const std::string& shown, SourceFile file);

  // Its files by their names, and their hash.
  Submission Finish() &&;

 private:
  Submission submission_;
  uint64_t size_ = 0;
};

}  // namespace plumbline::build
