// SPDX-License-Identifier: MIT
// The words of lines of /proc.
#pragma once

#include <charconv>
#include <string_view>
#include <vector>

namespace plumbline {

// Between blanks and tabs; at most `most`, the last one then being the rest of the line.
std::vector<std::string_view> WordsOf(std::string_view line, size_t most = -1);

// The number that a text begins with; 0 if there is none.
template <typename T>
T LeadingNumber(std::string_view text, int base = 10) {
  T value{};
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

}  // namespace plumbline
