// SPDX-License-Identifier: MIT
#include "trace/where/errno_address.h"

#include <cstring>
#include <string>
#include <string_view>

#include "trace/ptrace.h"

namespace plumbline::trace::where {
namespace {

using std::string_view_literals::operator""sv;

constexpr size_t kInstruction = 7;  // bytes of the one that has the offset
constexpr std::string_view kEndbr64 = "\xf3\x0f\x1e\xfa"sv;
constexpr std::string_view kLoad = "\x48\x8b\x05"sv;      // mov offset(%rip),%rax
constexpr std::string_view kConstant = "\x48\xc7\xc0"sv;  // mov $offset,%rax
// add %fs:0,%rax; ret (the thread's own memory: psABI, 3.4.2; variables are below it).
constexpr std::string_view kRest = "\x64\x48\x03\x04\x25\0\0\0\0\xc3"sv;

int64_t SignedAt(std::string_view code, size_t at) {
  int32_t value = 0;
  std::memcpy(&value, code.data() + at, sizeof value);
  return value;
}

}  // namespace

std::optional<uint64_t> ErrnoAddress(HostPid task, uint64_t location) {
  const std::string bytes =
      ReadMemory(task, location, kEndbr64.size() + kInstruction + kRest.size());
  std::string_view code(bytes);
  if (code.starts_with(kEndbr64)) {
    code.remove_prefix(kEndbr64.size());
    location += kEndbr64.size();
  }
  if (code.size() < kInstruction || !code.substr(kInstruction).starts_with(kRest))
    return std::nullopt;
  const int64_t number = SignedAt(code, kLoad.size());
  std::optional<int64_t> offset;
  if (code.starts_with(kConstant)) offset = number;
  if (code.starts_with(kLoad))
    offset = ReadValue<int64_t>(task, location + kInstruction + static_cast<uint64_t>(number));
  const auto registers = Registers(task);
  if (!offset || !registers) return std::nullopt;
  return registers->fs_base + static_cast<uint64_t>(*offset);
}

}  // namespace plumbline::trace::where
