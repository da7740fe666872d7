// SPDX-License-Identifier: MIT
// The head that all pages have.
#pragma once

#include <string>
#include <string_view>

namespace plumbline::report {

// From the doctype to the beginning of the body. Nothing is fetched, and no style or script counts
// but what has the `token`: a text that got through as markup would still do nothing. `title` is
// text.
std::string HtmlHead(std::string_view lang, std::string_view token, std::string_view title);

}  // namespace plumbline::report
