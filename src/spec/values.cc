// SPDX-License-Identifier: MIT
#include "spec/values.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace plumbline::spec {
namespace {

// A piece of a text: literal characters, or what stands between the braces of a placeholder.
struct Fragment {
  bool placeholder = false;
  std::string_view text;
};

// The end of the placeholder that opens at `open`, or npos if this brace opens none.
size_t ClosingBrace(std::string_view text, size_t open) {
  const size_t end = text.find_first_of("{}\n", open + 1);
  return end == std::string_view::npos || text[end] != '}' || end == open + 1
             ? std::string_view::npos
             : end;
}

std::vector<Fragment> Split(std::string_view text) {
  std::vector<Fragment> fragments;
  size_t from = 0;
  const auto literal = [&](size_t to) {
    if (to > from) fragments.push_back({false, text.substr(from, to - from)});
  };
  for (size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', std::max(from, open + 1))) {
    if (open + 1 < text.size() && text[open + 1] == '{') {
      literal(open + 1);
      from = open + 2;
    } else if (const size_t close = ClosingBrace(text, open); close != std::string_view::npos) {
      literal(open);
      fragments.push_back({true, text.substr(open + 1, close - open - 1)});
      from = close + 1;
    }
  }
  literal(text.size());
  return fragments;
}

std::string Join(const std::vector<Fragment>& fragments, const PlaceholderSource& source,
                 std::string* missing) {
  std::string joined;
  for (const Fragment& fragment : fragments) {
    if (!fragment.placeholder) {
      joined += fragment.text;
      continue;
    }
    const std::string name(fragment.text);
    if (const auto value = source.ValueOf(name)) {
      joined += *value;
      continue;
    }
    joined += '{' + name + '}';
    if (missing != nullptr && missing->empty()) *missing = name;
  }
  return joined;
}

class NoPlaceholders : public PlaceholderSource {
 public:
  std::optional<std::string> ValueOf(const std::string&) const override { return std::nullopt; }
};

// {n} is the number; all else comes from `others`.
class Numbered : public PlaceholderSource {
 public:
  explicit Numbered(const PlaceholderSource& others) : others_(others) {}
  std::optional<std::string> ValueOf(const std::string& placeholder) const override {
    return placeholder == "n" ? std::to_string(number) : others_.ValueOf(placeholder);
  }
  int number = 0;

 private:
  const PlaceholderSource& others_;
};

std::string NumberedLines(const TextPiece& piece, const PlaceholderSource& source,
                          std::string* missing) {
  const std::vector<Fragment> fragments = Split(piece.text);
  Numbered numbered(source);
  std::string lines;
  for (numbered.number = 1; numbered.number <= piece.count; ++numbered.number)
    lines += Join(fragments, numbered, missing);
  return lines;
}

// Letters and digits without end; `length` of them, from the one at `start` on.
void AppendFiller(std::string& text, size_t start, size_t length) {
  static constexpr std::string_view kFiller = "abcdefghijklmnopqrstuvwxyz0123456789";
  for (size_t at = start % kFiller.size(); length > 0; at = 0) {
    const size_t part = std::min(length, kFiller.size() - at);
    text.append(kFiller, at, part);
    length -= part;
  }
}

// A one-to-one map of 32-bit numbers that leaves no order in them.
constexpr uint32_t Scramble(uint32_t n) {
  n ^= n >> 16;
  n *= 0x7feb352du;
  n ^= n >> 15;
  n *= 0x846ca68bu;
  return n ^ (n >> 16);
}

constexpr size_t kKeyLength = 8;
constexpr size_t kLongestLine = 64;
constexpr size_t kShortestLine = kKeyLength + 1;

// A line of exactly `length` bytes that begins with the key, so that no two keys give one line.
void AppendLine(std::string& text, uint32_t key, size_t length) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<char, kKeyLength> digits{};
  for (size_t i = 0; i < kKeyLength; ++i) digits[i] = kDigits[(key >> (28 - 4 * i)) & 15];
  text.append(digits.data(), std::min(kKeyLength, length - 1));
  if (length > kShortestLine) AppendFiller(text, key, length - kShortestLine);
  text += '\n';
}

// Unsorted lines of many lengths. The last one takes what is left, so that it is never too short
// to hold its key.
std::string DistinctLines(uint64_t size) {
  std::string lines;
  lines.reserve(size);
  for (uint32_t number = 1; lines.size() < size; ++number) {
    const size_t left = size - lines.size();
    const uint32_t key = Scramble(number);
    const size_t length = kShortestLine + key % (kLongestLine - kShortestLine + 1);
    AppendLine(lines, key, left <= kLongestLine + kShortestLine ? left : length);
  }
  return lines;
}

std::string OneLine(uint64_t size) {
  std::string line;
  if (size == 0) return line;
  line.reserve(size);
  AppendFiller(line, 0, size - 1);
  return line += '\n';
}

}  // namespace

const std::string& In(const Localized& text, const std::string& language) {
  static const std::string kNothing;
  auto found = text.find(language);
  if (found == text.end()) found = text.find("en");
  if (found == text.end()) found = text.begin();
  return found == text.end() ? kNothing : found->second;
}

std::string ToString(const Range& range) {
  if (range.most == range.least) return std::to_string(range.least);
  const std::string least = range.least == 0 && range.most ? "" : std::to_string(range.least);
  return least + ".." + (range.most ? std::to_string(*range.most) : "");
}

std::string Substitute(const std::string& text, const PlaceholderSource& source,
                       std::string* missing) {
  return Join(Split(text), source, missing);
}

std::string Materialize(const Text& text, const PlaceholderSource& source, std::string* missing) {
  std::string bytes;
  for (const TextPiece& piece : text.pieces) {
    switch (piece.kind) {
      case TextPiece::Kind::kText:
        bytes += Substitute(piece.text, source, missing);
        break;
      case TextPiece::Kind::kRaw:
        bytes += piece.text;
        break;
      case TextPiece::Kind::kBytes:
        bytes += DistinctLines(piece.size);
        break;
      case TextPiece::Kind::kLine:
        bytes += OneLine(piece.size);
        break;
      case TextPiece::Kind::kNumbered:
        bytes += NumberedLines(piece, source, missing);
        break;
    }
  }
  return bytes;
}

std::string Materialize(const Text& text) { return Materialize(text, NoPlaceholders()); }

std::vector<std::string> PlaceholdersIn(const std::string& text) {
  std::vector<std::string> names;
  for (const Fragment& fragment : Split(text)) {
    if (fragment.placeholder) names.emplace_back(fragment.text);
  }
  return names;
}

bool SignalSet::Contains(int signal) const {
  return any || std::ranges::find(numbers, signal) != numbers.end();
}

}  // namespace plumbline::spec
