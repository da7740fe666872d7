// SPDX-License-Identifier: MIT
// Two texts side by side, as far as a person wants to read them.
#pragma once

#include <cstddef>
#include <string_view>

#include "evaluate/finding.h"

namespace plumbline::evaluate {

// From three lines before the first byte that differs, number `offset`, at most forty lines of
// each.
Comparison Compare(std::string_view expected, std::string_view got, size_t offset);

}  // namespace plumbline::evaluate
