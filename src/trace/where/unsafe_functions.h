// SPDX-License-Identifier: MIT
// Functions that a handler must not call if its signal can come at any instant: the well-known ones
// that signal-safety(7) does not list, since they lock, allocate, or keep what they do in static
// memory.
#pragma once

#include <span>

namespace plumbline::trace::where {

struct UnsafeFunction {
  const char* symbol;  // "__printf_chk"
  const char* name;    // as a program's source has it: "printf"
};

std::span<const UnsafeFunction> UnsafeFunctions();

}  // namespace plumbline::trace::where
