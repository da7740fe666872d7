// SPDX-License-Identifier: MIT
// Calls that read a clock, answered without the kernel.
#pragma once

#include <cstdint>
#include <optional>

#include "trace/clock/clock.h"
#include "trace/process.h"

namespace plumbline::trace::clock {

// The call's result, what it fills in being written; nothing: it is no read of a clock that passes.
std::optional<int64_t> AnswerRead(const Task& task, Clock& clock);

// times(2): what it returns, in the kernel's ticks (sysconf(3), _SC_CLK_TCK).
int64_t TicksNow(Clock& clock);

}  // namespace plumbline::trace::clock
