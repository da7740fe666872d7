// SPDX-License-Identifier: MIT
#include "report/story_repeats.h"

#include <algorithm>
#include <cstddef>

namespace plumbline::report {
namespace {

constexpr size_t kLongestBlock = 8;
constexpr size_t kFewestTimes = 3;

// How often the block of `size` lines at `begin` comes in a row.
size_t TimesOf(const std::vector<std::string>& lines, size_t begin, size_t size) {
  size_t end = begin + size;
  while (end + size <= lines.size() &&
         std::equal(lines.begin() + static_cast<ptrdiff_t>(begin),
                    lines.begin() + static_cast<ptrdiff_t>(begin + size),
                    lines.begin() + static_cast<ptrdiff_t>(end)))
    end += size;
  return (end - begin) / size;
}

struct Block {
  size_t size = 1;
  size_t times = 1;
  size_t saves() const { return size * (times - 1); }
};

// The shortest of the blocks that spare most.
Block BestAt(const std::vector<std::string>& lines, size_t begin) {
  Block best;
  for (size_t size = 1; size <= kLongestBlock && begin + size * kFewestTimes <= lines.size();
       ++size) {
    const Block block{size, TimesOf(lines, begin, size)};
    if (block.times >= kFewestTimes && block.saves() > best.saves()) best = block;
  }
  return best;
}

std::string Told(const Block& block) {
  const std::string what =
      block.size == 1 ? "the line above" : "the " + std::to_string(block.size) + " lines above";
  return "    (" + what + ", " + std::to_string(block.times) + " times)";
}

}  // namespace

std::vector<std::string> WithoutRepeats(const std::vector<std::string>& lines) {
  std::vector<std::string> told;
  for (size_t at = 0; at < lines.size();) {
    const Block block = BestAt(lines, at);
    const auto begin = lines.begin() + static_cast<ptrdiff_t>(at);
    told.insert(told.end(), begin, begin + static_cast<ptrdiff_t>(block.size));
    if (block.times > 1) told.push_back(Told(block));
    at += block.size * block.times;
  }
  return told;
}

}  // namespace plumbline::report
