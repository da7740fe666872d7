// SPDX-License-Identifier: MIT
// Sizes and durations as types, and how people read them.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>

namespace plumbline {

using Duration = std::chrono::nanoseconds;

// A number of bytes.
struct Bytes {
  uint64_t count = 0;
  auto operator<=>(const Bytes&) const = default;
};

constexpr Bytes KiB(uint64_t n) { return Bytes{n << 10}; }
constexpr Bytes MiB(uint64_t n) { return Bytes{n << 20}; }

// "512 B", "64 KiB", "1.5 MiB".
std::string ToString(Bytes size);
// "250 ms", "10 s", "2 min", "1.5 h"; at most one decimal.
std::string ToString(Duration duration);

}  // namespace plumbline
