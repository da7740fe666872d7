// SPDX-License-Identifier: MIT
// How a process ended, and what else tells why: words for findings.
#pragma once

#include "evaluate/finding.h"
#include "evaluate/scene.h"

namespace plumbline::evaluate {

// "cat (process 3) ended with status 1." or "... was ended by SIGSEGV." or "... had not ended."
Message HowItEnded(const Scene& scene, record::ProcessIndex process);
// What a fatal signal means, of those that students meet; empty for others.
Message MeaningOf(int fatal_signal);
// The last line on the standard error of the program that `process` is, if there is one.
Message LastWords(const Scene& scene, record::ProcessIndex process);

}  // namespace plumbline::evaluate
