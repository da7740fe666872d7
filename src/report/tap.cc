// SPDX-License-Identifier: MIT
#include "report/tap.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "base/text.h"
#include "report/cases.h"

namespace plumbline::report {
namespace {

using evaluate::Verdict;

// A description or a directive: `#` begins one, `\` escapes.
std::string Word(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '#' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

// A string of JSON is one of YAML 1.2 too, on one line.
std::string Scalar(const std::string& text) { return nlohmann::json(text).dump(); }

std::string Diagnostic(const Case& one) {
  std::string out = "  ---\n";
  const auto add = [&out](const std::string& key, const std::string& value) {
    out += "  " + key + ": " + value + "\n";
  };
  add("message", Scalar(one.message));
  add("severity", one.verdict == Verdict::kError ? "error" : "fail");
  if (one.where) {
    add("file", Scalar(one.where->file));
    add("line", std::to_string(one.where->line));
  }
  add("points", std::to_string(one.points));
  add("max_points", std::to_string(one.max_points));
  if (!one.text.empty()) {
    add("details", "");
    out.erase(out.size() - 2, 1);  // no space at the end of a line
    for (const std::string_view line : Lines(one.text))
      out += "    - " + Scalar(std::string(line)) + "\n";
  }
  return out + "  ...\n";
}

std::string Line(const Case& one, size_t number) {
  const std::string point = std::to_string(number) + " - " + Word(one.Name());
  switch (one.verdict) {
    case Verdict::kPassed:
      return "ok " + point + "\n";
    case Verdict::kNotReached:
      return "ok " + point + " # SKIP " + Word(one.message) + "\n";
    case Verdict::kFailed:
    case Verdict::kError:
      break;
  }
  return "not ok " + point + "\n" + Diagnostic(one);
}

}  // namespace

Result<std::string> ToTap(const Reported& reported) {
  const std::vector<Case> cases = CasesOf(reported.grade, reported.translator);
  std::string out = "TAP version 14\n1.." + std::to_string(cases.size()) + "\n";
  for (size_t i = 0; i < cases.size(); ++i) out += Line(cases[i], i + 1);
  for (const std::string& error : ErrorsOf(reported.grade)) out += "# " + Word(error) + "\n";
  return out + "# " + Word(SumOf(reported.grade, reported.translator)) + "\n";
}

}  // namespace plumbline::report
