// SPDX-License-Identifier: MIT
// From a stopped task's registers and the top of its stack to the calls that it is in.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/pid.h"
#include "trace/where/module.h"
#include "trace/where/row.h"

namespace plumbline::trace::where {

// Registers by DWARF's numbers; `known` has a bit for each that is.
struct Registers {
  std::array<uint64_t, kRegisters> values{};
  uint32_t known = 0;

  void Set(int number, uint64_t value) {
    values[static_cast<size_t>(number)] = value;
    known |= 1U << number;
  }
  std::optional<uint64_t> Get(int number) const {
    if ((known & (1U << number)) == 0) return std::nullopt;
    return values[static_cast<size_t>(number)];
  }
};

// Bytes of a stack from its top, read once (process_vm_readv(2)).
class StackBytes {
 public:
  StackBytes(HostPid task, uint64_t top, size_t size);
  // Eight bytes at an address; nothing outside of what was read.
  std::optional<uint64_t> At(uint64_t address) const;

 private:
  uint64_t top_;
  std::string bytes_;
};

// Which file's code is at an address of the task, and where in the file.
struct Spot {
  Module* module = nullptr;
  uint64_t address = 0;  // as the file counts
  auto operator<=>(const Spot&) const = default;
};
class Layout {
 public:
  virtual ~Layout() = default;
  virtual std::optional<Spot> SpotAt(uint64_t address) = 0;
};

// Where a task stopped.
struct Start {
  Registers registers;
  // Interrupted at this very instruction; else in a call, and the address is what comes after it.
  bool exact = false;
  // In clone(2) or clone3(2): the C library says nothing of the frame that makes it, which has
  // nothing on the stack but its return address.
  bool in_clone = false;
  // Of a crash: also what a signal handler interrupted, and who called what is no code at all.
  bool whole = false;
};

// The frames of a stack, the innermost first, at most `most`, without those of the system's own
// files. Stops where it does not know how to go on, and unless the whole is wanted at a signal
// handler: what was interrupted is not what called.
std::vector<Spot> Unwind(const Start& start, const StackBytes& stack, Layout& layout, size_t most);
// What a signal handler does.
struct HandlerStack {
  std::vector<Spot> frames;  // as of Unwind, up to the handler itself
  // The function of the system's that code of the program's called, of several the handler's
  // nearest; nothing: none, or the one that is innermost of all.
  std::optional<Spot> entered;
};
// Nothing: the stack does not lead to a handler.
std::optional<HandlerStack> UnwindHandler(const Start& start, const StackBytes& stack,
                                          Layout& layout);

// Where in a file that came with the program the innermost call of its own will return to.
std::optional<uint64_t> ReturnToStudent(const Start& start, const StackBytes& stack,
                                        Layout& layout);

}  // namespace plumbline::trace::where
