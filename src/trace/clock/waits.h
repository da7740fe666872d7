// SPDX-License-Identifier: MIT
// Timed waits of threads. The call is really made, but for ever, so that everything else that ends
// it does; when its time has come the thread is interrupted, and the call returns what it would.
#pragma once

#include <cstdint>

#include "base/units.h"
#include "trace/process.h"

namespace plumbline::trace::clock {

// At the entry of a call that FindTimedCall() knows: it waits for ever instead. False: it is gone.
bool WaitForEver(HostPid task, const Entry& call);

// At the end of such a call, which took the kernel's `result`: what the program gets. Gives it back
// its registers, and tells it how much time is left where the call does that.
int64_t EndWait(Task& task, int64_t result, Duration now);

}  // namespace plumbline::trace::clock
