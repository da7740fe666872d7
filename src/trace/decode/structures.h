// SPDX-License-Identifier: MIT
// What arguments point to, read from the stopped task and put into words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "trace/decode/table.h"
#include "trace/ptrace.h"

namespace plumbline::trace::decode {

// What the argument at `index` points to; nothing for kinds that are no pointers. `result`: the
// call's; what the kernel fills in is there only after a success. An address itself is never told,
// since it differs from run to run: "..." stands for what is not read.
std::optional<std::string> Structure(As as, const Entry& entry, size_t index, HostPid task,
                                     int64_t result);

}  // namespace plumbline::trace::decode
