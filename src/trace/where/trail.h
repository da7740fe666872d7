// SPDX-License-Identifier: MIT
// A name for the calls that a task was in: equal ones have the same number in a run.
#pragma once

namespace plumbline::trace::where {

using Trail = int;
constexpr Trail kNoTrail = -1;

}  // namespace plumbline::trace::where
