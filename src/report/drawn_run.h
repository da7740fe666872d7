// SPDX-License-Identifier: MIT
// Which of a scenario's runs a report draws.
#pragma once

#include <string>

#include "evaluate/evaluate.h"
#include "report/grade_document.h"

namespace plumbline::report {

// The run that lost, as the grade says it (failed_run), else the first: what is drawn under a check
// that failed must not be a run that passed. If `snapshot` is not "", of those that have it, where
// one has. Owned by `recordings`; nullptr: there is none of the scenario.
const record::Recording* RunOf(const GradeDocument& grade, const std::string& scenario,
                               const evaluate::Recordings& recordings,
                               const std::string& snapshot = "");

}  // namespace plumbline::report
