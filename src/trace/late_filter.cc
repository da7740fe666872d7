// SPDX-License-Identifier: MIT
#include "trace/late_filter.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>

#include <utility>

namespace plumbline::trace {
namespace {

// What a function may keep below its stack pointer (x86-64 ABI, "red zone").
constexpr uint64_t kRedZone = 128;
constexpr uint64_t kAligned = 16;
constexpr int kSyscallInstruction = 2;  // bytes of `syscall`

// Where the filter was written; 0: nowhere.
uint64_t WriteBelow(HostPid task, uint64_t stack, const std::string& program) {
  const size_t size = sizeof(sock_fprog) + program.size();
  const uint64_t at = (stack - kRedZone - size) / kAligned * kAligned;
  const uint64_t code = at + sizeof(sock_fprog);
  const sock_fprog header{.len = static_cast<unsigned short>(program.size() / sizeof(sock_filter)),
                          .filter = reinterpret_cast<sock_filter*>(code)};
  const bool written = WriteMemory(task, at, &header, sizeof header) &&
                       WriteMemory(task, code, program.data(), program.size());
  return written ? at : 0;
}

}  // namespace

bool BeginLateFilter(Task& task, const std::string& program) {
  if (!StandsAtEntry(task.host)) return false;
  auto registers = Registers(task.host);
  if (!registers) return false;
  const uint64_t at = WriteBelow(task.host, registers->rsp, program);
  if (at == 0) return false;
  task.replaced_call = *registers;
  registers->orig_rax = SYS_seccomp;
  registers->rdi = SECCOMP_SET_MODE_FILTER;
  registers->rsi = SECCOMP_FILTER_FLAG_TSYNC;
  registers->rdx = at;
  return SetRegisters(task.host, *registers);
}

void EndLateFilter(Task& task) {
  user_regs_struct registers = *std::exchange(task.replaced_call, std::nullopt);
  registers.rax = registers.orig_rax;
  registers.orig_rax = static_cast<unsigned long long>(-1);
  registers.rip -= kSyscallInstruction;
  SetRegisters(task.host, registers);
}

}  // namespace plumbline::trace
