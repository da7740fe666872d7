// SPDX-License-Identifier: MIT
// CTRF, the Common Test Report Format. https://www.ctrf.io/docs/specification/overview
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// One document; what was not reached is skipped, what could not be judged is other.
Result<std::string> ToCtrf(const Reported& reported);

}  // namespace plumbline::report
