// SPDX-License-Identifier: MIT
#include "cli/hints_given.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>

#include "base/hash.h"
#include "base/io.h"
#include "cli/console.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

constexpr Bytes kLargest = MiB(1);

std::string NameOf(const std::string& exercise, const fs::path& submission) {
  std::error_code ignored;
  const fs::path whole = fs::canonical(submission, ignored);
  return Hasher().Add(exercise).Add(whole.string()).Finish() + ".json";
}

std::map<std::string, size_t> CountsIn(const fs::path& file) {
  std::map<std::string, size_t> counts;
  const Result<std::string> text = ReadFile(file, kLargest);
  if (!text) return counts;
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (!json.is_object()) return counts;
  for (const auto& [check, count] : json.items()) {
    if (count.is_number_unsigned()) counts[check] = count.get<size_t>();
  }
  return counts;
}

}  // namespace

HintsGiven HintsGiven::Of(const std::string& exercise, const fs::path& submission) {
  HintsGiven given;
  const fs::path folder = OwnFolder("XDG_STATE_HOME", ".local/state");
  if (folder.empty()) return given;
  given.file_ = folder / "hints" / NameOf(exercise, submission);
  given.counts_ = CountsIn(given.file_);
  return given;
}

size_t HintsGiven::Count(const std::string& check) const {
  const auto count = counts_.find(check);
  return count == counts_.end() ? 0 : count->second;
}

Status HintsGiven::Note(const std::map<std::string, size_t>& given) {
  const std::map<std::string, size_t> before = counts_;
  for (const auto& [check, count] : given) counts_[check] = std::max(counts_[check], count);
  if (file_.empty() || counts_ == before) return {};
  std::error_code error;
  fs::create_directories(file_.parent_path(), error);
  if (error) return ErrnoError("make " + file_.parent_path().string(), error.value());
  return WriteFileAtomically(file_, nlohmann::json(counts_).dump() + "\n");
}

}  // namespace plumbline::cli
