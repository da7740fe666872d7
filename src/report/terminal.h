// SPDX-License-Identifier: MIT
// Grade -> what a person reads on a terminal.
#pragma once

#include <string>

#include "evaluate/evaluate.h"
#include "report/grade_document.h"
#include "report/options.h"
#include "report/translator.h"
#include "spec/exercise.h"

namespace plumbline::report {

// The whole report, ended by a newline. `exercise` and `recordings` are those of the grade: with
// them the wiring at the snapshot of a failed check about descriptors is drawn; either may lack it.
std::string ToTerminal(const GradeDocument& grade, const spec::Exercise& exercise,
                       const evaluate::Recordings& recordings, const ReportOptions& options,
                       const Translator& translator);

}  // namespace plumbline::report
