// SPDX-License-Identifier: MIT
#include "trace/where/unwind.h"

#include <sys/ucontext.h>

#include <cstddef>
#include <cstring>

#include "trace/ptrace.h"

namespace plumbline::trace::where {
namespace {

constexpr size_t kMostFrames = 64;

// Which of the numbers of mcontext_t are DWARF's: rax rdx rcx rbx rsi rdi rbp rsp r8..r15 rip.
constexpr int kSavedByKernel[kRegisters] = {REG_RAX, REG_RDX, REG_RCX, REG_RBX, REG_RSI, REG_RDI,
                                            REG_RBP, REG_RSP, REG_R8,  REG_R9,  REG_R10, REG_R11,
                                            REG_R12, REG_R13, REG_R14, REG_R15, REG_RIP};

// When a handler returns the stack pointer is at its ucontext (rt_sigreturn(2)).
std::optional<Registers> BelowHandler(const Registers& registers, const StackBytes& stack) {
  const auto context = registers.Get(kRsp);
  if (!context) return std::nullopt;
  Registers below;
  const uint64_t saved = *context + offsetof(ucontext_t, uc_mcontext.gregs);
  for (int number = 0; number < kRegisters; ++number) {
    const auto index = static_cast<uint64_t>(kSavedByKernel[number]);
    const auto value = stack.At(saved + index * sizeof(greg_t));
    if (!value) return std::nullopt;
    below.Set(number, *value);
  }
  return below;
}

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

StackBytes::StackBytes(HostPid task, uint64_t top, size_t size)
    : top_(top), bytes_(ReadMemory(task, top, size)) {
  if (!bytes_.empty()) return;
  // A stack that has grown into the page below it.
  constexpr uint64_t kPage = 4096;
  top_ = (top | (kPage - 1)) + 1;
  bytes_ = ReadMemory(task, top_, size);
}

std::optional<uint64_t> StackBytes::At(uint64_t address) const {
  uint64_t value = 0;
  if (address < top_ || address - top_ > bytes_.size() ||
      bytes_.size() - (address - top_) < sizeof value)
    return std::nullopt;
  std::memcpy(&value, bytes_.data() + (address - top_), sizeof value);
  return value;
}

namespace {

class Walk {
 public:
  Walk(const Start& start, const StackBytes& stack, Layout& layout)
      : start_(start), stack_(stack), layout_(layout), registers_(start.registers) {}

  std::optional<Spot> Here() const {
    const auto at = registers_.Get(kReturnAddress);
    // A call may be the last instruction of its function: what comes after it belongs to another.
    const uint64_t back = exact_ ? 0 : 1;
    return at ? layout_.SpotAt(*at - back) : std::nullopt;
  }

  // To the caller; false: there is none, or it is not known.
  bool GoOn(const std::optional<Spot>& here) {
    const Row* row = here ? here->module->RowAt(here->address) : nullptr;
    const bool bare = first_ && (here ? start_.in_clone : start_.whole);
    if (row == nullptr && bare) row = &kBareCall;
    in_handler_ = row != nullptr && row->signal;
    if (row == nullptr || (row->signal && !start_.whole)) return false;
    const auto caller =
        row->signal ? BelowHandler(registers_, stack_) : CallerOf(registers_, *row, stack_);
    if (!caller) return false;
    registers_ = *caller;
    exact_ = row->signal;
    first_ = false;
    return true;
  }

  std::optional<uint64_t> address() const { return registers_.Get(kReturnAddress); }
  // It has come to the kernel's frame below a handler.
  bool in_handler() const { return in_handler_; }

 private:
  const Start& start_;
  const StackBytes& stack_;
  Layout& layout_;
  Registers registers_;
  bool exact_ = start_.exact;
  bool first_ = true;
  bool in_handler_ = false;
};

}  // namespace

namespace {

std::vector<Spot> FramesOn(Walk& walk, size_t most) {
  std::vector<Spot> frames;
  for (size_t depth = 0; depth < kMostFrames && frames.size() < most; ++depth) {
    const auto here = walk.Here();
    if (here && here->module->of_student() != nullptr) frames.push_back(*here);
    if (!walk.GoOn(here)) break;
  }
  return frames;
}

}  // namespace

std::vector<Spot> Unwind(const Start& start, const StackBytes& stack, Layout& layout, size_t most) {
  Walk walk(start, stack, layout);
  return FramesOn(walk, most);
}

std::optional<HandlerStack> UnwindHandler(const Start& start, const StackBytes& stack,
                                          Layout& layout) {
  Walk walk(start, stack, layout);
  HandlerStack handler;
  for (size_t depth = 0; depth < kMostFrames; ++depth) {
    const auto here = walk.Here();
    const bool of_student = here && here->module->of_student() != nullptr;
    if (of_student) handler.frames.push_back(*here);
    const bool goes_on = walk.GoOn(here);
    if (walk.in_handler()) return handler;
    if (!goes_on) break;
    if (here && !of_student && depth > 0) handler.entered = here;
  }
  return std::nullopt;
}

std::optional<uint64_t> ReturnToStudent(const Start& start, const StackBytes& stack,
                                        Layout& layout) {
  Walk walk(start, stack, layout);
  for (size_t depth = 0; depth < kMostFrames; ++depth) {
    const auto here = walk.Here();
    if (depth > 0 && here && here->module->of_student() != nullptr) return walk.address();
    if (!walk.GoOn(here)) break;
  }
  return std::nullopt;
}

}  // namespace plumbline::trace::where
