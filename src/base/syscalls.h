// SPDX-License-Identifier: MIT
// System calls by name, as syscalls(2) has them (x86-64), and the families that an exercise may
// name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline {

// "openat" for 257; "syscall 9999" for what does not exist.
std::string SyscallName(int number);
std::optional<int> SyscallNumber(std::string_view name);

// A family (fork exec wait read write open pipe connect accept poll sleep kill) or one call, as
// numbers; empty if there is no such word.
std::vector<int> SyscallsNamed(std::string_view word);
// The family that a call belongs to, or "" ("read" for readv).
std::string_view SyscallFamily(int number);
// All family words.
std::vector<std::string> SyscallFamilies();

}  // namespace plumbline
