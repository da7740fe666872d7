// SPDX-License-Identifier: MIT
// Values and flags by the names that man pages give them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "trace/decode/table.h"

namespace plumbline::trace::decode {

// A value of a kind that has names, such as "O_WRONLY|O_CREAT|O_TRUNC"; what has no name stays a
// number. Nothing if values of this kind have no names.
std::optional<std::string> Named(As as, uint64_t value);

// "POLLIN|POLLHUP".
std::string PollEvents(uint64_t events);
// "SA_RESTART|SA_NOCLDWAIT", without those of the C library's own.
std::string ActionFlags(uint64_t flags);

}  // namespace plumbline::trace::decode
