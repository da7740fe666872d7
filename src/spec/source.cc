// SPDX-License-Identifier: MIT
#include "spec/source.h"

#include <algorithm>

namespace plumbline::spec {
namespace {

bool BeginsCharacter(char c) { return (c & '\xc0') != '\x80'; }

}  // namespace

Source::Source(std::string_view text) : text_(text) {
  starts_.push_back(0);
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') starts_.push_back(at + 1);
  }
}

std::string_view Source::Line(size_t number) const {
  if (number >= starts_.size()) return {};
  const size_t end = number + 1 < starts_.size() ? starts_[number + 1] - 1 : text_.size();
  return text_.substr(starts_[number], end - starts_[number]);
}

std::string_view Source::From(size_t line, size_t byte) const {
  if (line >= starts_.size()) return {};
  return text_.substr(std::min(starts_[line] + byte, text_.size()));
}

void Source::GoTo(size_t line, size_t byte) const {
  if (known_.line != line || known_.byte > byte) {
    known_.line = line;
    known_.byte = 0;
    known_.characters = 0;
  }
  const std::string_view text = Line(line);
  const size_t end = std::min(byte, text.size());
  for (; known_.byte < end; ++known_.byte)
    known_.characters += BeginsCharacter(text[known_.byte]) ? 1 : 0;
}

Mark Source::At(size_t line, size_t byte) const {
  GoTo(line, byte);
  return {static_cast<int>(line) + 1, static_cast<int>(known_.characters) + 1};
}

Mark Source::AtByte(size_t offset) const {
  const auto next = std::ranges::upper_bound(starts_, offset);
  const auto line = static_cast<size_t>(next - starts_.begin()) - 1;
  return At(line, offset - starts_[line]);
}

size_t Source::ByteOf(const Mark& mark) const {
  const auto line = static_cast<size_t>(std::max(mark.line, 1)) - 1;
  const auto characters = static_cast<size_t>(std::max(mark.column, 1)) - 1;
  if (known_.line != line || known_.characters > characters) GoTo(line, 0);
  const std::string_view text = Line(line);
  while (known_.byte < text.size()) {
    const bool begins = BeginsCharacter(text[known_.byte]);
    if (begins && known_.characters == characters) break;
    known_.characters += begins ? 1 : 0;
    ++known_.byte;
  }
  return known_.byte;
}

Source::Indentation Source::IndentationOf(size_t line) const {
  if (known_.indented_line == line) return known_.indentation;
  const std::string_view text = Line(line);
  const size_t width = std::min(text.find_first_not_of(" \t"), text.size());
  known_.indented_line = line;
  known_.indentation = {width, text.substr(0, width).contains('\t')};
  return known_.indentation;
}

}  // namespace plumbline::spec
