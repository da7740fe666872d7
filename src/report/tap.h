// SPDX-License-Identifier: MIT
// TAP 14, the Test Anything Protocol. https://testanything.org/tap-version-14-specification.html
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// A line a check; what was not reached is skipped.
Result<std::string> ToTap(const Reported& reported);

}  // namespace plumbline::report
