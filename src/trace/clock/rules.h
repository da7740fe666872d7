// SPDX-License-Identifier: MIT
// The calls that have to stop for the sake of virtual time, beyond those that are followed anyway.
#pragma once

#include <vector>

#include "sandbox/policy.h"

namespace plumbline::trace::clock {

// `reads`: those that only read a clock, too.
std::vector<sandbox::TraceRule> Rules(bool reads);

}  // namespace plumbline::trace::clock
