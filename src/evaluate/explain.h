// SPDX-License-Identifier: MIT
// Why a process cannot go on: what it waits for, who could end the wait, and why nobody does. Used
// by every finding about a program that hangs.
//
// Processes that wait for one another are a graph; the explanation follows it from the process that
// was asked about to the descriptor, lock or signal that closes the circle.
#pragma once

#include <optional>
#include <vector>

#include "evaluate/cause.h"
#include "evaluate/finding.h"
#include "evaluate/scene.h"

namespace plumbline::evaluate {

struct Explanation {
  record::ProcessIndex process = record::kGrader;  // who was asked about
  Message waits;                  // "sort (process 5) waits for end of file on the pipe from cat."
  std::vector<Message> evidence;  // who could end it, where that end was made, what they wait for
  Message why;                    // the likely cause, if it is clear
  Message next;                   // what to do about it
  std::optional<record::Location> location;
  Cause cause = Cause::kOther;
  // The smallest set of processes that explains it: those that wait for each other (`mutual`), else
  // the one that nobody can wake, and who should have woken it.
  std::vector<record::ProcessIndex> set;
  bool mutual = false;
};

// What `process` waited for at `at`. REQUIRES: it is in the snapshot.
Explanation ExplainWait(const Scene& scene, record::ProcessIndex process,
                        const record::Snapshot& at);

// What kept a run from going on, of one that hung (Hung, reach.h): with a code of cause.h. Nothing
// of any other run, and where nobody was left.
std::optional<Finding> FindingOfHang(const Scene& scene);

// Why nobody goes on in a run that hung, or that ended because a step could not happen while the
// program waited for what no later step could have given: a signal that had come before, a lock
// that is kept. Nothing of any other run.
std::optional<Explanation> WhyItStands(const Scene& scene);

// For the evidence of another finding: how the run ended, if not by the program's own exit, and
// what it waited for if it hung. Empty if there is nothing to say.
std::vector<Message> EvidenceOfEnd(const Scene& scene);

}  // namespace plumbline::evaluate
