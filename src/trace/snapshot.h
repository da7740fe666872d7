// SPDX-License-Identifier: MIT
// The state of all processes at one instant, read from /proc while nothing moves.
#pragma once

#include <set>

#include "record/recording.h"
#include "trace/sockets.h"
#include "trace/tracer.h"

namespace plumbline::trace {

// Processes, their descriptors, signals, threads, shared memory and sockets, as far as `observed`
// asks. What lies in the sandbox's file system and its IPC tables is added by who owns the sandbox.
// `init`: the sandbox's init, whose /proc entry gives the network namespace.
record::Snapshot TakeSnapshot(const std::string& name, Tracer& tracer, Journal& journal,
                              const std::set<record::Facet>& observed, HostPid init);

// What each process used by then, for the machine half.
std::map<record::ProcessIndex, record::Usage> UsageNow(Tracer& tracer);

}  // namespace plumbline::trace
