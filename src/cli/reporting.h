// SPDX-License-Identifier: MIT
// Where grades go: standard output, and the files of --report.
#pragma once

#include "cli/grading.h"
#include "cli/options.h"
#include "cli/stop.h"
#include "spec/exercise.h"

namespace plumbline::cli {

// Standard output gets the grade for the terminal, or with --json the JSON document and nothing
// else.
Outcome<void> TellGrade(const Graded& graded, const spec::Exercise& exercise,
                        const Options& options);

}  // namespace plumbline::cli
