// SPDX-License-Identifier: MIT
#include "report/markup.h"

#include <algorithm>

#include "base/text.h"

namespace plumbline::report {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

// U+FFFE and U+FFFF at `i` of UTF-8.
bool IsNoCharacter(std::string_view text, size_t i) {
  return text.substr(i, 3) == "\xef\xbf\xbe" || text.substr(i, 3) == "\xef\xbf\xbf";
}

std::string_view Entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\r':
      return "&#13;";
    default:
      return "";
  }
}

// Whether the character at `i` has a meaning of its own. Between words most have none, and a text
// that is read as it is stays readable.
bool HasMeaning(std::string_view text, size_t i) {
  constexpr std::string_view kAlways = "\\`*_[]{}|~$";
  constexpr std::string_view kAtTheBeginning = "-+.=>)";  // a list, a line below a heading
  constexpr std::string_view kHost = "www";               // with a dot it would be a link
  if (kAlways.find(text[i]) != std::string_view::npos) return true;
  if (text[i] == '.' && i >= kHost.size()) {
    const std::string_view before = text.substr(i - kHost.size(), kHost.size());
    if (std::ranges::equal(before, kHost, {}, [](char c) { return c | 0x20; })) return true;
  }
  return kAtTheBeginning.find(text[i]) != std::string_view::npos &&
         text.substr(0, i).find_first_not_of(" \t0123456789") == std::string_view::npos;
}

size_t LongestRun(std::string_view text, char of) {
  size_t longest = 0;
  size_t run = 0;
  for (const char c : text) {
    run = c == of ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string XmlText(std::string_view text) {
  const std::string utf8 = ToUtf8(text);
  std::string out;
  for (size_t i = 0; i < utf8.size(); ++i) {
    const char c = utf8[i];
    if (const std::string_view entity = Entity(c); !entity.empty()) {
      out += entity;
    } else if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') {
      out += kReplacement;
    } else if (IsNoCharacter(utf8, i)) {
      out += kReplacement;
      i += 2;
    } else {
      out += c;
    }
  }
  return out;
}

std::string MarkdownText(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    // As entities, because readers look for HTML, mentions and issues before they look at escapes.
    if (const std::string_view entity = Entity(c); c == '&' || c == '<' || c == '>') {
      out += entity;
    } else if (c == '@' || c == '#') {
      out += c == '@' ? "&#64;" : "&#35;";
    } else if (text.substr(i, 2) == ":/") {
      out += "&#58;";  // a bare address would be a link
    } else if (c == '\n' || c == '\r') {
      out += ' ';
    } else {
      if (HasMeaning(text, i)) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string MarkdownBlock(std::string_view text, std::string_view language) {
  const std::string fence(std::max<size_t>(3, LongestRun(text, '`') + 1), '`');
  std::string out = fence + std::string(language) + "\n" + std::string(text);
  if (!out.ends_with('\n')) out += '\n';
  return out + fence + "\n";
}

}  // namespace plumbline::report
