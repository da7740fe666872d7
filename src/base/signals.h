// SPDX-License-Identifier: MIT
// Signals by name, as signal(7) and kill -l have them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plumbline {

// "SIGUSR1" for 10, "SIGRTMIN+3" for 37, "signal 99" for what does not exist.
std::string SignalName(int signal);
// Takes "USR1" and "SIGUSR1", second names ("CLD"), "RTMIN+3" and "RTMAX-2"; nothing for unknown
// names and for numbers.
std::optional<int> SignalNumber(std::string_view name);

}  // namespace plumbline
