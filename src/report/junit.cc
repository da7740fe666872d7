// SPDX-License-Identifier: MIT
#include "report/junit.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "base/text.h"
#include "report/cases.h"
#include "report/markup.h"

namespace plumbline::report {
namespace {

using evaluate::Verdict;

int Count(const std::vector<Case>& cases, Verdict verdict) {
  return static_cast<int>(std::ranges::count(cases, verdict, &Case::verdict));
}

// At most three decimals: strict schemas take no more.
std::string Seconds(Duration time) {
  return fmt::format("{:.3f}", std::chrono::duration<double>(time).count());
}

std::string Reason(const char* element, const Case& one, const std::string& type) {
  return fmt::format("      <{0} message=\"{1}\" type=\"{2}\">{3}</{0}>\n", element,
                     XmlText(one.message), type, XmlText(one.message + "\n" + one.text));
}

// What a check took is not known, for several look at one run: the suite has the time.
std::string Element(const std::string& suite, const Case& one) {
  const std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0.000\"",
                                       suite, XmlText(one.Name()));
  switch (one.verdict) {
    case Verdict::kPassed:
      return head + "/>\n";
    case Verdict::kFailed:
      return head + ">\n" + Reason("failure", one, "finding") + "    </testcase>\n";
    case Verdict::kError:
      return head + ">\n" + Reason("error", one, "grader") + "    </testcase>\n";
    case Verdict::kNotReached:
      break;
  }
  return head + ">\n" +
         fmt::format("      <skipped message=\"{}\"/>\n    </testcase>\n", XmlText(one.message));
}

}  // namespace

Result<std::string> ToJunit(const Reported& reported) {
  const std::vector<Case> cases = CasesOf(reported.grade, reported.translator);
  const std::string suite = XmlText(TitleOf(reported.grade));
  const std::string counts =
      fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", cases.size(),
                  Count(cases, Verdict::kFailed), Count(cases, Verdict::kError));
  const std::string time = Seconds(TimeOf(reported.grade));
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuites name=\"plumbline\" {} time=\"{}\">\n", counts, time);
  out += fmt::format("  <testsuite name=\"{}\" {} skipped=\"{}\" time=\"{}\">\n", suite, counts,
                     Count(cases, Verdict::kNotReached), time);
  for (const Case& one : cases) out += Element(XmlText(Escaped(reported.grade.exercise)), one);
  out += fmt::format("    <system-out>{}</system-out>\n",
                     XmlText(SumOf(reported.grade, reported.translator)));
  std::string errors;  // one element at most
  for (const std::string& error : ErrorsOf(reported.grade)) errors += error + "\n";
  if (!errors.empty()) out += fmt::format("    <system-err>{}</system-err>\n", XmlText(errors));
  return out + "  </testsuite>\n</testsuites>\n";
}

}  // namespace plumbline::report
