// SPDX-License-Identifier: MIT
// A number as text, all of it.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace plumbline {

// Nothing if the text is anything else, has anything else in it, or is out of range. No blanks, no
// leading '+'.
template <typename Number>
std::optional<Number> NumberIn(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

}  // namespace plumbline
