// SPDX-License-Identifier: MIT
#include "base/signals.h"

#include <csignal>
#include <cstring>

namespace plumbline {
namespace {

// The kernel's own numbers (signal(7)): the C library keeps 32 and 33 for itself.
constexpr int kFirstRealTime = 34;
constexpr int kLastSignal = 64;

}  // namespace

std::string SignalName(int signal) {
  if (const char* name = ::sigabbrev_np(signal)) return std::string("SIG") + name;
  if (signal == kFirstRealTime) return "SIGRTMIN";
  if (signal > kFirstRealTime && signal <= kLastSignal)
    return "SIGRTMIN+" + std::to_string(signal - kFirstRealTime);
  return "signal " + std::to_string(signal);
}

std::optional<int> SignalNumber(std::string_view name) {
  if (name.starts_with("SIG")) name.remove_prefix(3);
  for (int signal = 1; signal < kFirstRealTime - 2; ++signal) {
    if (const char* known = ::sigabbrev_np(signal); known && name == known) return signal;
  }
  for (int signal = kFirstRealTime; signal <= kLastSignal; ++signal) {
    if (SignalName(signal).substr(3) == name) return signal;
  }
  return std::nullopt;
}

}  // namespace plumbline
