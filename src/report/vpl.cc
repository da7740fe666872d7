// SPDX-License-Identifier: MIT
// https://vpl.dis.ulpgc.es/documentation/vpl-4/evaluation.html: a comment's lines that begin with
// "-" are titles, with ">" text as it is.
#include "report/vpl.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "report/cases.h"
#include "report/words.h"

namespace plumbline::report {
namespace {

using evaluate::Verdict;

// What would end the comment, or give a grade, wherever on a line it stands.
std::string Harmless(std::string text) {
  for (const std::string_view tag : {":=>>", "--|>", "<|--"}) {
    for (size_t at = text.find(tag); at != std::string::npos; at = text.find(tag, at + 1))
      text.insert(at + 2, " ");
  }
  return text;
}

// One line, whatever is in it: what comes last, the points, must not get lost.
std::string Title(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return "-" + Harmless(std::move(text)) + "\n";
}
std::string Text(const std::string& text) {
  std::string out;
  for (const std::string_view line : Lines(text)) out += ">" + Harmless(std::string(line)) + "\n";
  return out;
}

std::optional<double> Number(const std::string& text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  return !text.empty() && read.ptr == end && read.ec == std::errc() ? std::optional(value)
                                                                    : std::nullopt;
}

// A bonus does not lift a grade above what the activity has.
std::string GradeOf(const GradeDocument& grade, const Around& around) {
  const std::optional<double> most = Number(around.Variable("VPL_GRADEMAX"));
  const double least = Number(around.Variable("VPL_GRADEMIN")).value_or(0);
  if (!most || grade.max_points == 0) return std::to_string(*grade.points);
  const double share = std::min(1.0, double(*grade.points) / grade.max_points);
  return fmt::format("{:.2f}", least + share * (*most - least));
}

}  // namespace

Result<std::string> ToVpl(const Reported& reported) {
  const auto tell = [&](const evaluate::Message& message) {
    return reported.translator.Tell(message);
  };
  std::string out =
      "<|--\n" + Title(TitleOf(reported.grade)) + Text(SumOf(reported.grade, reported.translator));
  for (const std::string& error : ErrorsOf(reported.grade)) out += Text(error);
  for (const Case& one : CasesOf(reported.grade, reported.translator)) {
    out += Title(fmt::format("{}: {} ({}/{})", tell(WordFor(one.verdict)), one.Name(), one.points,
                             one.max_points));
    if (one.verdict != Verdict::kPassed) out += Text(one.message + "\n" + one.text);
  }
  out += "--|>\n";
  if (reported.grade.points) out += "Grade :=>> " + GradeOf(reported.grade, reported.around) + "\n";
  return out;
}

}  // namespace plumbline::report
