// SPDX-License-Identifier: MIT
#include "cli/catalogue.h"

#include <algorithm>
#include <system_error>

#include "base/text.h"
#include "cli/console.h"
#include "graders/builtin.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

bool IsExercise(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / "exercise.yaml", ignored);
}

std::vector<std::string> IdsIn(const std::vector<fs::path>& roots) {
  std::vector<std::string> ids;
  for (const fs::path& root : roots) {
    for (const fs::path& folder : ExercisesIn(root)) ids.push_back(folder.filename());
  }
  return ids;
}

std::string AdviceFor(const std::string& word, const std::vector<fs::path>& roots) {
  if (roots.empty())
    return "no folder of exercises was found: give one with --exercises DIR, or set "
           "PLUMBLINE_EXERCISES";
  const std::string near = Nearest(word, IdsIn(roots));
  return near.empty() ? "plumbline list shows what there is" : "did you mean '" + near + "'?";
}

}  // namespace

std::vector<fs::path> ExerciseRoots(const Options& options) {
  const std::vector<fs::path> wanted{
      options.exercises_folder, FromEnvironment("PLUMBLINE_EXERCISES"), "exercises",
      OwnPath().parent_path().parent_path() / "share/plumbline/exercises"};
  std::vector<fs::path> roots;
  std::error_code ignored;
  for (const fs::path& root : wanted) {
    if (!root.empty() && fs::is_directory(root, ignored)) roots.push_back(root);
  }
  return roots;
}

std::vector<fs::path> ExercisesIn(const fs::path& root) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (fs::directory_iterator it(root, error), end; !error && it != end; it.increment(error)) {
    if (IsExercise(it->path())) folders.push_back(it->path());
  }
  std::ranges::sort(folders);
  return folders;
}

Outcome<fs::path> FindExercise(const std::string& word, const std::vector<fs::path>& roots) {
  if (!word.empty() && word.find('/') == std::string::npos) {
    for (const fs::path& root : roots) {
      if (IsExercise(root / word)) return root / word;
    }
  }
  if (IsExercise(word)) return fs::path(word);
  std::error_code ignored;
  if (fs::path(word).filename() == "exercise.yaml" && fs::is_regular_file(word, ignored))
    return fs::path(word).has_parent_path() ? fs::path(word).parent_path() : fs::path(".");
  if (fs::is_directory(word, ignored))
    return Refuse("'" + Escaped(word) + "' is a folder without an exercise.yaml",
                  "give an exercise's id or the folder that holds its exercise.yaml");
  if (fs::is_regular_file(word, ignored))
    return Refuse("'" + Escaped(word) + "' is a file, not an exercise",
                  "the exercise comes first: plumbline check EXERCISE SUBMISSION");
  return Refuse("there is no exercise '" + Escaped(word) + "'", AdviceFor(word, roots));
}

spec::LoadResult LoadExerciseIn(const fs::path& folder) {
  return spec::Load(folder, graders::KindTables());
}

Outcome<spec::Exercise> LoadExercise(const Options& options) {
  TRY_ASSIGN(const fs::path folder, FindExercise(options.exercise, ExerciseRoots(options)));
  spec::LoadResult loaded = LoadExerciseIn(folder);
  if (!loaded.ok())
    return std::unexpected(Stop(Exit::kUsage, FormatAll(loaded.diagnostics, loaded.source)));
  return std::move(loaded.exercise);
}

Outcome<const spec::Check*> FindCheck(const spec::Exercise& exercise, const std::string& id,
                                      bool teacher) {
  std::vector<std::string> known;
  for (const spec::Check& check : exercise.checks) {
    const bool shown = teacher || !check.hidden;
    if (check.id == id && shown) return &check;
    if (check.id == id)
      return Refuse("the check '" + id + "' of " + exercise.id + " is hidden",
                    "what it looks at is told to teachers: --audience teacher");
    if (shown) known.push_back(check.id);
  }
  const std::string near = Nearest(id, known);
  return Refuse("there is no check '" + Escaped(id) + "' in " + exercise.id,
                near.empty() ? "plumbline show " + exercise.id + " --json lists its checks"
                             : "did you mean '" + near + "'?");
}

std::string FormatAll(const spec::Diagnostics& diagnostics, const std::string& source) {
  std::string text;
  for (const spec::Diagnostic& diagnostic : diagnostics) {
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    text += spec::Format(diagnostic, source);
  }
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

int PointsOf(const spec::Exercise& exercise) {
  const auto points_in = [&](const std::string& language) {
    int points = 0;
    for (const spec::Check& check : exercise.checks) {
      const bool counts = check.languages.empty() ||
                          std::ranges::find(check.languages, language) != check.languages.end();
      if (counts && !check.bonus) points += check.points;
    }
    return points;
  };
  int most = 0;
  for (const std::string& language : exercise.languages) most = std::max(most, points_in(language));
  return most;
}

}  // namespace plumbline::cli
