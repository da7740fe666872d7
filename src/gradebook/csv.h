// SPDX-License-Identifier: MIT
// Comma-separated values, RFC 4180, in UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace plumbline::gradebook {

using Row = std::vector<std::string>;

// A byte-order mark and carriage returns before line ends are left out, empty lines too. Fails with
// the line of a quote that is never closed, or that stands within a bare field.
Result<std::vector<Row>> ParseCsv(std::string_view text);

// One line with its end (CR LF). A spreadsheet takes a field that begins with = + - @, a tab or a
// carriage return for a formula (OWASP, "CSV Injection"): such a one gets an apostrophe before it,
// unless it is a plain number.
std::string CsvLine(const Row& row);

}  // namespace plumbline::gradebook
