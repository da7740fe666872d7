// SPDX-License-Identifier: MIT
// Commands for the runner of GitHub Actions: annotations on the student's own lines.
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// The report for a terminal, fenced so that nothing in it is a command, then the annotations: at
// most ten errors and ten warnings, which is what GitHub shows of a step.
Result<std::string> ToGithub(const Reported& reported);

}  // namespace plumbline::report
