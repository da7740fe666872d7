// SPDX-License-Identifier: MIT
#include "base/errno_names.h"

#include <cstring>

namespace plumbline {
namespace {
constexpr int kLastErrno = 133;
}

std::string ErrnoName(int code) {
  if (const char* name = ::strerrorname_np(code)) return name;
  return "errno " + std::to_string(code);
}

std::optional<int> ErrnoNumber(std::string_view name) {
  for (int code = 1; code <= kLastErrno; ++code) {
    if (const char* known = ::strerrorname_np(code); known && name == known) return code;
  }
  return std::nullopt;
}

}  // namespace plumbline
