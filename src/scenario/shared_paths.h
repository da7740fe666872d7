// SPDX-License-Identifier: MIT
// Recordings of rung C, where a run's files are in a folder with a name of its own.
#pragma once

#include <string>

#include "base/error.h"
#include "record/recording.h"

namespace plumbline::scenario {

// Tells what is below `base` (sandbox::Sandbox::base()) as if that were the root, in everything
// that was recorded and in what programs wrote: as on the other rungs, and the same in each run.
// Nothing to do for "".
Status TellAsRoot(record::Recording& recording, const std::string& base);

}  // namespace plumbline::scenario
