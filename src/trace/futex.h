// SPDX-License-Identifier: MIT
// What a futex is: the C library's mutexes, semaphores, conditions and threads are told apart by
// what stands around the word that a task waits on.
#pragma once

#include <optional>

#include "record/snapshot.h"
#include "trace/tracer.h"

namespace plumbline::trace {

// Of a task that is blocked in futex(2). Who has a mutex stands in its memory (glibc's
// __data.__owner); it is believed only if such a thread is alive, of the same process or one that
// the memory is shared with.
std::optional<record::Awaited> FutexOf(const Task& task, const Entry& entry, Tracer& tracer,
                                       Journal& journal);

}  // namespace plumbline::trace
