// SPDX-License-Identifier: MIT
// Why a process cannot go on: what it waits for, who could end the wait, and why nobody does. Used
// by every finding about a program that hangs.
//
// Processes that wait for one another are a graph; the explanation follows it from the process that
// was asked about to the descriptor, lock or signal that closes the circle.
#pragma once

#include <optional>
#include <vector>

#include "evaluate/finding.h"
#include "evaluate/scene.h"

namespace plumbline::evaluate {

struct Explanation {
  Message waits;                  // "sort (process 5) waits for end of file on the pipe from cat."
  std::vector<Message> evidence;  // who could end it, where that end was made, what they wait for
  Message why;                    // the likely cause, if it is clear
  Message next;                   // what to do about it
  std::optional<record::Location> location;
};

// What `process` waited for at `at`. REQUIRES: it is in the snapshot.
Explanation ExplainWait(const Scene& scene, record::ProcessIndex process,
                        const record::Snapshot& at);

// For the evidence of another finding: how the run ended, if not by the program's own exit, and
// what it waited for if it hung. Empty if there is nothing to say.
std::vector<Message> EvidenceOfEnd(const Scene& scene);

}  // namespace plumbline::evaluate
