// SPDX-License-Identifier: MIT
#include "base/signals.h"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstring>

namespace plumbline {
namespace {

// The kernel's own numbers (signal(7)): the C library keeps 32 and 33 for itself.
constexpr int kFirstRealTime = 34;
constexpr int kLastSignal = 64;

struct Alias {
  std::string_view name;
  int signal;
};
// Second names of a number, signal(7).
constexpr Alias kAliases[] = {{"CLD", SIGCHLD}, {"IOT", SIGABRT}, {"POLL", SIGPOLL}};

// "RTMIN+3", "RTMAX-2": both ends are named, both ways of counting are in use.
std::optional<int> RealTimeNumber(std::string_view name) {
  const bool from_first = name.starts_with("RTMIN");
  if (!from_first && !name.starts_with("RTMAX")) return std::nullopt;
  name.remove_prefix(5);
  int steps = 0;
  if (!name.empty()) {
    if (name.size() < 2 || name[0] != (from_first ? '+' : '-') || name[1] == '-')
      return std::nullopt;
    const char* end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + 1, end, steps);
    if (error != std::errc() || stop != end) return std::nullopt;
  }
  if (steps > kLastSignal - kFirstRealTime) return std::nullopt;
  return from_first ? kFirstRealTime + steps : kLastSignal - steps;
}

}  // namespace

std::string SignalName(int signal) {
  // The C library says POLL, kill -l and the kernel say IO.
  if (signal == SIGIO) return "SIGIO";
  if (const char* name = ::sigabbrev_np(signal)) return std::string("SIG") + name;
  if (signal == kFirstRealTime) return "SIGRTMIN";
  if (signal > kFirstRealTime && signal <= kLastSignal)
    return "SIGRTMIN+" + std::to_string(signal - kFirstRealTime);
  return "signal " + std::to_string(signal);
}

std::optional<int> SignalNumber(std::string_view name) {
  if (name.starts_with("SIG")) name.remove_prefix(3);
  for (int signal = 1; signal < kFirstRealTime - 2; ++signal) {
    if (SignalName(signal).substr(3) == name) return signal;
  }
  const auto* alias = std::ranges::find(kAliases, name, &Alias::name);
  if (alias != std::end(kAliases)) return alias->signal;
  return RealTimeNumber(name);
}

}  // namespace plumbline
