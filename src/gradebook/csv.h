// SPDX-License-Identifier: MIT
// Comma-separated values, RFC 4180, in UTF-8; separated by semicolons where spreadsheets write a
// decimal comma.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace plumbline::gradebook {

using Row = std::vector<std::string>;

// A byte-order mark and carriage returns before line ends are left out, empty lines too. Fails with
// the line of a quote that is never closed, or that stands within a bare field.
Result<std::vector<Row>> ParseCsv(std::string_view text, char separator = ',');
// A comma, or the semicolon of which there are more in the first line.
char SeparatorOf(std::string_view text);

// What a spreadsheet would take for a formula (OWASP, "CSV Injection"), with an apostrophe before
// it: what begins with = + - @, in full width too, a tab, a carriage return or a line feed, unless
// it is a plain number.
std::string Harmless(const std::string& field);
// One line with its end (CR LF), the fields as they are.
std::string PlainCsvLine(const Row& row, char separator = ',');
// The same of harmless ones.
std::string CsvLine(const Row& row);

}  // namespace plumbline::gradebook
