// SPDX-License-Identifier: MIT
// The result.json of Classroom 50: classroom50/result/v1.
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// Who handed in what is taken from the runner's environment. Fails without a grade, which the
// format cannot say, and without that environment.
Result<std::string> ToClassroom50(const Reported& reported);

}  // namespace plumbline::report
