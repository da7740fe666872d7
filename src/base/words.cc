// SPDX-License-Identifier: MIT
#include "base/words.h"

namespace plumbline {

std::vector<std::string_view> WordsOf(std::string_view line, size_t most) {
  std::vector<std::string_view> words;
  while (true) {
    const size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return words;
    line.remove_prefix(begin);
    const bool last = words.size() + 1 == most;
    const size_t end = last ? std::string_view::npos : line.find_first_of(" \t");
    words.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return words;
    line.remove_prefix(end);
  }
}

}  // namespace plumbline
