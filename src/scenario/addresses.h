// SPDX-License-Identifier: MIT
// The two sides of a socket, and the process that has the other one.
#pragma once

#include <optional>
#include <string>

#include "base/pid.h"
#include "record/snapshot.h"
#include "sandbox/shared_network.h"

namespace plumbline::scenario {

// Everywhere here, `network` is the run's part of a network that it shares, or nullptr.

// "127.0.0.1:7", "/lab/S", "" for what has no name. getsockname(2), getpeername(2).
std::string LocalAddressOf(int socket, const sandbox::SharedNetwork* network);
std::string RemoteAddressOf(int socket, const sandbox::SharedNetwork* network);

// The other end of our TCP socket as the sandbox's tables have it, if some process has it open.
// `inside`: a process in the sandbox's network namespace.
std::optional<record::SocketState> OtherEndOf(int socket, HostPid inside,
                                              const sandbox::SharedNetwork* network);

// A path of an exercise or of a socket's address, as an absolute one: what is relative lies in the
// working directory, and "@name" is no path (unix(7)).
std::string AbsolutePath(const std::string& path);

// An IPv4 address in its IPv6 form ("[::ffff:127.0.0.1]:7") in its own.
std::string PlainAddress(const std::string& address);

}  // namespace plumbline::scenario
