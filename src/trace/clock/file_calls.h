// SPDX-License-Identifier: MIT
// Calls that ask for the times of files or set them.
#pragma once

#include <vector>

#include "sandbox/policy.h"
#include "trace/clock/file_times.h"
#include "trace/process.h"

namespace plumbline::trace::clock {

// They stop only in processes that have this filter besides, which they get once it matters
// (trace/late_filter.h).
std::vector<sandbox::TraceRule> FileRules();

bool AsksForFileTimes(int call);
// At the end of such a call, which succeeded.
void TellFileTimes(const Task& task, FileTimes& times);

// At the entry of any call: the times that a program sets are remembered.
void NoteSetFileTimes(const Task& task, FileTimes& times);

}  // namespace plumbline::trace::clock
