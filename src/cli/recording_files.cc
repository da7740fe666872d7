// SPDX-License-Identifier: MIT
#include "cli/recording_files.h"

#include <algorithm>
#include <system_error>

#include "base/io.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;
constexpr char kEnding[] = ".recording.json";
constexpr Bytes kMostBytes = MiB(1024);

Outcome<std::vector<fs::path>> FilesOf(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return std::vector{path};
  std::vector<fs::path> files;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename().native().ends_with(kEnding)) files.push_back(it->path());
  }
  if (files.empty())
    return Refuse(
        "there is no recording in " + path.string(),
        std::string("recordings are named NAME") + kEnding + "; check --record DIR keeps them");
  std::ranges::sort(files);
  return files;
}

}  // namespace

Status KeepRecordings(const fs::path& folder, const evaluate::Recordings& recordings) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder, error)) {
    Error failure =
        ErrnoError("make the folder " + folder.string(), error ? error.value() : ENOTDIR).error();
    failure.hint = "give --record the name of a folder that you may write in";
    return std::unexpected(std::move(failure));
  }
  for (const auto& [scenario, runs] : recordings) {
    for (size_t i = 0; i < runs.size(); ++i) {
      const std::string name = i == 0 ? scenario : scenario + "-" + std::to_string(i + 1);
      TRY(WriteFileAtomically(folder / (name + kEnding), record::ToJson(runs[i])));
    }
  }
  return {};
}

Outcome<std::vector<record::Recording>> ReadRecordings(const std::vector<fs::path>& paths) {
  std::vector<record::Recording> recordings;
  for (const fs::path& path : paths) {
    TRY_ASSIGN(const std::vector<fs::path> files, FilesOf(path));
    for (const fs::path& file : files) {
      const Result<std::string> text = ReadFile(file, kMostBytes);
      if (!text) return Refuse(text.error().message, "give files that check --record kept");
      Result<record::Recording> recording = record::FromJson(*text);
      if (!recording)
        return Refuse(file.string() + ": " + recording.error().message, recording.error().hint);
      recordings.push_back(std::move(*recording));
    }
  }
  return recordings;
}

}  // namespace plumbline::cli
