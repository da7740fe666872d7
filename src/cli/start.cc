// SPDX-License-Identifier: MIT
#include <algorithm>
#include <system_error>

#include "base/shell_word.h"
#include "base/text.h"
#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/files_below.h"
#include "cli/output_file.h"
#include "spec/student_folder.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

// The languages for which there are starting files, as the exercise lists them.
std::vector<std::string> LanguagesToStart(const spec::Exercise& exercise) {
  std::vector<std::string> languages;
  std::error_code ignored;
  std::ranges::copy_if(exercise.languages, std::back_inserter(languages),
                       [&](const std::string& language) {
                         return fs::is_directory(exercise.folder / "starter" / language, ignored);
                       });
  return languages;
}

Outcome<std::string> LanguageToStart(const spec::Exercise& exercise, const std::string& wanted) {
  const std::vector<std::string> languages = LanguagesToStart(exercise);
  if (languages.empty())
    return Refuse("exercise '" + exercise.id + "' has no starting files",
                  "write your program in " + Listed(exercise.languages) + " from scratch");
  if (wanted.empty()) {
    if (languages.size() == 1) return languages.front();
    return Refuse("in which language?", "add --language and one of " + Listed(languages));
  }
  if (std::ranges::find(languages, wanted) == languages.end())
    return Refuse("exercise '" + exercise.id + "' has no starting files in " + wanted,
                  "there are some in " + Listed(languages));
  return wanted;
}

Outcome<void> RequireAbsent(const fs::path& folder, const std::vector<fs::path>& files) {
  std::error_code ignored;
  for (const fs::path& file : files) {
    if (fs::exists(fs::symlink_status(folder / file, ignored)))
      return Refuse((folder / file).string() + " is there already, and nothing was copied",
                    "move it away, or give another folder");
  }
  return {};
}

void Remove(const fs::path& file) {
  std::error_code ignored;
  fs::remove(file, ignored);
}

Outcome<void> Copy(const fs::path& from, const fs::path& to, const std::vector<fs::path>& files) {
  for (const fs::path& file : files) {
    std::error_code error;
    fs::create_directories((to / file).parent_path(), error);
    // Without an option that allows it, an existing file is an error: never overwritten, in a race
    // either.
    if (!error) fs::copy_file(from / file, to / file, error);
    // What a full disk left of it is not to be in the way of the next try.
    if (error && error != std::errc::file_exists) Remove(to / file);
    if (error)
      return std::unexpected(ErrnoError("copy " + (to / file).string(), error.value()).error());
  }
  return {};
}

// Whether its id alone means this exercise, for who says nothing of where exercises are.
bool IsKnownById(const spec::Exercise& exercise, Options options) {
  options.exercises_folder.clear();
  const auto found = FindExercise(exercise.id, ExerciseRoots(options));
  std::error_code ignored;
  return found && fs::equivalent(*found, exercise.folder, ignored);
}

// So that no command has to be told again. A folder is meant from anywhere.
spec::StudentFolder FolderOf(const Options& options, const spec::Exercise& exercise,
                             const std::string& language) {
  const bool id = options.exercise == exercise.id && IsKnownById(exercise, options);
  std::error_code ignored;
  return {.exercise = id ? exercise.id : fs::canonical(exercise.folder, ignored).string(),
          .language = language};
}

// What is true of this machine alone is not to surprise who pushes it.
void TellWhereItLies(const fs::path& file, const fs::path& folder) {
  Tell(
      "plumbline: note: " + Escaped(file.string()) + " names the exercise by its folder, " +
      Escaped(folder.string()) +
      ", so it is for this machine alone\nthe hook before a push takes only ids from it: for that, "
      "git config plumbline.exercise FOLDER\n");
}

}  // namespace

Outcome<Exit> RunStart(const Options& options) {
  TRY_ASSIGN(const spec::Exercise exercise, LoadExercise(options));
  TRY_ASSIGN(const std::string language, LanguageToStart(exercise, options.language));
  const fs::path from = exercise.folder / "starter" / language;
  const fs::path to = options.directory.empty() ? fs::path(exercise.id) : options.directory;
  TRY_ASSIGN(std::vector<fs::path> files, FilesBelow(from));
  TRY(RequireAbsent(to, files));
  TRY(RequireAbsent(to, {spec::kStudentFile}));
  TRY(Copy(from, to, files));
  const spec::StudentFolder folder = FolderOf(options, exercise, language);
  TRY(WriteOutputFile(to / spec::kStudentFile, spec::Written(folder)));
  files.emplace_back(spec::kStudentFile);
  for (const fs::path& file : files) Print("made " + (to / file).string() + "\n");
  const bool here = options.exercise != exercise.id;  // a path, as it was written
  Print("next: read  plumbline show " + ShellWord(here ? options.exercise : folder.exercise) +
        "\n      write it, then  plumbline check " + ShellWord(to.string()) + "\n");
  if (folder.exercise != exercise.id) TellWhereItLies(to / spec::kStudentFile, folder.exercise);
  return Exit::kPassed;
}

}  // namespace plumbline::cli
