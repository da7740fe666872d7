// SPDX-License-Identifier: MIT
// What one instruction of a program is about to do to memory, from its bytes and the registers
// (Intel SDM, volume 2). Pure. Only as much of the machine's language as compilers use for plain
// and atomic accesses: what is not known accesses nothing, and what grows the stack is left out.
#pragma once

#include <sys/user.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace plumbline::trace {

struct MemoryAccess {
  uint64_t address = 0;
  uint64_t bytes = 0;
  bool writes = false;
  // It reads, changes and writes back, and is not atomic: on a machine with more processors
  // another access can come between the two.
  bool in_two_steps = false;
};

constexpr size_t kLongestInstruction = 15;

// `code` begins with the instruction and has as much of kLongestInstruction bytes as there is. Of a
// copy from memory to memory, what is written.
std::optional<MemoryAccess> AccessOf(std::string_view code, const user_regs_struct& registers);
constexpr uint64_t kSystemCallBytes = 2;
bool IsSystemCall(std::string_view code);
// Jcc, LOOPcc, JRCXZ.
bool IsConditionalJump(std::string_view code);

}  // namespace plumbline::trace
