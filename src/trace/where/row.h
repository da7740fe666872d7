// SPDX-License-Identifier: MIT
// How to come from a place in a program's code to the place that called it.
#pragma once

#include <array>
#include <cstdint>

namespace plumbline::trace::where {

// Numbers of registers as DWARF has them for x86-64.
constexpr int kRsp = 7;
constexpr int kReturnAddress = 16;
constexpr int kRegisters = 17;

// How to come from a frame to its caller's.
struct Rule {
  enum class From {
    kSame,      // the register was not touched
    kMemory,    // saved at CFA + number
    kRegister,  // in the register of this number
    kNowhere,   // lost; of the return address: there is no caller
  };
  From from = From::kSame;
  int64_t number = 0;
};
struct Row {
  bool signal = false;  // the kernel's frame below a signal handler
  int cfa_register = kRsp;
  int64_t cfa_offset = 0;
  std::array<Rule, kRegisters> rules{};
};

// A row and the addresses that it is true of: [begin, end).
struct RowRange {
  uint64_t begin = 0;
  uint64_t end = 0;
  Row row;
};

}  // namespace plumbline::trace::where
