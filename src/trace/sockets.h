// SPDX-License-Identifier: MIT
// The sockets of a network namespace, as the kernel lists them.
#pragma once

#include <cstdint>
#include <map>

#include "base/pid.h"
#include "record/snapshot.h"
#include "sandbox/shared_network.h"

namespace plumbline::trace {

// By inode, from /proc/PID/net/{tcp,tcp6,unix} of a process inside (proc_net(5)). Sockets that are
// neither bound nor connected are in none of these. A path that was bound as a relative one is told
// as it was. `network`: of a run that shares the machine's; of TCP only its sockets are given, with
// the ports that it knows, of UNIX all that the machine has. Else nullptr.
std::map<uint64_t, record::SocketState> SocketsOf(HostPid inside,
                                                  const sandbox::SharedNetwork* network);

// A descriptor of the process is the socket with this inode.
bool HoldsSocket(HostPid process, uint64_t inode);

}  // namespace plumbline::trace
