// SPDX-License-Identifier: MIT
#include "spec/diagnostic.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace plumbline::spec {
namespace {

constexpr size_t kWidest = 120;
constexpr size_t kMost = 100;

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

size_t WidthOf(std::string_view text) {
  size_t width = 0;
  for (size_t at = 0; at < text.size(); at = NextCharacter(text, at)) ++width;
  return width;
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
    if (character == column) excerpt.caret = WidthOf(excerpt.text);
    if (character >= from) {
      const std::string_view one = line.substr(at, next - at);
      excerpt.text += one == "\t" ? " " : Escaped(one);
    }
    at = next;
  }
  if (column >= character) excerpt.caret = WidthOf(excerpt.text) + column - character;
  return excerpt;
}

using Place = std::pair<int, int>;

Place PlaceOf(const Diagnostic& diagnostic) {
  return {diagnostic.mark.line, diagnostic.mark.column};
}

// An alias stands for nothing, so whatever is read there is wrong too.
void DropBesideAliases(Diagnostics& diagnostics) {
  std::set<Place> aliases;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.code == "alias") aliases.insert(PlaceOf(diagnostic));
  }
  std::erase_if(diagnostics, [&](const Diagnostic& diagnostic) {
    return diagnostic.code != "alias" && aliases.contains(PlaceOf(diagnostic));
  });
}

void LeaveOutMost(Diagnostics& diagnostics) {
  if (diagnostics.size() <= kMost) return;
  Diagnostic last = std::move(diagnostics[kMost]);
  last.code = "more-mistakes";
  last.message =
      "and " + std::to_string(diagnostics.size() - kMost) + " more mistakes from here on";
  last.hint.clear();
  diagnostics.resize(kMost);
  diagnostics.push_back(std::move(last));
}

}  // namespace

Diagnostics InOrder(Diagnostics diagnostics) {
  const auto order = [](const Diagnostic& d) {
    return std::tie(d.mark.line, d.mark.column, d.code, d.message);
  };
  std::ranges::stable_sort(diagnostics, {}, order);
  const auto [first, last] = std::ranges::unique(diagnostics, {}, order);
  diagnostics.erase(first, last);
  DropBesideAliases(diagnostics);
  LeaveOutMost(diagnostics);
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
