// SPDX-License-Identifier: MIT
// Where exercises are, and reading one: from the word on the command line to a typed Exercise.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/stop.h"
#include "spec/loader.h"

namespace plumbline::cli {

// The folders that hold exercises, in the order in which they are searched: --exercises,
// $PLUMBLINE_EXERCISES, ./exercises, the installed ones. Those that exist.
std::vector<std::filesystem::path> ExerciseRoots(const Options& options);

// The folders of all exercises of a root, by name.
std::vector<std::filesystem::path> ExercisesIn(const std::filesystem::path& root);

// The folder of the exercise that `word` means: an id, else a folder. An unknown one is answered
// with the nearest id.
Outcome<std::filesystem::path> FindExercise(const std::string& word,
                                            const std::vector<std::filesystem::path>& roots);

// Reads FOLDER/exercise.yaml with the check kinds of this program.
spec::LoadResult LoadExerciseIn(const std::filesystem::path& folder);

// Both; a faulty exercise stops with its diagnostics and carets.
Outcome<spec::Exercise> LoadExercise(const Options& options);

// The exercise's check of that id. Stops for one that there is not, with the nearest; for one that
// is hidden too, unless for a `teacher`.
Outcome<const spec::Check*> FindCheck(const spec::Exercise& exercise, const std::string& id,
                                      bool teacher);

// Of all its checks, bonus left out, in the language in which there are most.
int PointsOf(const spec::Exercise& exercise);

// All diagnostics as text, one after another.
std::string FormatAll(const spec::Diagnostics& diagnostics, const std::string& source);

}  // namespace plumbline::cli
