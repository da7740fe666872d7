// SPDX-License-Identifier: MIT
#include "base/units.h"

#include <fmt/core.h>

#include <array>

namespace plumbline {
namespace {

struct Unit {
  double factor;
  const char* name;
};

template <size_t N>
std::string Scaled(double value, const std::array<Unit, N>& units) {
  for (const Unit& unit : units) {
    if (value < unit.factor && unit.factor != units.back().factor) continue;
    std::string number = fmt::format("{:.1f}", value / unit.factor);
    if (number.ends_with(".0")) number.resize(number.size() - 2);
    return number + " " + unit.name;
  }
  return "0";
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
  return Scaled(static_cast<double>(duration.count()), kUnits);
}

}  // namespace plumbline
