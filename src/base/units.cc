// SPDX-License-Identifier: MIT
#include "base/units.h"

#include <fmt/core.h>

#include <array>
#include <cmath>

namespace plumbline {
namespace {

struct Unit {
  double factor;
  const char* name;
};

// The largest unit of which there is at least one, after rounding: 1023.99 KiB is 1 MiB.
template <size_t N>
std::string Scaled(double value, const std::array<Unit, N>& units) {
  size_t chosen = 0;
  while (chosen + 1 < N && value < units[chosen].factor) ++chosen;
  const auto rounded = [&](size_t i) { return std::round(value / units[i].factor * 10) / 10; };
  if (chosen > 0 && rounded(chosen) * units[chosen].factor >= units[chosen - 1].factor) --chosen;
  std::string number = fmt::format("{:.1f}", rounded(chosen));
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  return number + " " + units[chosen].name;
}

}  // namespace

std::string ToString(Bytes size) {
  static constexpr std::array<Unit, 4> kUnits{
      {{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}, {1, "B"}}};
  return Scaled(static_cast<double>(size.count), kUnits);
}

std::string ToString(Duration duration) {
  static constexpr std::array<Unit, 7> kUnits{{{86400e9, "d"},
                                               {3600e9, "h"},
                                               {60e9, "min"},
                                               {1e9, "s"},
                                               {1e6, "ms"},
                                               {1e3, "us"},
                                               {1, "ns"}}};
  if (duration == Duration::zero()) return "0 s";
  const double count = static_cast<double>(duration.count());
  return (count < 0 ? "-" : "") + Scaled(std::abs(count), kUnits);
}

}  // namespace plumbline
