// SPDX-License-Identifier: MIT
// Artifact + Scenario -> Recording: one sandbox, its processes traced, the steps played.
#pragma once

#include "base/error.h"
#include "record/recording.h"
#include "sandbox/pool.h"
#include "scenario/plan.h"

namespace plumbline::scenario {

// Plays the plan's scenario in a sandbox from `pool` and returns what was seen. What the machine or
// the grader fails at is in the recording too (outcome kError), never a verdict. Runs in the
// calling thread, which must be the only one of its process that traces (ptrace belongs to a
// thread); that thread stays pinned to one processor.
record::Recording Run(const Plan& plan, sandbox::SandboxPool& pool);

}  // namespace plumbline::scenario
