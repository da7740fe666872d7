// SPDX-License-Identifier: MIT
// The exercise's own solutions, as programs that scenarios start beside the submission.
#pragma once

#include <map>
#include <set>
#include <string>

#include "cli/crew.h"
#include "cli/grading.h"

namespace plumbline::cli {

// By name.
using Solutions = std::map<std::string, build::Runnable>;

// Builds those of these names side by side. Stops with kUsage if one cannot be read or does not
// build: the exercise is wrong; with kMachine if a compiler is missing.
Outcome<Solutions> BuildSolutions(Crew& crew, const spec::Exercise& exercise,
                                  const std::set<std::string>& names,
                                  const GradingOptions& options);

}  // namespace plumbline::cli
