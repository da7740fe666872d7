// SPDX-License-Identifier: MIT
// Lines that come again and again, told once: a loop of a thousand turns is a few lines.
#pragma once

#include <string>
#include <vector>

namespace plumbline::report {

// Blocks of up to eight lines that come at least three times in a row are left once, with a line
// after them that says how often they came.
std::vector<std::string> WithoutRepeats(const std::vector<std::string>& lines);

}  // namespace plumbline::report
