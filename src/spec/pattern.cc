// SPDX-License-Identifier: MIT
#include "spec/pattern.h"

#include <algorithm>
#include <string_view>

namespace plumbline::spec {
namespace {

// What is RE2's, a placeholder's name, or a brace that was doubled.
struct Part {
  enum class Kind { kExpression, kPlaceholder, kBrace };
  Kind kind = Kind::kExpression;
  std::string_view text;
};

size_t Behind(std::string_view pattern, std::string_view end, size_t from) {
  const size_t found = pattern.find(end, from);
  return found == std::string_view::npos ? pattern.size() : found + end.size();
}

// Behind what begins with the backslash at `at`.
size_t BehindEscape(std::string_view pattern, size_t at) {
  if (at + 1 >= pattern.size()) return pattern.size();
  const char escaped = pattern[at + 1];
  if (escaped == 'Q') return Behind(pattern, "\\E", at + 2);
  const bool has_name = escaped == 'p' || escaped == 'P' || escaped == 'x';
  return has_name && pattern.substr(at + 2).starts_with('{') ? Behind(pattern, "}", at + 2)
                                                             : at + 2;
}

// Behind the class of characters that begins with the bracket at `at`.
size_t BehindClass(std::string_view pattern, size_t at) {
  ++at;
  if (pattern.substr(at).starts_with('^')) ++at;
  if (pattern.substr(at).starts_with(']')) ++at;  // the first one stands for itself
  while (at < pattern.size() && pattern[at] != ']') {
    if (pattern[at] == '\\') {
      at = BehindEscape(pattern, at);
    } else if (pattern.substr(at).starts_with("[:")) {
      at = Behind(pattern, ":]", at + 2);
    } else {
      ++at;
    }
  }
  return std::min(at + 1, pattern.size());
}

bool IsRepetition(std::string_view braced) {
  return std::ranges::all_of(braced, [](char c) { return (c >= '0' && c <= '9') || c == ','; });
}

// What stands in the braces that open at `open`, if that is a placeholder; else "".
std::string_view NameAt(std::string_view pattern, size_t open) {
  const size_t end = pattern.find_first_of("{}\n", open + 1);
  if (end == std::string_view::npos || pattern[end] != '}') return {};
  const std::string_view braced = pattern.substr(open + 1, end - open - 1);
  return IsRepetition(braced) ? std::string_view() : braced;
}

std::vector<Part> Split(std::string_view pattern) {
  std::vector<Part> parts;
  size_t from = 0;
  const auto take = [&](size_t to, Part part, size_t behind) {
    if (to > from) parts.push_back({Part::Kind::kExpression, pattern.substr(from, to - from)});
    if (!part.text.empty()) parts.push_back(part);
    from = behind;
    return behind;
  };
  for (size_t at = 0; at < pattern.size();) {
    if (pattern[at] == '\\') {
      at = BehindEscape(pattern, at);
    } else if (pattern[at] == '[') {
      at = BehindClass(pattern, at);
    } else if (pattern.substr(at).starts_with("{{")) {
      at = take(at, {Part::Kind::kBrace, "{"}, at + 2);
    } else if (pattern[at] != '{') {
      ++at;
    } else if (const std::string_view name = NameAt(pattern, at); !name.empty()) {
      at = take(at, {Part::Kind::kPlaceholder, name}, at + name.size() + 2);
    } else {
      ++at;
    }
  }
  take(pattern.size(), {}, pattern.size());
  return parts;
}

std::string Literal(std::string_view value) {
  std::string literal;
  for (const char c : value) {
    if (std::string_view("\\.+*?()|[]{}^$").contains(c)) literal += '\\';
    literal += c;
  }
  return literal;
}

// Whether it says how often comes what stands before it.
bool IsRepeated(const std::vector<Part>& parts, size_t number) {
  return number + 1 < parts.size() && parts[number + 1].kind == Part::Kind::kExpression &&
         std::string_view("*+?{").contains(parts[number + 1].text.front());
}

}  // namespace

std::string SubstituteInPattern(const std::string& pattern, const PlaceholderSource& source,
                                std::string* missing) {
  const std::vector<Part> parts = Split(pattern);
  std::string joined;
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::string text(parts[i].text);
    if (parts[i].kind == Part::Kind::kExpression) {
      joined += text;
    } else if (parts[i].kind == Part::Kind::kBrace) {
      joined += "\\{";
    } else if (const auto value = source.ValueOf(text)) {
      joined += IsRepeated(parts, i) ? "(?:" + Literal(*value) + ")" : Literal(*value);
    } else {
      joined += "\\{" + Literal(text) + "}";
      if (missing != nullptr && missing->empty()) *missing = text;
    }
  }
  return joined;
}

std::vector<std::string> PlaceholdersInPattern(const std::string& pattern) {
  std::vector<std::string> names;
  for (const Part& part : Split(pattern)) {
    if (part.kind == Part::Kind::kPlaceholder) names.emplace_back(part.text);
  }
  return names;
}

}  // namespace plumbline::spec
