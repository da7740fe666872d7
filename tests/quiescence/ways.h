// SPDX-License-Identifier: MIT
// The ways in which tests/tracees/hangs.c cannot go on, and the code that each must get.
#pragma once

#include <span>
#include <string_view>

namespace plumbline::quiescence {

enum class Needs { kNothing, kOpenInput, kTerminal };

struct Way {
  std::string_view name;
  std::string_view code;
  Needs needs = Needs::kNothing;
};

// In which all are blocked; those that use the processor for ever end at its limit.
inline constexpr Way kWays[] = {
    {"end-of-file", "deadlock.no-end-of-file"},
    {"own-end", "deadlock.no-end-of-file"},
    {"poll", "deadlock.no-end-of-file"},
    {"pipe-full", "deadlock.pipe-full"},
    {"both-read", "deadlock.both-read"},
    {"both-hear", "deadlock.both-read"},
    {"fifo", "deadlock.fifo-without-peer"},
    {"fifo-crossed", "deadlock.fifo-without-peer"},
    {"child-full", "deadlock.child-waits"},
    {"child-waits", "deadlock.child-waits"},
    {"child-stopped", "deadlock.child-stopped"},
    {"lost-signal", "deadlock.lost-signal"},
    {"signal-blocked", "deadlock.signal-blocked"},
    {"no-signal", "deadlock.no-signal"},
    {"nobody-connects", "deadlock.nobody-connects"},
    {"nobody-sends", "deadlock.nobody-sends"},
    {"backlog-full", "deadlock.backlog-full"},
    {"mutexes-crossed", "deadlock.lock-kept"},
    {"mutex-kept", "deadlock.lock-kept"},
    {"shared-mutex", "deadlock.lock-kept"},
    {"file-lock", "deadlock.lock-kept"},
    {"record-lock", "deadlock.lock-kept"},
    {"semaphore", "deadlock.semaphore-kept"},
    {"semaphore-set", "deadlock.semaphore-kept"},
    {"condition", "deadlock.condition"},
    {"thread", "deadlock.no-signal"},
    {"no-message", "deadlock.no-message"},
    {"queues", "deadlock.no-message"},
    {"queue-full", "deadlock.queue-full"},
    {"no-input", "deadlock.no-input", Needs::kOpenInput},
    {"background", "deadlock.background-terminal", Needs::kTerminal},
};

}  // namespace plumbline::quiescence
