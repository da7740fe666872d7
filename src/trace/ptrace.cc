// SPDX-License-Identifier: MIT
#include "trace/ptrace.h"

// <sys/ptrace.h> and <linux/ptrace.h> do not mix (an enum against macros): only the kernel's own
// header is used, and the call is made by number.
#include <fcntl.h>
#include <linux/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/unique_fd.h"

namespace plumbline::trace {
namespace {

constexpr long kOptions = PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
                          PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
                          PTRACE_O_TRACESECCOMP;
constexpr size_t kPage = 4096;
constexpr size_t kMostStrings = 16384;
constexpr size_t kMostBytes = 1 << 20;  // of all strings of an array, and of each

long Ptrace(long request, HostPid task, unsigned long address, const void* data) {
  return ::syscall(SYS_ptrace, request, static_cast<long>(task.value), address, data);
}

const void* AsData(unsigned long value) { return reinterpret_cast<const void*>(value); }

std::optional<ptrace_syscall_info> CallInfo(HostPid task) {
  ptrace_syscall_info info{};
  if (Ptrace(PTRACE_GET_SYSCALL_INFO, task, sizeof info, &info) < 0) return std::nullopt;
  return info;
}

template <typename Change>
bool ChangeRegisters(HostPid task, Change change) {
  auto registers = Registers(task);
  if (!registers) return false;
  change(*registers);
  return SetRegisters(task, *registers);
}

}  // namespace

Status Seize(HostPid task) {
  if (Ptrace(PTRACE_SEIZE, task, 0, AsData(kOptions)) < 0)
    return ErrnoError("ptrace(PTRACE_SEIZE)");
  return {};
}

bool Resume(HostPid task, Until until, int signal) {
  const long request = until == Until::kCallEnd          ? PTRACE_SYSCALL
                       : until == Until::kOneInstruction ? PTRACE_SINGLESTEP
                                                         : PTRACE_CONT;
  return Ptrace(request, task, 0, AsData(static_cast<unsigned long>(signal))) == 0;
}

bool Listen(HostPid task) { return Ptrace(PTRACE_LISTEN, task, 0, nullptr) == 0; }
bool Interrupt(HostPid task) { return Ptrace(PTRACE_INTERRUPT, task, 0, nullptr) == 0; }

std::optional<Entry> EntryOf(HostPid task) {
  const auto info = CallInfo(task);
  if (!info || info->op != PTRACE_SYSCALL_INFO_SECCOMP) return std::nullopt;
  Entry entry;
  entry.number = static_cast<int>(info->seccomp.nr);
  std::copy(std::begin(info->seccomp.args), std::end(info->seccomp.args), std::begin(entry.args));
  entry.instruction = info->instruction_pointer;
  entry.stack = info->stack_pointer;
  return entry;
}

bool StandsAtEntry(HostPid task) {
  const auto info = CallInfo(task);
  return info && info->op == PTRACE_SYSCALL_INFO_ENTRY;
}

std::optional<int64_t> ResultOf(HostPid task) {
  const auto info = CallInfo(task);
  if (!info || info->op != PTRACE_SYSCALL_INFO_EXIT) return std::nullopt;
  return info->exit.rval;
}

std::optional<uint64_t> EventMessage(HostPid task) {
  unsigned long message = 0;
  if (Ptrace(PTRACE_GETEVENTMSG, task, 0, &message) < 0) return std::nullopt;
  return message;
}

std::optional<siginfo_t> SignalInfo(HostPid task) {
  siginfo_t info{};
  if (Ptrace(PTRACE_GETSIGINFO, task, 0, &info) < 0) return std::nullopt;
  return info;
}

bool SetSignalInfo(HostPid task, const siginfo_t& info) {
  return Ptrace(PTRACE_SETSIGINFO, task, 0, &info) == 0;
}

std::optional<uint64_t> BlockedSignals(HostPid task) {
  uint64_t mask = 0;
  if (Ptrace(PTRACE_GETSIGMASK, task, sizeof mask, &mask) < 0) return std::nullopt;
  return mask;
}

bool NoSignalPends(HostPid task) {
  for (const uint32_t queue : {uint32_t{0}, uint32_t{PTRACE_PEEKSIGINFO_SHARED}}) {
    const ptrace_peeksiginfo_args first{.off = 0, .flags = queue, .nr = 1};
    siginfo_t info;
    const auto address = reinterpret_cast<unsigned long>(&first);
    if (Ptrace(PTRACE_PEEKSIGINFO, task, address, &info) != 0) return false;
  }
  return true;
}

std::optional<user_regs_struct> Registers(HostPid task) {
  user_regs_struct registers{};
  if (Ptrace(PTRACE_GETREGS, task, 0, &registers) < 0) return std::nullopt;
  return registers;
}

bool SetRegisters(HostPid task, const user_regs_struct& registers) {
  return Ptrace(PTRACE_SETREGS, task, 0, &registers) == 0;
}

bool SkipCall(HostPid task, int64_t result) {
  return ChangeRegisters(task, [result](user_regs_struct& registers) {
    registers.orig_rax = static_cast<unsigned long long>(-1);
    registers.rax = static_cast<unsigned long long>(result);
  });
}

bool ChangeCall(HostPid task, int number) {
  return ChangeRegisters(task, [number](user_regs_struct& registers) {
    registers.orig_rax = static_cast<unsigned long long>(number);
  });
}

bool RewindCall(HostPid task, int number) {
  constexpr int kSyscallInstruction = 2;  // bytes of `syscall`
  return ChangeRegisters(task, [number](user_regs_struct& registers) {
    registers.orig_rax = static_cast<unsigned long long>(-1);
    registers.rax = static_cast<unsigned long long>(number);
    registers.rip -= kSyscallInstruction;
  });
}

bool SetResult(HostPid task, int64_t result) {
  return ChangeRegisters(task, [result](user_regs_struct& registers) {
    registers.rax = static_cast<unsigned long long>(result);
  });
}

bool SetArgument(HostPid task, int index, uint64_t value) {
  return ChangeRegisters(task, [index, value](user_regs_struct& registers) {
    unsigned long long* const arguments[] = {&registers.rdi, &registers.rsi, &registers.rdx,
                                             &registers.r10, &registers.r8,  &registers.r9};
    *arguments[index] = value;
  });
}

namespace {

// Several pieces of memory in one call; how many bytes of all together were read, in order.
size_t ReadPieces(HostPid task, std::span<const iovec> remote, std::span<const iovec> local) {
  const ssize_t count =
      ::process_vm_readv(task.value, local.data(), local.size(), remote.data(), remote.size(), 0);
  return count > 0 ? static_cast<size_t>(count) : 0;
}

}  // namespace

size_t ReadInto(HostPid task, uint64_t address, void* to, size_t size) {
  // What is read before an absent page is given: pieces of their own up to a page's end and after.
  const size_t first = std::min(size, kPage - address % kPage);
  const iovec local{to, size};
  const std::array<iovec, 2> remote{{{reinterpret_cast<void*>(address), first},
                                     {reinterpret_cast<void*>(address + first), size - first}}};
  return ReadPieces(task, std::span(remote).first(first < size ? 2 : 1), {&local, 1});
}

size_t ReadEach(HostPid task, std::span<const uint64_t> addresses, void* to, size_t size) {
  std::vector<iovec> remote;
  remote.reserve(addresses.size());
  for (const uint64_t address : addresses)
    remote.push_back({reinterpret_cast<void*>(address), size});
  const iovec local{to, addresses.size() * size};
  return ReadPieces(task, remote, {&local, 1}) / size;
}

std::string ReadMemory(HostPid task, uint64_t address, size_t size) {
  std::string bytes(size, '\0');
  bytes.resize(ReadInto(task, address, bytes.data(), size));
  return bytes;
}

std::optional<uint8_t> ExchangeCode(HostPid task, uint64_t address, uint8_t byte) {
  unsigned long word = 0;  // the call itself, unlike the library's, puts it there
  if (Ptrace(PTRACE_PEEKTEXT, task, address, &word) < 0) return std::nullopt;
  const auto before = static_cast<uint8_t>(word);
  word = (word & ~0xffUL) | byte;
  if (Ptrace(PTRACE_POKETEXT, task, address, AsData(word)) < 0) return std::nullopt;
  return before;
}

bool WriteProtected(HostPid task, uint64_t address, const void* data, size_t size) {
  const std::string path = "/proc/" + std::to_string(task.value) + "/mem";
  const UniqueFd memory(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  return memory && ::pwrite(memory.get(), data, size, static_cast<off_t>(address)) ==
                       static_cast<ssize_t>(size);
}

bool WriteMemory(HostPid task, uint64_t address, const void* data, size_t size) {
  iovec local{const_cast<void*>(data), size};
  iovec remote{reinterpret_cast<void*>(address), size};
  return ::process_vm_writev(task.value, &local, 1, &remote, 1, 0) == static_cast<ssize_t>(size);
}

std::string ReadString(HostPid task, uint64_t address, size_t limit) {
  std::string text;
  constexpr size_t kStep = 256;
  while (address != 0 && text.size() < limit) {
    const std::string piece = ReadMemory(task, address + text.size(), kStep);
    const size_t end = piece.find('\0');
    text += piece.substr(0, end);
    if (end != std::string::npos || piece.size() < kStep) break;
  }
  if (text.size() > limit) text.resize(limit);
  return text;
}

namespace {

// Pointers up to NULL.
std::vector<uint64_t> ReadPointers(HostPid task, uint64_t address) {
  constexpr size_t kStep = 64;
  std::vector<uint64_t> pointers;
  while (pointers.size() < kMostStrings) {
    const std::string bytes =
        ReadMemory(task, address + 8 * pointers.size(), kStep * sizeof(uint64_t));
    for (size_t at = 0; at + sizeof(uint64_t) <= bytes.size(); at += sizeof(uint64_t)) {
      uint64_t pointer = 0;
      std::memcpy(&pointer, bytes.data() + at, sizeof pointer);
      if (pointer == 0) return pointers;
      pointers.push_back(pointer);
    }
    if (bytes.size() < kStep * sizeof(uint64_t)) break;
  }
  return pointers;
}

}  // namespace

std::vector<std::string> ReadStrings(HostPid task, uint64_t address) {
  if (address == 0) return {};
  // Most strings are short: the beginnings of many are read at once, the rest of a long one by
  // itself.
  constexpr size_t kBeginning = 96;
  constexpr size_t kAtOnce = 64;
  const std::vector<uint64_t> pointers = ReadPointers(task, address);
  std::vector<std::string> strings;
  size_t total = 0;
  std::array<std::array<char, kBeginning>, kAtOnce> beginnings;
  while (strings.size() < pointers.size()) {
    const size_t from = strings.size();
    const size_t count = std::min(kAtOnce, pointers.size() - from);
    std::array<iovec, kAtOnce> remote;
    std::array<iovec, kAtOnce> local;
    for (size_t i = 0; i < count; ++i) {
      remote[i] = {reinterpret_cast<void*>(pointers[from + i]), kBeginning};
      local[i] = {beginnings[i].data(), kBeginning};
    }
    const size_t whole =
        ReadPieces(task, {remote.data(), count}, {local.data(), count}) / kBeginning;
    for (size_t i = 0; i < count; ++i) {
      const char* begin = beginnings[i].data();
      const auto* end = static_cast<const char*>(std::memchr(begin, 0, kBeginning));
      strings.push_back(i < whole && end != nullptr
                            ? std::string(begin, end)
                            : ReadString(task, pointers[from + i], kMostBytes - total));
      total += strings.back().size();
      if (total >= kMostBytes) return strings;
    }
  }
  return strings;
}

}  // namespace plumbline::trace
