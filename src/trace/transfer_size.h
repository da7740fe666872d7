// SPDX-License-Identifier: MIT
// How much a call that reads or writes asks for: in an argument (read(2)), or in the lengths of the
// pieces of memory that it names (readv(2), recvmsg(2)).
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "trace/ptrace.h"

namespace plumbline::trace {

// Nothing: it is none of those, or what it names cannot be read.
std::optional<uint64_t> BytesAsked(HostPid task, const Entry& call);

// What is to be changed of a call so that it asks for `bytes` at most: arguments by number, and
// words of its memory by address, each with its new value.
struct Shorter {
  std::vector<std::pair<int, uint64_t>> arguments;
  std::vector<std::pair<uint64_t, uint64_t>> words;
};
// Nothing: as BytesAsked(), or it asks for no more than that.
std::optional<Shorter> ShorterCall(HostPid task, const Entry& call, uint64_t bytes);

}  // namespace plumbline::trace
