// SPDX-License-Identifier: MIT
// What Moodle's Virtual Programming Lab reads from the evaluation of a submission.
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// The grade in points, or in the activity's scale if VPL_GRADEMIN and VPL_GRADEMAX say what it is.
// Without a grade the line that gives one is missing.
Result<std::string> ToVpl(const Reported& reported);

}  // namespace plumbline::report
