// SPDX-License-Identifier: MIT
#include "cli/student_folder.h"

#include <optional>
#include <system_error>

#include "base/io.h"
#include "base/text.h"
#include "cli/catalogue.h"
#include "spec/student_folder.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

constexpr Bytes kLargest = KiB(64);

bool IsStudentFolder(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / spec::kStudentFile, ignored);
}

// ".", "..", "../.." ...: as people would write it from where they are.
std::optional<fs::path> NearestAbove() {
  std::error_code error;
  fs::path here = fs::current_path(error);
  if (error) return std::nullopt;
  for (fs::path shown = "."; here.has_relative_path(); here = here.parent_path()) {
    if (IsStudentFolder(here)) return shown;
    shown = shown == "." ? fs::path("..") : shown / "..";
  }
  return std::nullopt;
}

// Of a submission that was named: it, or the folder that the file is in.
std::optional<fs::path> FolderOf(const fs::path& submission) {
  std::error_code ignored;
  fs::path folder = fs::is_directory(submission, ignored) ? submission : submission.parent_path();
  if (folder.empty()) folder = ".";
  return IsStudentFolder(folder) ? std::optional(folder) : std::nullopt;
}

Outcome<Options> Filled(Options options, const fs::path& folder, const fs::path& submission) {
  const fs::path file = folder / spec::kStudentFile;
  const auto text = ReadFile(file, kLargest);
  if (!text)
    return Refuse(text.error().message, "make it anew with plumbline start, in another folder");
  const spec::StudentFolderResult read = spec::ReadStudentFolder(*text, file.string());
  if (!read.ok())
    return std::unexpected(Stop(Exit::kUsage, FormatAll(read.diagnostics, read.source)));
  options.exercise = read.folder.exercise;
  options.submission = submission;
  if (options.language.empty()) options.language = read.folder.language;
  return options;
}

Outcome<Options> WithoutWords(Options options) {
  const std::optional<fs::path> folder = NearestAbove();
  if (!folder)
    return Refuse("which exercise, and which submission? This is no folder that 'start' made",
                  "plumbline check EXERCISE SUBMISSION, or go into such a folder");
  return Filled(std::move(options), *folder, *folder);
}

}  // namespace

bool InStudentFolder() { return NearestAbove().has_value(); }

Outcome<Options> Completed(Options options) {
  if (!options.submission.empty()) return options;
  if (options.exercise.empty()) return WithoutWords(std::move(options));
  const fs::path word = options.exercise;
  if (const auto folder = FolderOf(word)) {
    std::error_code ignored;
    if (fs::exists(word, ignored)) return Filled(std::move(options), *folder, word);
  }
  // An exercise that does not exist is the worse mistake.
  TRY(FindExercise(options.exercise, ExerciseRoots(options)));
  return Refuse("which submission of '" + Escaped(options.exercise) + "'?",
                "give your source file, or the folder that it is in, as SUBMISSION");
}

}  // namespace plumbline::cli
