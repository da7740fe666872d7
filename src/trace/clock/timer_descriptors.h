// SPDX-License-Identifier: MIT
// Timers that are descriptors (timerfd_create(2)). The kernel's is never armed; what it has counted
// is written into it from outside, through a copy of a program's descriptor.
#pragma once

#include <cstdint>
#include <optional>

#include "record/event.h"

namespace plumbline::trace {
class Tracer;
}

namespace plumbline::trace::clock {

// Copies of descriptors can be had here (pidfd_getfd(2)); containers forbid it now and then.
bool CanReachDescriptors();

// The timer has gone off so often more; whoever waits for it wakes. Gives back a process that has
// it open; nothing: nobody has.
std::optional<record::ProcessIndex> AddTicks(Tracer& tracer, int object, uint64_t count);
// What it has counted and nobody has read is forgotten, as when it is set again.
void ForgetTicks(Tracer& tracer, int object);

}  // namespace plumbline::trace::clock
