// SPDX-License-Identifier: MIT
#include "gradebook/csv.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "base/number.h"

namespace plumbline::gradebook {
namespace {

bool LooksLikeFormula(const std::string& field) {
  constexpr std::array<std::string_view, 11> kBeginnings{
      "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"};
  const auto begins = [&](std::string_view beginning) { return field.starts_with(beginning); };
  return std::ranges::any_of(kBeginnings, begins) && !NumberIn<double>(field);
}

std::string Quoted(const std::string& field) {
  // Whatever separates fields where it is read.
  if (field.find_first_of(",;\"\r\n") == std::string::npos) return field;
  std::string text = "\"";
  for (const char c : field) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + "\"";
}

class Parser {
 public:
  Parser(std::string_view text, char separator)
      : rest_(text), separator_(separator), ends_({separator, '\r', '\n'}) {
    if (rest_.starts_with("\xef\xbb\xbf")) rest_.remove_prefix(3);
  }

  Result<std::vector<Row>> Parse() {
    std::vector<Row> rows;
    while (!rest_.empty()) {
      Row row;
      while (true) {
        TRY_ASSIGN(std::string field, Field());
        row.push_back(std::move(field));
        if (!rest_.starts_with(separator_)) break;
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
    const size_t end = std::min(rest_.find_first_of(ends_), rest_.size());
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
    if (!rest_.empty() && !ends_.contains(rest_.front()))
      return Wrong("text after the quote that closes a field");
    line_ += std::ranges::count(field, '\n');
    return field;
  }

  std::string_view rest_;
  const char separator_;
  const std::string ends_;  // of a field
  std::ptrdiff_t line_ = 1;
};

}  // namespace

Result<std::vector<Row>> ParseCsv(std::string_view text, char separator) {
  return Parser(text, separator).Parse();
}

char SeparatorOf(std::string_view text) {
  const std::string_view first = text.substr(0, text.find_first_of("\r\n"));
  return std::ranges::count(first, ';') > std::ranges::count(first, ',') ? ';' : ',';
}

std::string Harmless(const std::string& field) {
  return LooksLikeFormula(field) ? "'" + field : field;
}

std::string PlainCsvLine(const Row& row, char separator) {
  std::string line;
  for (const std::string& field : row) {
    if (&field != &row.front()) line += separator;
    line += Quoted(field);
  }
  return line + "\r\n";
}

std::string CsvLine(const Row& row) {
  Row harmless;
  std::ranges::transform(row, std::back_inserter(harmless), Harmless);
  return PlainCsvLine(harmless);
}

}  // namespace plumbline::gradebook
