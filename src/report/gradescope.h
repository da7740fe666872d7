// SPDX-License-Identifier: MIT
// The results.json of a Gradescope autograder.
#pragma once

#include <string>

#include "report/formats.h"

namespace plumbline::report {

// Findings of hidden checks, if the document has them, are shown after the grades are published.
// Without a grade there is no score, which Gradescope takes for a failure of the autograder: it is.
Result<std::string> ToGradescope(const Reported& reported);

}  // namespace plumbline::report
