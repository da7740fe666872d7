// SPDX-License-Identifier: MIT
// How a process ended, and what else tells why: words for findings.
#pragma once

#include <optional>
#include <vector>

#include "evaluate/finding.h"
#include "evaluate/scene.h"

namespace plumbline::evaluate {

// "cat (process 3) ended with status 1." or "... was ended by SIGSEGV at main.c:9." or
// "... had not ended."
Message HowItEnded(const Scene& scene, record::ProcessIndex process);
// Of one that a fault of its own ended: the address that it used, if that tells something, and who
// called what it was in.
std::vector<Message> HowItCrashed(const Scene& scene, record::ProcessIndex process);
// What a fatal signal means, of those that students meet; empty for others.
Message MeaningOf(int fatal_signal);
// The last line on the standard error of the program that `process` is, if there is one.
Message LastWords(const Scene& scene, record::ProcessIndex process);
// The line at which an exception ended a Python program, as its traceback on standard error has it:
// the innermost of the student's own.
std::optional<record::Location> WhereItRaised(const Scene& scene, record::ProcessIndex process);

}  // namespace plumbline::evaluate
