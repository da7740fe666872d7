// SPDX-License-Identifier: MIT
// A comparison line by line: what is in both, what is missing, what is too much.
#pragma once

#include <string>
#include <vector>

#include "evaluate/finding.h"

namespace plumbline::report {

struct DifferingLine {
  enum class Side { kBoth, kExpected, kGot };
  Side side = Side::kBoth;
  std::string text;        // without its newline
  bool newline = true;     // had one
  size_t same_before = 0;  // bytes that the line has in common with the one that it stands for,
  size_t same_after = 0;   // at its beginning and at its end; of kBoth 0
};

// With the fewest lines that are not in both; what was expected before what came instead. Of the
// first kMostLinesCompared (evaluate/comparison.h) of each.
std::vector<DifferingLine> LineByLine(const evaluate::Comparison& comparison);

}  // namespace plumbline::report
