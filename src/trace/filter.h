// SPDX-License-Identifier: MIT
// Which calls stop the tracer: what the run is asked to observe decides, so that a program pays
// only for what somebody looks at.
#pragma once

#include <set>
#include <vector>

#include "record/recording.h"
#include "sandbox/policy.h"
#include "trace/decode/table.h"

namespace plumbline::trace {

// The call's end is told, for what it did was asked for.
bool IsFollowed(const decode::Row& row, const std::set<record::Facet>& observed);

// `also`: calls that the scenario holds, fails or hides something behind.
std::vector<sandbox::TraceRule> RulesFor(const std::set<record::Facet>& observed,
                                         const std::set<int>& also);

}  // namespace plumbline::trace
