// SPDX-License-Identifier: MIT
#include "evaluate/comparison.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"

namespace plumbline::evaluate {
namespace {

constexpr int kBefore = 3;
constexpr size_t kMostOfLine = 400;

// However long a line is, its newline is seen.
std::string LineOf(std::string_view line) {
  const bool whole = line.ends_with('\n');
  if (whole) line.remove_suffix(1);
  return Escaped(line, kMostOfLine) + (whole ? "\\n" : "");
}

std::vector<std::string> LinesOf(std::string_view text, bool& cut) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    if (lines.size() == kMostLinesCompared) {
      cut = true;
      break;
    }
    const size_t newline = text.find('\n');
    const size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
    lines.push_back(LineOf(text.substr(0, end)));
    text.remove_prefix(end);
  }
  return lines;
}

}  // namespace

size_t LineStart(std::string_view text, size_t offset) {
  if (offset == 0) return 0;
  const size_t newline = text.rfind('\n', offset - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

// Up to `offset` both are the same, so one beginning is right for both.
Comparison Compare(std::string_view expected, std::string_view got, size_t offset) {
  const std::string_view same = expected.substr(0, offset);
  Comparison comparison;
  comparison.line = static_cast<int>(std::ranges::count(same, '\n')) + 1;
  size_t from = LineStart(same, offset);
  for (int i = 0; i < kBefore && from > 0; ++i, --comparison.line) from = LineStart(same, from - 1);
  comparison.expected = LinesOf(expected.substr(from), comparison.cut);
  comparison.got = LinesOf(got.substr(from), comparison.cut);
  return comparison;
}

}  // namespace plumbline::evaluate
