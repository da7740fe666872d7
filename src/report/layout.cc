// SPDX-License-Identifier: MIT
#include "report/layout.h"

#include "base/text.h"

namespace plumbline::report {

size_t Columns(std::string_view text) {
  size_t columns = 0;
  for (const char c : text) columns += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
  return columns;
}

std::string Padded(std::string text, size_t columns) {
  const size_t used = Columns(text);
  if (used < columns) text.append(columns - used, ' ');
  return text;
}

std::string Shortened(std::string text, size_t columns) {
  if (Columns(text) <= columns) return text;
  size_t end = 0;
  for (size_t kept = 0; kept < columns; ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xc0) != 0x80;
    kept += begins ? 1 : 0;
  }
  text.resize(end - 1);
  return text + "…";
}

std::string Wrapped(std::string_view text, size_t width, size_t indent, size_t used) {
  std::string out;
  size_t column = used;
  bool line_is_empty = true;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, end);
    const size_t needed = Columns(word) + (line_is_empty ? 0 : 1);
    if (width != 0 && !line_is_empty && column + needed > width) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
      line_is_empty = true;
    }
    if (!line_is_empty) out += ' ';
    out += word;
    column += Columns(word) + (line_is_empty ? 0 : 1);
    line_is_empty = false;
    if (end < text.size() && text[end] == '\n') {
      out += '\n' + std::string(indent, ' ');
      column = indent;
      line_is_empty = true;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string SafeLines(std::string_view text) {
  std::string safe;
  for (const std::string_view line : Lines(text)) {
    if (!safe.empty()) safe += '\n';
    safe += Escaped(line, 4000);
  }
  return safe;
}

std::string Painted(std::string_view text, Paint paint, bool colour) {
  if (!colour || paint == Paint::kPlain || text.empty()) return std::string(text);
  const auto* code = paint == Paint::kGood       ? "32"
                     : paint == Paint::kBad      ? "31"
                     : paint == Paint::kDoubtful ? "33"
                     : paint == Paint::kStrong   ? "1"
                                                 : "2";
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace plumbline::report
