// SPDX-License-Identifier: MIT
// Exercise + Recordings -> Grade: a pure function.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "evaluate/check_kind.h"
#include "evaluate/grade.h"
#include "record/recording.h"
#include "spec/exercise.h"

namespace plumbline::evaluate {

// By scenario: one recording for a plain scenario, several for one `under` something.
using Recordings = std::map<std::string, std::vector<record::Recording>>;

// What each scenario must observe so that every check of `language` that looks at it can be judged.
std::map<std::string, std::set<record::Facet>> NeedsOf(const spec::Exercise& exercise,
                                                       const std::string& language, Kinds kinds);

// Judges every check that counts for `language`. `submission`, `build` and `isolation` are taken
// over into the grade. With a failed build every check is not reached.
Grade Evaluate(const spec::Exercise& exercise, const Recordings& recordings,
               const std::string& language, Submission submission, BuildSummary build,
               const std::string& isolation, Kinds kinds);

// The IDs of the checks that fail in this run, whatever came of other scenarios.
std::set<std::string> LostIn(const spec::Exercise& exercise, const record::Recording& run,
                             const std::string& language, Kinds kinds);

}  // namespace plumbline::evaluate
