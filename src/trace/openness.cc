// SPDX-License-Identifier: MIT
#include "trace/openness.h"

#include <linux/ptrace.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>
#include <vector>

#include "trace/ptrace.h"

namespace plumbline::trace {
namespace {

long Ptrace(long request, HostPid task, uint64_t address, uint64_t data) {
  return ::syscall(SYS_ptrace, request, static_cast<long>(task.value), address, data);
}

// One instruction further, or out of the call that it is in. Signals that come meanwhile are kept.
// False: `status` tells of its end.
bool Step(HostPid task, int& status, std::vector<int>& kept) {
  while (Ptrace(PTRACE_SINGLESTEP, task, 0, 0) == 0) {
    while (::waitpid(task.value, &status, __WALL) < 0 && errno == EINTR) {
    }
    if (!WIFSTOPPED(status)) return false;
    if (status >> 8 == SIGTRAP) return true;
    // Its own filter may stop the call too (PTRACE_EVENT_SECCOMP).
    if (WSTOPSIG(status) != SIGTRAP) kept.push_back(WSTOPSIG(status));
  }
  status = 0;
  return false;
}

}  // namespace

// The folder belongs to root then. Of privileged supervisors nothing is closed.
bool IsClosed(HostPid task) {
  return ::access(("/proc/" + std::to_string(task.value) + "/fd").c_str(), R_OK) < 0 &&
         errno == EACCES;
}

std::optional<int> Open(HostPid task) {
  constexpr uint64_t kCallInstruction = 0x050f;
  std::vector<int> kept;
  int status = 0;
  // The call that replaced the program ends.
  if (!Step(task, status, kept)) return status;
  const auto before = Registers(task);
  const auto code = before ? ReadValue<uint64_t>(task, before->rip) : std::nullopt;
  if (!code) return 0;
  user_regs_struct call = *before;
  call.orig_rax = ~0ULL;
  call.rax = SYS_prctl;
  call.rdi = PR_SET_DUMPABLE;
  call.rsi = 1;
  call.rdx = call.r10 = call.r8 = 0;
  const bool ready =
      Ptrace(PTRACE_POKETEXT, task, before->rip, (*code & ~0xffffULL) | kCallInstruction) == 0 &&
      SetRegisters(task, call);
  if (!ready) return 0;
  if (!Step(task, status, kept)) return status;
  const bool restored =
      Ptrace(PTRACE_POKETEXT, task, before->rip, *code) == 0 && SetRegisters(task, *before);
  for (const int signal : kept) ::kill(task.value, signal);
  return restored && !IsClosed(task) ? std::nullopt : std::optional(0);
}

}  // namespace plumbline::trace
