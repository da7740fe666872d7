// SPDX-License-Identifier: MIT
#include "trace/clock/vdso.h"

#include <elf.h>

#include <cstring>
#include <string>

#include "trace/ptrace.h"

namespace plumbline::trace::clock {
namespace {

constexpr size_t kWord = sizeof(uint64_t);

// The words of a program's stack, read a piece at a time.
class Words {
 public:
  Words(HostPid task, uint64_t address) : task_(task), address_(address) {}
  // Nothing: there is no memory.
  std::optional<uint64_t> At(size_t index) {
    constexpr size_t kPiece = 2048;
    while (bytes_.size() < (index + 1) * kWord) {
      const std::string more = ReadMemory(task_, address_ + bytes_.size(), kPiece);
      bytes_ += more.substr(0, more.size() / kWord * kWord);
      if (more.size() < kPiece) break;
    }
    if (bytes_.size() < (index + 1) * kWord) return std::nullopt;
    uint64_t word = 0;
    std::memcpy(&word, bytes_.data() + index * kWord, kWord);
    return word;
  }

 private:
  HostPid task_;
  uint64_t address_;
  std::string bytes_;
};

}  // namespace

// From the stack pointer up: argc, argv and NULL, envp and NULL, the vector and AT_NULL.
bool HideVdso(HostPid task) {
  const auto registers = Registers(task);
  if (!registers) return false;
  Words words(task, registers->rsp);
  const auto arguments = words.At(0);
  if (!arguments) return false;
  size_t at = *arguments + 2;
  while (true) {
    const auto variable = words.At(at++);
    if (!variable) return false;
    if (*variable == 0) break;
  }
  for (;; at += 2) {
    const auto type = words.At(at);
    if (!type) return false;
    if (*type == AT_NULL) return true;  // a kernel without it
    if (*type != AT_SYSINFO_EHDR) continue;
    const uint64_t ignore = AT_IGNORE;
    return WriteMemory(task, registers->rsp + at * kWord, &ignore, kWord);
  }
}

}  // namespace plumbline::trace::clock
