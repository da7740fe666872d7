// SPDX-License-Identifier: MIT
// JUnit XML, as GitLab, Jenkins and most reporters read it.
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// One suite, a case a check; failures are the student's, errors the grader's, what was not reached
// is skipped.
Result<std::string> ToJunit(const Reported& reported);

}  // namespace plumbline::report
