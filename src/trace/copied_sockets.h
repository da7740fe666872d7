// SPDX-License-Identifier: MIT
// Of a call about a socket that stands at its entry or its end: the socket itself, and the address
// that came with it.
#pragma once

#include <expected>
#include <string>

#include "base/pid.h"
#include "base/unique_fd.h"
#include "trace/process.h"

namespace plumbline::trace {

// A descriptor of the task's as one of ours (pidfd_getfd(2)); errno otherwise (EBADF: it has none
// of that number). Of the task itself: the first thread may have ended, and threads may have tables
// of their own.
std::expected<UniqueFd, int> CopyOf(HostPid task, int fd);

// getsockopt(2), SOL_SOCKET, of an int; -errno otherwise (ENOTSOCK).
int OptionOf(const UniqueFd& socket, int name);

// The bytes that bind(2) or connect(2) was given as an address; errno otherwise.
std::expected<std::string, int> AddressGiven(const Task& task);

}  // namespace plumbline::trace
