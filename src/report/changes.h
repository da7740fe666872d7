// SPDX-License-Identifier: MIT
// What a grade says that the one before it did not.
#pragma once

#include "report/grade_document.h"

namespace plumbline::report {

struct Changes {
  GradeDocument grade;  // without the checks that are as they were
  int same = 0;         // how many those are
};

// Checks are the same if they have the same verdict for the same reasons, wherever in the source.
// Of another exercise, or after a build that failed, all is new.
Changes ChangedSince(const GradeDocument& before, GradeDocument now);

}  // namespace plumbline::report
