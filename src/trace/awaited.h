// SPDX-License-Identifier: MIT
// What a blocked call is about, where that is no descriptor: the path that it opens, the address
// that it connects to, who has the lock. Read while nothing moves, from the task's own memory and
// from /proc.
#pragma once

#include <optional>

#include "record/snapshot.h"
#include "trace/tracer.h"

namespace plumbline::trace {

// Nothing for calls that say all by their descriptor, or by their name.
std::optional<record::Awaited> AwaitedBy(const Task& task, const Entry& entry, Tracer& tracer,
                                         Journal& journal);

}  // namespace plumbline::trace
