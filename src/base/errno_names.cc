// SPDX-License-Identifier: MIT
#include "base/errno_names.h"

#include <cerrno>
#include <cstring>

namespace plumbline {
namespace {

constexpr int kLastErrno = 133;

struct Alias {
  std::string_view name;
  int code;
};
// Second names of a number, errno(3).
constexpr Alias kAliases[] = {
    {"EWOULDBLOCK", EWOULDBLOCK}, {"EDEADLOCK", EDEADLOCK}, {"ENOTSUP", ENOTSUP}};

}  // namespace

std::string ErrnoName(int code) {
  // The C library calls 0 "0".
  if (const char* name = code > 0 ? ::strerrorname_np(code) : nullptr) return name;
  return "errno " + std::to_string(code);
}

std::optional<int> ErrnoNumber(std::string_view name) {
  for (int code = 1; code <= kLastErrno; ++code) {
    if (const char* known = ::strerrorname_np(code); known && name == known) return code;
  }
  for (const Alias& alias : kAliases) {
    if (name == alias.name) return alias.code;
  }
  return std::nullopt;
}

}  // namespace plumbline
