// SPDX-License-Identifier: MIT
// The supervisor's main loop: takes tasks one after another on a socket, answers each.
#pragma once

namespace plumbline::scenario {

// Pins this thread to processor `cpu`, enters the supervisor's namespaces, then answers tasks until
// the socket ends. Returns the exit status of the process. Single-threaded.
int Supervise(int socket, int cpu);

}  // namespace plumbline::scenario
