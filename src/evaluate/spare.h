// SPDX-License-Identifier: MIT
// Ends of pipes and sockets that a process holds and never uses again: what keeps others from their
// end of file.
#pragma once

#include "evaluate/plumbing.h"
#include "evaluate/scene.h"

namespace plumbline::evaluate {

// Whether the run after the snapshot shows no use of this end. 0, 1 and 2 belong to the program
// that runs there, whether it uses them or not. Needs transfers, descriptors and sockets to have
// been observed. REQUIRES: the process has the descriptor at the snapshot.
bool IsSpare(const Scene& scene, const Holding& holding, const record::Snapshot& at);

}  // namespace plumbline::evaluate
