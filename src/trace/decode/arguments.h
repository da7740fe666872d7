// SPDX-License-Identifier: MIT
// A call's arguments as people read them in a man page.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "trace/decode/table.h"
#include "trace/ptrace.h"

namespace plumbline::trace::decode {

using Told = std::vector<std::pair<std::string, std::string>>;

// Reads what the arguments point to from the stopped task, at the call's end. `result`: the raw
// one; what the kernel fills in is there only after a success.
Told Arguments(const Row& row, const Entry& entry, HostPid task, int64_t result);

// "127.0.0.1:7", "[::1]:7", "/lab/S", "@name" for abstract ones, "" for what it is not.
std::string Address(std::string_view sockaddr_bytes);

}  // namespace plumbline::trace::decode
