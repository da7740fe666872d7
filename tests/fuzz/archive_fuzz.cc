// SPDX-License-Identifier: MIT
// An archive is whatever a student uploaded: it is a submission by the rules of a folder, or
// refused. The process that unpacks it is a real one each time.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "base/check.h"
#include "base/unique_fd.h"
#include "build/archive.h"

namespace {

using namespace plumbline;

constexpr size_t kMostFiles = 1000;
constexpr size_t kMostOfOne = size_t{4} << 20;
constexpr size_t kMostOfAll = size_t{16} << 20;

// README.md of src/build.
void CheckSubmission(const build::Submission& submission) {
  CHECK(submission.files.size() <= kMostFiles);
  CHECK(!submission.hash.empty());
  std::set<std::string> names;
  size_t all = 0;
  for (const build::SourceFile& file : submission.files) {
    const std::filesystem::path path = file.path;
    CHECK(path.is_relative() && path.lexically_normal() == path && *path.begin() != "..");
    for (const unsigned char c : file.path) CHECK(c >= 0x20 && c != 0x7f);
    CHECK(names.insert(file.path).second);
    CHECK(file.content.size() <= kMostOfOne);
    all += file.content.size();
  }
  CHECK(all <= kMostOfAll);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const UniqueFd memory(::memfd_create("archive", MFD_CLOEXEC));
  CHECK(::write(memory.get(), data, size) == static_cast<ssize_t>(size));
  const auto submission = build::ReadArchive("/proc/self/fd/" + std::to_string(memory.get()));
  if (submission)
    CheckSubmission(*submission);
  else
    CHECK(!submission.error().message.empty());
  return 0;
}
