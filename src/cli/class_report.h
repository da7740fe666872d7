// SPDX-License-Identifier: MIT
// A gradebook as pages: `report class`.
#pragma once

#include "cli/options.h"
#include "cli/stop.h"

namespace plumbline::cli {

// What stands for a format.
inline constexpr const char* kClass = "class";

// Writes the class's page to standard output or to the file of --output; if that is a folder, or
// ends with a slash, its index.html and a page for each attempt that counts.
Outcome<Exit> ReportClass(const Options& options);

}  // namespace plumbline::cli
