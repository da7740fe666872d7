// SPDX-License-Identifier: MIT
// What the kernel's scheduler counts of a thread: /proc/TID/schedstat
// (Documentation/scheduler/sched-stats.rst of Linux). 0: nobody counts it, or the thread has gone.
#pragma once

#include "base/pid.h"
#include "base/units.h"

namespace plumbline {

// How long a thread has had a processor.
Duration HadProcessor(HostPid task);
// How long it could have gone on and no processor was free; of a wait that lasts, nothing yet.
Duration WaitedForProcessor(HostPid task);

// How many processors this process may use: sched_getaffinity(2). At least one.
int ProcessorsForUs();

}  // namespace plumbline
