// SPDX-License-Identifier: MIT
// The kernel's tracing calls, typed: one function a request of ptrace(2), and reads and writes of a
// tracee's memory. Every one may fail with ESRCH: the task died (SIGKILL waits for nobody); that is
// never more than "it is gone", and the wait status that follows tells how.
#pragma once

#include <signal.h>
#include <sys/user.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/pid.h"

namespace plumbline::trace {

// A system call as it was entered.
struct Entry {
  int number = -1;
  uint64_t args[6] = {};
  uint64_t instruction = 0;  // where it was made
  uint64_t stack = 0;
};

// PTRACE_SEIZE with everything that the tracer follows; EXITKILL, so that nothing outlives it.
Status Seize(HostPid task);

enum class Until { kNextStop, kCallEnd, kOneInstruction };
// Lets a stopped task go on, delivering `signal` if not 0. False: it is gone.
bool Resume(HostPid task, Until until, int signal = 0);
// Leaves a task in its group-stop, but listening for SIGCONT (PTRACE_LISTEN).
bool Listen(HostPid task);
bool Interrupt(HostPid task);

// At a seccomp stop.
std::optional<Entry> EntryOf(HostPid task);
// At a stop before a call that Until::kCallEnd made.
bool StandsAtEntry(HostPid task);
// At a call's end: the raw result, -4095..-1 and -512..-516 being errors.
std::optional<int64_t> ResultOf(HostPid task);
// PTRACE_GETEVENTMSG: a new child, a former thread ID.
std::optional<uint64_t> EventMessage(HostPid task);
std::optional<siginfo_t> SignalInfo(HostPid task);
// At a signal's delivery: what is told of it instead.
bool SetSignalInfo(HostPid task, const siginfo_t& info);
// Signals that a stopped task blocks; in a call that changes that for its own time (sigsuspend(2),
// ppoll(2) ...), what it blocks otherwise.
std::optional<uint64_t> BlockedSignals(HostPid task);
// Of a stopped task no signal is queued, neither for it alone nor for its process. False also if it
// is gone, or killed and about to be. One that came by tkill(2) when RLIMIT_SIGPENDING was reached
// is in no queue.
bool NoSignalPends(HostPid task);
std::optional<user_regs_struct> Registers(HostPid task);
bool SetRegisters(HostPid task, const user_regs_struct& registers);

// At a seccomp stop: the call is not made and returns `result` at once.
bool SkipCall(HostPid task, int64_t result);
// At a seccomp stop: another call is made in its place, with the same arguments.
bool ChangeCall(HostPid task, int number);
// At a seccomp stop: the call is abandoned and made again from the start when the task goes on, so
// that a pending signal is handled before it.
bool RewindCall(HostPid task, int number);
// At a call's end: what the program gets instead.
bool SetResult(HostPid task, int64_t result);
bool SetArgument(HostPid task, int index, uint64_t value);

// Memory (process_vm_readv(2)): what could be read; shorter when a page is not there.
std::string ReadMemory(HostPid task, uint64_t address, size_t size);
// A byte of a stopped task's memory that it need not be able to write to itself, as a debugger
// does; what was there, nothing if there is no memory.
std::optional<uint8_t> ExchangeCode(HostPid task, uint64_t address, uint8_t byte);
// The same of more bytes (/proc/PID/mem).
bool WriteProtected(HostPid task, uint64_t address, const void* data, size_t size);
bool WriteMemory(HostPid task, uint64_t address, const void* data, size_t size);
// A string up to its NUL, at most `limit` bytes.
std::string ReadString(HostPid task, uint64_t address, size_t limit = 4096);
// A NULL-terminated array of strings (argv, envp), bounded in number and size.
std::vector<std::string> ReadStrings(HostPid task, uint64_t address);
// The same bytes to where there is room for them; how many.
size_t ReadInto(HostPid task, uint64_t address, void* to, size_t size);
// `size` bytes from each of at most 1024 addresses (IOV_MAX), in one call of the system; of how
// many addresses, up to the first at which they are not all there.
size_t ReadEach(HostPid task, std::span<const uint64_t> addresses, void* to, size_t size);
// A value of a plain type; nothing if it is not all there.
template <typename T>
std::optional<T> ReadValue(HostPid task, uint64_t address) {
  T value;
  if (ReadInto(task, address, &value, sizeof(T)) != sizeof(T)) return std::nullopt;
  return value;
}
// A value at each address, in one call of the system; fewer when one is not there.
template <typename T>
std::vector<T> ReadValues(HostPid task, std::span<const uint64_t> addresses) {
  std::vector<T> values(addresses.size());
  values.resize(ReadEach(task, addresses, values.data(), sizeof(T)));
  return values;
}
// The values of an array, in one call of the system; fewer when the rest is not there.
template <typename T>
std::vector<T> ReadArray(HostPid task, uint64_t address, uint64_t count) {
  const std::string bytes = ReadMemory(task, address, count * sizeof(T));
  std::vector<T> values(bytes.size() / sizeof(T));
  __builtin_memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
  return values;
}

}  // namespace plumbline::trace
