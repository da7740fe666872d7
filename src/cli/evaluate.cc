// SPDX-License-Identifier: MIT
#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/grading.h"
#include "cli/recording_files.h"
#include "cli/reporting.h"

namespace plumbline::cli {

Outcome<Exit> RunEvaluate(const Options& options) {
  TRY_ASSIGN(const spec::Exercise exercise, LoadExercise(options));
  TRY_ASSIGN(std::vector<record::Recording> recordings, ReadRecordings(options.recordings));
  const bool same = recordings.front().header.exercise_hash == exercise.hash;
  TRY_ASSIGN(const Graded graded, GradeRecordings(exercise, std::move(recordings), options));
  if (!same) Tell("plumbline: note: these runs were made with another version of the exercise\n");
  TRY(TellGrade(graded, exercise, {}, options));
  return ExitOf(graded.grade);
}

}  // namespace plumbline::cli
