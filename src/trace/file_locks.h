// SPDX-License-Identifier: MIT
// Who has a lock on a file: /proc/locks (proc_locks(5)).
#pragma once

#include <optional>

#include "record/snapshot.h"
#include "trace/tracer.h"

namespace plumbline::trace {

// Of a task that waits for a lock on its descriptor `fd`: all who have one on that file and are
// followed. Of flock(2) that is who took it, which may have passed it on by fork(2).
std::optional<record::Awaited> FileLockOf(const Task& task, int fd, Tracer& tracer);

}  // namespace plumbline::trace
