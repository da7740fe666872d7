// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace plumbline {
namespace {

struct Decoded {
  char32_t code = 0;
  size_t size = 0;  // 0: not UTF-8 here
};

// One character at the front of `bytes` (RFC 3629: no overlong forms, no surrogates).
Decoded DecodeFront(std::string_view bytes) {
  const auto at = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return {lead, 1};
  const size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (size == 0 || lead > 0xf4 || bytes.size() < size) return {};
  char32_t code = lead & (0xffu >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((at(i) & 0xc0) != 0x80) return {};
    code = (code << 6) | (at(i) & 0x3f);
  }
  static constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kSmallest[size] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return {};
  return {code, size};
}

struct Span {
  char32_t first;
  char32_t last;
};

// What a reader would not see, or would take for a common space.
constexpr Span kInvisible[] = {
    {0x00, 0x1f},     {0x7f, 0xa0},     {0xad, 0xad},      {0x61c, 0x61c},   {0x1680, 0x1680},
    {0x180e, 0x180e}, {0x2000, 0x200f}, {0x2028, 0x202f},  {0x205f, 0x206f}, {0x3000, 0x3000},
    {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};

bool IsInvisible(char32_t code) {
  return std::ranges::any_of(kInvisible,
                             [code](Span span) { return span.first <= code && code <= span.last; });
}

// Whether the bytes of a character that was cut short, so far as they go, could begin one.
bool MayBeCut(std::string_view bytes) {
  for (size_t missing = 1; missing <= 3; ++missing) {
    // 0x80 and 0xbf are the ends of what may follow; one of them completes any true beginning.
    for (const char filler : {'\x80', '\xbf'}) {
      const size_t whole = bytes.size() + missing;
      if (DecodeFront(std::string(bytes) + std::string(missing, filler)).size == whole) return true;
    }
  }
  return false;
}

std::string Named(char32_t code) {
  switch (code) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  const auto number = static_cast<uint32_t>(code);
  if (code < 0x80) return fmt::format("\\x{:02x}", number);
  return code < 0x10000 ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

// How many letters to insert, drop, replace or swap with their neighbour (optimal string
// alignment).
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  std::iota(d[0].begin(), d[0].end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replace = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

bool IsUtf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const Decoded next = DecodeFront(bytes);
    if (next.size == 0) return false;
    bytes.remove_prefix(next.size);
  }
  return true;
}

std::string Escaped(std::string_view bytes, size_t limit) {
  const bool cut = bytes.size() > limit;
  if (cut) bytes = bytes.substr(0, limit);
  std::string text;
  while (!bytes.empty()) {
    const Decoded next = DecodeFront(bytes);
    if (next.size == 0) {
      // A character that the cut split is no fault of the text.
      if (cut && MayBeCut(bytes)) break;
      text += fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes[0]));
      bytes.remove_prefix(1);
      continue;
    }
    text += IsInvisible(next.code) ? Named(next.code) : std::string(bytes.substr(0, next.size));
    bytes.remove_prefix(next.size);
  }
  return cut ? text + "…" : text;
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string Listed(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

std::string ToUtf8(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const Decoded next = DecodeFront(bytes);
    text += next.size == 0 ? std::string_view("\xef\xbf\xbd") : bytes.substr(0, next.size);
    bytes.remove_prefix(std::max<size_t>(next.size, 1));
  }
  return text;
}

std::string Nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  size_t best_distance = std::max<size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const size_t distance = EditDistance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace plumbline
