// SPDX-License-Identifier: MIT
// Programs that wait by asking all the time: waitpid(2) with WNOHANG or kill(2) with signal 0 in a
// loop. What they do is known from their calls long before the processor time shows it.
#pragma once

#include <cstdint>

#include "trace/process.h"

namespace plumbline::trace {

// At the entry of a call that stopped, `effects` being what the run has had so far. True now and
// then of a task that does nothing but ask: it made the same calls again and again, 256 in a row at
// least, nothing of anybody's has had an effect meanwhile, and it neither computed nor moved bytes
// between them.
bool OnlyAsks(Task& task, uint64_t effects);

// It has done so, and not waited for a time since.
bool HasOnlyAsked(const Task& task);

}  // namespace plumbline::trace
