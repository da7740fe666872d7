// SPDX-License-Identifier: MIT
// Words that all reports share.
#pragma once

#include "evaluate/finding.h"
#include "evaluate/grade.h"
#include "report/grade_document.h"

namespace plumbline::report {

// "passed", "not reached".
evaluate::Message WordFor(evaluate::Verdict verdict);
// How it ended: "ended with status 1", "nothing could move any more".
evaluate::Message WordsFor(const GradeDocument::Scenario& scenario);

}  // namespace plumbline::report
