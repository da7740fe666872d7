// SPDX-License-Identifier: MIT
// Programs that wait by asking all the time: waitpid(2) with WNOHANG or kill(2) with signal 0 in a
// loop. What they do is known from their calls long before the processor time shows it.
#pragma once

#include <cstdint>

#include "trace/process.h"

namespace plumbline::trace {

// At the entry of another call that stopped, `effects` being what the run has had so far. True now
// and then of a task that does nothing but ask: it made the same calls again and again, 256 in a
// row at least, nothing of anybody's has had an effect meanwhile, and it neither computed nor moved
// bytes between them.
bool OnlyAsks(Task& task, uint64_t effects);

// At the entry of a call that reads a clock: true of one in 128. Who only reads the clock is
// stopped all the time and would never be found between two stops; that it stands for a look now
// and then proves nothing of it.
bool ReadsClock(const Task& task);
bool ReadsClockAgain(Task& task);

// It has done so, and not waited for a time since.
bool HasOnlyAsked(const Task& task);

}  // namespace plumbline::trace
