// SPDX-License-Identifier: MIT
// Artifact + Scenario -> Recording: one sandbox, its processes traced, the steps played.
#pragma once

#include "base/error.h"
#include "record/recording.h"
#include "sandbox/pool.h"
#include "scenario/plan.h"
#include "trace/where/known_file.h"

namespace plumbline::scenario {

// What a run leaves to the next one of the same supervisor.
struct Workbench {
  sandbox::SandboxPool pool;
  trace::where::KnownFiles known;
};

// What the recording of a plan's run begins with.
record::Header HeaderOf(const Plan& plan);

// Plays the plan's scenario in a sandbox from the workbench's pool and returns what was seen. What
// the machine or the grader fails at is in the recording too (outcome kError), never a verdict.
// Runs in the calling thread, which must be the only one of its process that traces (ptrace belongs
// to a thread); that thread stays pinned to one processor.
record::Recording Run(const Plan& plan, Workbench& workbench);

}  // namespace plumbline::scenario
