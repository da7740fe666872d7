// SPDX-License-Identifier: MIT
// Text on a terminal: broken at words, indented, painted. Reports
// alone include this.
#pragma once

#include <string>
#include <string_view>

namespace plumbline::report {

// How many columns a text takes: its characters (none of ours is wide, and what is invisible was
// escaped before).
size_t Columns(std::string_view text);
// `text`, filled with spaces to so many columns.
std::string Padded(std::string text, size_t columns);

// `text`, cut to at most so many columns, "…" for what was cut.
std::string Shortened(std::string text, size_t columns);

// Breaks `text` at spaces so that no line, with `indent` spaces before all but the first, is wider
// than `width` columns, of which the first line has `used` already. Words longer than a line stay
// whole. Newlines inside are kept. No newline at the end. `width` 0: never broken.
std::string Wrapped(std::string_view text, size_t width, size_t indent, size_t used);

// One or more lines safe to show, whatever is in them: see Escaped in base/text.h.
std::string SafeLines(std::string_view text);

enum class Paint { kPlain, kGood, kBad, kDoubtful, kStrong, kFaint };
// ECMA-48, 8.3.117 (SGR).
std::string Painted(std::string_view text, Paint paint, bool colour);

}  // namespace plumbline::report
