// SPDX-License-Identifier: MIT
#include "build/collecting.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "build/sources.h"

namespace plumbline::build {
namespace {

constexpr size_t kMostFiles = 1000;
constexpr Bytes kMostInAll = MiB(16);
constexpr size_t kLongestPath = 512;

bool HasControlCharacter(std::string_view name) {
  return std::ranges::any_of(
      name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

const char kWhichFolder[] = "give the folder of one exercise, with its source files and no others";

std::unexpected<Error> Refused(const std::string& path, std::string_view what, std::string hint) {
  return Fail(Escaped(path, kLongestPath) + ": " + std::string(what), std::move(hint));
}

bool IsLeftOut(std::string_view name) {
  static constexpr std::string_view kEndings[] = {".o", ".a", ".so", ".pyc", ".gch", "~"};
  return name.starts_with('.') || name == "__pycache__" ||
         std::ranges::any_of(kEndings, [&](std::string_view end) { return name.ends_with(end); });
}

Status Collecting::CheckName(const std::string& shown, const std::string& inside) {
  if (!IsUtf8(inside)) return Refused(shown, "a name that is not UTF-8", "rename it");
  if (HasControlCharacter(inside))
    return Refused(shown, "a name with a control character", "rename it");
  if (inside.size() > kLongestPath) return Refused(shown, "a name that is too long", "rename it");
  return {};
}

Status Collecting::Take(const std::string& shown, SourceFile file) {
  if (file.content.starts_with("\177ELF")) return {};
  if (submission_.files.size() == kMostFiles)
    return Refused(shown, "more than " + std::to_string(kMostFiles) + " files", kWhichFolder);
  size_ += file.content.size();
  if (size_ > kMostInAll.count)
    return Refused(shown, "with it the files are larger than " + ToString(kMostInAll) + " together",
                   kWhichFolder);
  submission_.files.push_back(std::move(file));
  return {};
}

Submission Collecting::Finish() && {
  // A folder's files stand where the folder does, but "a-b" sorts before "a/b".
  std::ranges::sort(submission_.files, {}, &SourceFile::path);
  submission_.hash = HashOf(submission_.files);
  return std::move(submission_);
}

}  // namespace plumbline::build
