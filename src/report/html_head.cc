// SPDX-License-Identifier: MIT
#include "report/html_head.h"

#include <fmt/core.h>

#include "report/markup.h"
#include "report/page_files.h"

namespace plumbline::report {

std::string HtmlHead(std::string_view lang, std::string_view token, std::string_view title) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{0}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'nonce-{1}'; script-src 'nonce-{1}'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<title>{2}</title>\n<style nonce=\"{1}\">\n{3}</style>\n</head>\n<body>\n",
      lang, XmlText(token), XmlText(title), kPageCss);
}

}  // namespace plumbline::report
