// SPDX-License-Identifier: MIT
// Functions that a handler must not call if its signal can come at any instant: the well-known ones
// that signal-safety(7) does not list, since they lock, allocate, or keep what they do in static
// memory.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace plumbline::trace::where {

struct UnsafeFunction {
  const char* symbol;  // "__printf_chk"
  const char* name;    // as a program's source has it: "printf"
};

std::span<const UnsafeFunction> UnsafeFunctions();

// The name of a function of the system's that has these names, if signal-safety(7) does not list
// it; nothing: it does, or it is harmless all the same, or has no name that a program would use.
std::optional<std::string> NameOfUnsafe(const std::vector<std::string>& names);

}  // namespace plumbline::trace::where
