// SPDX-License-Identifier: MIT
// A second filter for processes that run already, put on by a call that is made in their name
// (seccomp(2)): so calls that matter only once time has jumped cost nothing before.
#pragma once

#include <string>

#include "trace/process.h"

namespace plumbline::trace {

// At a syscall-entry-stop (Until::kCallEnd): seccomp(2) is made instead, for all threads of the
// process. `program`: as sandbox::MakeTraceFilter() makes it. Ends at the call's end with
// EndLateFilter(). False: it is no such stop, or there is no room on the stack.
bool BeginLateFilter(Task& task, const std::string& program);

// The call that it stood before is made, from the start.
void EndLateFilter(Task& task);

}  // namespace plumbline::trace
