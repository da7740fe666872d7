// SPDX-License-Identifier: MIT
// How a process ended, and what else tells why: words for findings.
#pragma once

#include "evaluate/finding.h"
#include "evaluate/scene.h"

namespace plumbline::graders::processes {

// "cat (process 3) ended with status 1." or "... was ended by SIGSEGV." or "... had not ended."
evaluate::Message HowItEnded(const evaluate::Scene& scene, record::ProcessIndex process);
// What a fatal signal means, of those that students meet; empty for others.
evaluate::Message MeaningOf(int fatal_signal);
// The last line on the standard error of the program that `process` is, if there is one.
evaluate::Message LastWords(const evaluate::Scene& scene, record::ProcessIndex process);

}  // namespace plumbline::graders::processes
