// SPDX-License-Identifier: MIT
// Text inside XML, HTML and Markdown.
#pragma once

#include <string>
#include <string_view>

namespace plumbline::report {

// For text and for values of attributes in quotes. What no XML document may contain, escaped or not
// (control characters, U+FFFE, bytes that are not UTF-8; https://www.w3.org/TR/xml/#charsets), is
// U+FFFD afterwards.
std::string XmlText(std::string_view text);

// Text that is nothing but text: no emphasis, link, mention, heading, list, table or HTML. Newlines
// become spaces. https://spec.commonmark.org/0.31.2/#backslash-escapes
std::string MarkdownText(std::string_view text);
// A block of code, as it is, whatever fences are in it; ended by a newline.
std::string MarkdownBlock(std::string_view text, std::string_view language = "");

}  // namespace plumbline::report
