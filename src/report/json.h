// SPDX-License-Identifier: MIT
// Grade -> the JSON document `plumbline/grade/1`, a contract (README.md key by key,
// grade.schema.json).
#pragma once

#include <string>

#include "evaluate/grade.h"
#include "report/options.h"
#include "report/translator.h"

namespace plumbline::report {

// Indented, one newline at the end. `version` is the program's. Of hidden checks students are told
// neither the findings nor which kind decided.
std::string ToJson(const evaluate::Grade& grade, const std::string& version,
                   const ReportOptions& options, const Translator& translator);

}  // namespace plumbline::report
