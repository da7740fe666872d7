// SPDX-License-Identifier: MIT
// Words that all reports share.
#pragma once

#include <string>

#include "evaluate/finding.h"
#include "evaluate/grade.h"
#include "report/grade_document.h"
#include "report/translator.h"

namespace plumbline::report {

// "passed", "not reached".
evaluate::Message WordFor(evaluate::Verdict verdict);
// How it ended: "ended with status 1", "nothing could move any more".
evaluate::Message WordsFor(const GradeDocument::Scenario& scenario);
// One hint of the check, safe in text, and that there are more if some are kept back.
std::string HintOf(const GradeDocument::Check& check, const std::string& hint,
                   const Translator& translator);

}  // namespace plumbline::report
