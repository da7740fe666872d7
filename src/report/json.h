// SPDX-License-Identifier: MIT
// GradeDocument <-> the JSON document `plumbline/grade/1`, a contract (README.md key by key,
// grade.schema.json).
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "report/grade_document.h"

namespace plumbline::report {

// Indented, one newline at the end.
std::string ToJson(const GradeDocument& document);

// Fails for what is no such document, with the place of the first wrong value:
// `checks[2].verdict: "pased" is none of passed, failed, not-reached, error`. Keys that it does not
// know are of a newer version and are left out; those that came after version 0.1.0 may be missing.
Result<GradeDocument> GradeFromJson(std::string_view text);

}  // namespace plumbline::report
