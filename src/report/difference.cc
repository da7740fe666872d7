// SPDX-License-Identifier: MIT
#include "report/difference.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "evaluate/comparison.h"

namespace plumbline::report {
namespace {

using Lines = std::span<const std::string>;
using Side = DifferingLine::Side;

constexpr std::string_view kNewline = "\\n";  // as it is escaped

DifferingLine LineOf(Side side, std::string_view text) {
  DifferingLine line{.side = side, .text = std::string(text), .newline = text.ends_with(kNewline)};
  if (line.newline) line.text.resize(line.text.size() - kNewline.size());
  return line;
}

// A grade that was read may hold any number, and what is computed grows with their product.
Lines Beginning(Lines lines) {
  return lines.first(std::min(lines.size(), evaluate::kMostLinesCompared));
}

// By a and b: the length of the longest common subsequence of what is after them.
std::vector<std::vector<size_t>> Common(Lines a, Lines b) {
  std::vector<std::vector<size_t>> common(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = a.size(); i-- > 0;) {
    for (size_t j = b.size(); j-- > 0;)
      common[i][j] =
          a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
  }
  return common;
}

// A byte in the middle of a character is no place to begin.
bool Continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

void MarkCommon(DifferingLine& a, DifferingLine& b) {
  const size_t most = std::min(a.text.size(), b.text.size());
  size_t before = 0;
  while (before < most && a.text[before] == b.text[before]) ++before;
  while (before > 0 && ((before < a.text.size() && Continues(a.text[before])) ||
                        (before < b.text.size() && Continues(b.text[before]))))
    --before;
  size_t after = 0;
  while (after < most - before &&
         a.text[a.text.size() - after - 1] == b.text[b.text.size() - after - 1])
    ++after;
  while (after > 0 && Continues(a.text[a.text.size() - after])) --after;
  a.same_before = b.same_before = before;
  a.same_after = b.same_after = after;
}

// Within a group of lines that differ the first stands for the first, and so on.
void MarkPairs(std::vector<DifferingLine>& lines) {
  for (size_t i = 0; i < lines.size();) {
    size_t end = i;
    while (end < lines.size() && lines[end].side == Side::kExpected) ++end;
    for (size_t j = 0; i + j < end && end + j < lines.size() && lines[end + j].side == Side::kGot;
         ++j)
      MarkCommon(lines[i + j], lines[end + j]);
    i = std::max(end, i + 1);
  }
}

}  // namespace

std::vector<DifferingLine> LineByLine(const evaluate::Comparison& comparison) {
  const Lines a = Beginning(comparison.expected);
  const Lines b = Beginning(comparison.got);
  const auto common = Common(a, b);
  std::vector<DifferingLine> lines;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      lines.push_back(LineOf(Side::kBoth, a[i++]));
      ++j;
    } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
      lines.push_back(LineOf(Side::kExpected, a[i++]));
    } else {
      lines.push_back(LineOf(Side::kGot, b[j++]));
    }
  }
  MarkPairs(lines);
  return lines;
}

}  // namespace plumbline::report
