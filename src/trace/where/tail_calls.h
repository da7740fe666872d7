// SPDX-License-Identifier: MIT
// Calls that took the place of who made them: a function whose last act is a call may jump there,
// and leaves nothing on the stack. What the compiler says of its calls (DWARF 5, 3.4.1) tells of
// some which one it must have been.
#pragma once

#include <elfutils/libdw.h>

#include <cstdint>
#include <optional>

namespace plumbline::trace::where {

// `address`: the last byte of a call of whose callee, a function of the same unit, nothing is on
// the stack, though it has not returned. The last byte of the call by which it left; of a chain of
// such calls, of the last that is certain. Nothing: it called what is not of this unit, or it may
// have left by more than one call.
std::optional<uint64_t> LastCallOf(Dwarf_Die& unit, uint64_t address);

}  // namespace plumbline::trace::where
