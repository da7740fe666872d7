// SPDX-License-Identifier: MIT
// Between grades and the gradebook: what the commands about a class have in common.
#pragma once

#include <filesystem>

#include "cli/stop.h"
#include "evaluate/grade.h"
#include "gradebook/gradebook.h"
#include "spec/exercise.h"

namespace plumbline::cli {

// Stops with kUsage for a file that is no gradebook; with kMachine for a disk that fails. Unless
// `make`, also for one that is not there.
Outcome<gradebook::Gradebook> OpenGradebook(const std::filesystem::path& file, bool make);

// A grade without points is an error, with what the machine failed at.
gradebook::ResultRow RowOf(const evaluate::Grade& grade, const spec::Exercise& exercise);

}  // namespace plumbline::cli
