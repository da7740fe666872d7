// SPDX-License-Identifier: MIT
#include "gradebook/csv.h"

#include <algorithm>
#include <optional>

#include "base/number.h"

namespace plumbline::gradebook {
namespace {

bool LooksLikeFormula(const std::string& field) {
  constexpr std::string_view kBeginnings = "=+-@\t\r";
  return !field.empty() && kBeginnings.contains(field.front()) && !NumberIn<double>(field);
}

std::string Quoted(const std::string& field) {
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string text = "\"";
  for (const char c : field) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + "\"";
}

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {
    if (rest_.starts_with("\xef\xbb\xbf")) rest_.remove_prefix(3);
  }

  Result<std::vector<Row>> Parse() {
    std::vector<Row> rows;
    while (!rest_.empty()) {
      Row row;
      while (true) {
        TRY_ASSIGN(std::string field, Field());
        row.push_back(std::move(field));
        if (!rest_.starts_with(',')) break;
        rest_.remove_prefix(1);
      }
      EndLine();
      if (row.size() > 1 || !row.front().empty()) rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  void EndLine() {
    if (rest_.starts_with('\r')) rest_.remove_prefix(1);
    if (rest_.starts_with('\n')) rest_.remove_prefix(1);
    ++line_;
  }

  std::unexpected<Error> Wrong(const std::string& what) const {
    return Fail("line " + std::to_string(line_) + ": " + what,
                "fields with quotes are written \"like \"\"this\"\"\"");
  }

  Result<std::string> Field() {
    if (rest_.starts_with('"')) return QuotedField();
    const size_t end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
    std::string field(rest_.substr(0, end));
    rest_.remove_prefix(end);
    if (field.contains('"')) return Wrong("a quote within a field that does not begin with one");
    return field;
  }

  Result<std::string> QuotedField() {
    std::string field;
    rest_.remove_prefix(1);
    while (true) {
      const size_t quote = rest_.find('"');
      if (quote == std::string_view::npos) return Wrong("a quote that is never closed");
      field += rest_.substr(0, quote);
      rest_.remove_prefix(quote + 1);
      if (!rest_.starts_with('"')) break;
      field += '"';
      rest_.remove_prefix(1);
    }
    if (!rest_.empty() && !std::string_view(",\r\n").contains(rest_.front()))
      return Wrong("text after the quote that closes a field");
    line_ += std::ranges::count(field, '\n');
    return field;
  }

  std::string_view rest_;
  std::ptrdiff_t line_ = 1;
};

}  // namespace

Result<std::vector<Row>> ParseCsv(std::string_view text) { return Parser(text).Parse(); }

std::string CsvLine(const Row& row) {
  std::string line;
  for (const std::string& field : row) {
    if (&field != &row.front()) line += ',';
    line += Quoted(LooksLikeFormula(field) ? "'" + field : field);
  }
  return line + "\r\n";
}

}  // namespace plumbline::gradebook
