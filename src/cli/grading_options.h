// SPDX-License-Identifier: MIT
// What a command line says of how to grade.
#pragma once

#include "cli/crew.h"
#include "cli/grading.h"
#include "cli/options.h"
#include "cli/stop.h"
#include "spec/exercise.h"

namespace plumbline::cli {

// Stops where the machine cannot give the isolation that is wanted or required.
Outcome<GradingOptions> GradingOptionsFor(Crew& crew, const spec::Exercise& exercise,
                                          const Options& options);

}  // namespace plumbline::cli
