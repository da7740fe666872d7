// SPDX-License-Identifier: MIT
#include "spec/diagnostic.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "base/text.h"

namespace plumbline::spec {
namespace {

constexpr size_t kWidest = 120;

std::string_view LineOf(std::string_view source, int number) {
  for (; number > 1; --number) {
    const size_t end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  source = source.substr(0, source.find('\n'));
  if (source.ends_with('\r')) source.remove_suffix(1);
  return source;
}

size_t NextCharacter(std::string_view text, size_t at) {
  do ++at;
  while (at < text.size() && (text[at] & '\xc0') == '\x80');
  return at;
}

// The part of a line that is shown, and how far in it the caret stands. Tabs become one space, so
// that both lines agree.
struct Excerpt {
  std::string text;
  size_t caret = 0;
};

Excerpt Cut(std::string_view line, size_t column) {
  Excerpt excerpt;
  const size_t from = column > kWidest - 20 ? column - (kWidest - 20) : 0;
  size_t character = 0;
  for (size_t at = 0; at < line.size() && character < from + kWidest; ++character) {
    const size_t next = NextCharacter(line, at);
    if (character >= from) {
      const std::string_view one = line.substr(at, next - at);
      excerpt.text += one == "\t" ? " " : Escaped(one);
    }
    at = next;
  }
  excerpt.caret = column - from;
  return excerpt;
}

}  // namespace

Diagnostics InOrder(Diagnostics diagnostics) {
  const auto order = [](const Diagnostic& d) {
    return std::tie(d.mark.line, d.mark.column, d.code, d.message);
  };
  std::ranges::stable_sort(diagnostics, {}, order);
  const auto [first, last] = std::ranges::unique(diagnostics, {}, order);
  diagnostics.erase(first, last);
  return diagnostics;
}

std::string Format(const Diagnostic& diagnostic, const std::string& source) {
  const auto [line, column] = diagnostic.mark;
  std::string text = diagnostic.file;
  if (line > 0) text += ":" + std::to_string(line) + ":" + std::to_string(column);
  text += ": error: " + diagnostic.message + " [" + diagnostic.code + "]\n";
  if (line > 0 && !source.empty()) {
    const Excerpt excerpt = Cut(LineOf(source, line), static_cast<size_t>(std::max(column, 1)) - 1);
    text += "    " + excerpt.text + "\n    " + std::string(excerpt.caret, ' ') + "^\n";
  }
  if (!source.empty() && !diagnostic.hint.empty()) text += "  " + diagnostic.hint + "\n";
  return text;
}

}  // namespace plumbline::spec
