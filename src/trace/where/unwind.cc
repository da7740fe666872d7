// SPDX-License-Identifier: MIT
#include "trace/where/unwind.h"

#include <cstring>

#include "trace/ptrace.h"

namespace plumbline::trace::where {
namespace {

// Enough for what the C library has between a program and the kernel (vfprintf, system, perror).
constexpr size_t kStackBytes = 8192;
constexpr size_t kMostFrames = 64;

// A function that has nothing on the stack but its return address.
const Row kBareCall = [] {
  Row row{.cfa_offset = sizeof(uint64_t)};
  row.rules[kReturnAddress] = {.from = Rule::From::kMemory, .number = -8};
  return row;
}();

std::optional<uint64_t> Recover(const Rule& rule, int number, uint64_t cfa,
                                const Registers& registers, const StackBytes& stack) {
  switch (rule.from) {
    case Rule::From::kSame:
      return registers.Get(number);
    case Rule::From::kMemory:
      return stack.At(cfa + static_cast<uint64_t>(rule.number));
    case Rule::From::kRegister:
      return registers.Get(static_cast<int>(rule.number));
    case Rule::From::kNowhere:
      break;
  }
  return std::nullopt;
}

std::optional<Registers> CallerOf(const Registers& registers, const Row& row,
                                  const StackBytes& stack) {
  const auto base = registers.Get(row.cfa_register);
  if (!base) return std::nullopt;
  const uint64_t cfa = *base + static_cast<uint64_t>(row.cfa_offset);
  Registers caller;
  for (int number = 0; number < kRegisters; ++number) {
    const auto value =
        Recover(row.rules[static_cast<size_t>(number)], number, cfa, registers, stack);
    if (value) caller.Set(number, *value);
  }
  caller.Set(kRsp, cfa);
  if (!caller.Get(kReturnAddress)) return std::nullopt;
  return caller;
}

}  // namespace

StackBytes::StackBytes(HostPid task, uint64_t top)
    : top_(top), bytes_(ReadMemory(task, top, kStackBytes)) {}

std::optional<uint64_t> StackBytes::At(uint64_t address) const {
  uint64_t value = 0;
  if (address < top_ || address - top_ > bytes_.size() ||
      bytes_.size() - (address - top_) < sizeof value)
    return std::nullopt;
  std::memcpy(&value, bytes_.data() + (address - top_), sizeof value);
  return value;
}

std::vector<Spot> Unwind(const Start& start, const StackBytes& stack, Layout& layout, size_t most) {
  std::vector<Spot> frames;
  Registers registers = start.registers;
  for (size_t depth = 0; depth < kMostFrames && frames.size() < most; ++depth) {
    const auto at = registers.Get(kReturnAddress);
    // A call may be the last instruction of its function: what comes after it belongs to another.
    const uint64_t back = start.exact && depth == 0 ? 0 : 1;
    const auto spot = at ? layout.SpotAt(*at - back) : std::nullopt;
    if (!spot) break;
    if (!spot->module->of_system()) frames.push_back(*spot);
    const Row* row = spot->module->RowAt(spot->address);
    if (row == nullptr && start.in_clone && depth == 0) row = &kBareCall;
    if (row == nullptr || row->signal) break;
    const auto caller = CallerOf(registers, *row, stack);
    if (!caller) break;
    registers = *caller;
  }
  return frames;
}

}  // namespace plumbline::trace::where
