// SPDX-License-Identifier: MIT
// Two texts side by side, as far as a person wants to read them.
#pragma once

#include <cstddef>
#include <string_view>

#include "evaluate/finding.h"

namespace plumbline::evaluate {

constexpr size_t kMostLinesCompared = 40;  // of each text

// Where the line begins that has byte number `offset`, or ends before it.
size_t LineStart(std::string_view text, size_t offset);

// From three lines before the first byte that differs, number `offset`, at most
// kMostLinesCompared lines of each, and of each line so much that two that differ far behind may
// come out the same: who shows both looks whether they differ.
Comparison Compare(std::string_view expected, std::string_view got, size_t offset);

}  // namespace plumbline::evaluate
