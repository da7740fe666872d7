// SPDX-License-Identifier: MIT
// Text from strangers: a student's output is bytes until shown otherwise.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline {

bool IsUtf8(std::string_view bytes);

// One line safe to show on a terminal or in a report: control characters (ESC, C1 too), bidi marks,
// spaces that are not the common one and bytes that are not UTF-8 appear as \n, \t, \x1b, \u202e
// ...; at most `limit` bytes of input are shown, then "…". Backslashes stay as they are, so that
// what is escaped twice reads the same.
std::string Escaped(std::string_view bytes, size_t limit = 200);

// Lines without their newline; a last line without newline counts as a line.
std::vector<std::string_view> Lines(std::string_view text);

// "a, b, c".
std::string Listed(const std::vector<std::string>& words);

// Replaces bytes that are not UTF-8 by U+FFFD.
std::string ToUtf8(std::string_view bytes);

// The candidate that `word` is a likely slip of the pen for (a letter in three wrong, or two
// letters swapped), the first of the nearest; or "" if none is near enough.
std::string Nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace plumbline
