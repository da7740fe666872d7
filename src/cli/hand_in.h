// SPDX-License-Identifier: MIT
// One submission's result on its way to a gradebook, as `check --student` puts it there.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "cli/grading.h"
#include "cli/options.h"
#include "cli/stop.h"
#include "gradebook/gradebook.h"
#include "gradebook/roster.h"
#include "spec/exercise.h"

namespace plumbline::cli {

class HandIn {
 public:
  // Opens the gradebook of `options`, or makes one, for its student. Stops with kUsage if the
  // roster does not have her, and if what was asked for is no submission as all others are.
  // REQUIRES: both outlive it.
  static Outcome<HandIn> Begin(const spec::Exercise& exercise, const Options& options);

  // What came of it when she handed in the same before, and neither the exercise nor the program
  // has changed since: it is her last attempt again. Nothing if it has to be run.
  Outcome<std::optional<Graded>> Known(const build::Submission& submission);

  // Her attempt of now: a grade, or why there is none. A signal is no result.
  Outcome<void> Put(const Outcome<build::Submission>& submission, const Outcome<Graded>& graded);

 private:
  HandIn(const spec::Exercise& exercise, const Options& options, gradebook::Gradebook book,
         gradebook::Student student)
      : exercise_(&exercise),
        options_(&options),
        book_(std::move(book)),
        student_(std::move(student)) {}

  // The attempt of this content, handed in now.
  Outcome<int64_t> Attempt(const std::string& hash);

  const spec::Exercise* exercise_;
  const Options* options_;
  gradebook::Gradebook book_;
  gradebook::Student student_;
};

}  // namespace plumbline::cli
