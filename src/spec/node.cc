// SPDX-License-Identifier: MIT
#include "spec/node.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace plumbline::spec {
namespace {

bool AllDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// [-+] digits [. digits] [e [-+] digits], where one side of the point may be empty.
bool IsDecimal(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const size_t exponent = text.find_first_of("eE");
  std::string_view mantissa = text.substr(0, exponent);
  if (exponent != std::string_view::npos) {
    std::string_view power = text.substr(exponent + 1);
    if (power.starts_with('-') || power.starts_with('+')) power.remove_prefix(1);
    if (!AllDigits(power)) return false;
  }
  const size_t point = mantissa.find('.');
  if (point == std::string_view::npos) return AllDigits(mantissa);
  const std::string_view whole = mantissa.substr(0, point);
  const std::string_view fraction = mantissa.substr(point + 1);
  if (whole.empty()) return AllDigits(fraction);
  return AllDigits(whole) && (fraction.empty() || AllDigits(fraction));
}

bool IsBased(std::string_view text) {
  const auto only = [&](std::string_view digits) {
    return text.size() > 2 && text.substr(2).find_first_not_of(digits) == std::string_view::npos;
  };
  if (text.starts_with("0x")) return only("0123456789abcdefABCDEF");
  return text.starts_with("0o") && only("01234567");
}

bool IsSpecialNumber(std::string_view text) {
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return true;
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return text == ".inf" || text == ".Inf" || text == ".INF";
}

bool IsBool(std::string_view text) {
  static constexpr std::string_view kWords[] = {"true", "True", "TRUE", "false", "False", "FALSE"};
  return std::ranges::find(kWords, text) != std::end(kWords);
}

std::string InQuotes(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : Escaped(text, 120)) {
    if (c == '"') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

const Node* Node::Find(const std::string& key) const {
  const auto found = std::ranges::find(
      entries, key, [](const auto& entry) -> const std::string& { return entry.first.text; });
  return found == entries.end() ? nullptr : &found->second;
}

const Node* Node::FindKey(const std::string& key) const {
  const auto found = std::ranges::find(
      entries, key, [](const auto& entry) -> const std::string& { return entry.first.text; });
  return found == entries.end() ? nullptr : &found->first;
}

PlainType TypeOfPlain(const std::string& text) {
  if (IsBool(text)) return PlainType::kBool;
  return IsDecimal(text) || IsBased(text) || IsSpecialNumber(text) ? PlainType::kNumber
                                                                   : PlainType::kText;
}

bool IsPlainNumber(const Node& node) {
  return node.IsScalar() && !node.quoted && TypeOfPlain(node.text) == PlainType::kNumber;
}

std::string Describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kNull:
      return "nothing";
    case Node::Kind::kList:
      return "a list";
    case Node::Kind::kMap:
      return "a map of keys";
    case Node::Kind::kScalar:
      break;
  }
  if (node.quoted) return "text in quotes";
  switch (TypeOfPlain(node.text)) {
    case PlainType::kBool:
      return "true or false";
    case PlainType::kNumber:
      return "a number";
    case PlainType::kText:
      break;
  }
  return "text";
}

std::string ToFlow(const Node& node) {
  std::string text;
  switch (node.kind) {
    case Node::Kind::kNull:
      return "~";
    case Node::Kind::kScalar:
      return node.quoted ? InQuotes(node.text) : Escaped(node.text, 120);
    case Node::Kind::kList:
      for (const Node& item : node.items) text += (text.empty() ? "" : ", ") + ToFlow(item);
      return '[' + text + ']';
    case Node::Kind::kMap:
      for (const auto& [key, value] : node.entries)
        text += (text.empty() ? "" : ", ") + ToFlow(key) + ": " + ToFlow(value);
      return '{' + text + '}';
  }
  return text;
}

}  // namespace plumbline::spec
