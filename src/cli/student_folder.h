// SPDX-License-Identifier: MIT
// A student's folder, which `start` made: there nobody has to say which exercise is meant.
#pragma once

#include "cli/options.h"
#include "cli/stop.h"

namespace plumbline::cli {

// Fills in what a command line leaves out of EXERCISE and SUBMISSION. Without both the folder is
// the current one or the nearest above it with a .plumbline.yaml; with one word that is a file or a
// folder, its own. Stops with kUsage where there is none, or a faulty one.
Outcome<Options> Completed(Options options);

// Whether the current folder, or one above it, is a student's.
bool InStudentFolder();

}  // namespace plumbline::cli
