// SPDX-License-Identifier: MIT
// Addresses as the record has them ("127.0.0.1:7", "[::1]:7"), and names with a dot, taken apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace plumbline::evaluate {

// The port after the last colon.
std::optional<int> PortOf(std::string_view address);
std::string IpOf(std::string_view address);

// The text up to the last '.', and what follows it; nothing without one, or if it comes first.
std::optional<std::pair<std::string, std::string>> SplitAtLastDot(const std::string& text);

}  // namespace plumbline::evaluate
