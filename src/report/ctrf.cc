// SPDX-License-Identifier: MIT
#include "report/ctrf.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <vector>

#include "report/cases.h"

namespace plumbline::report {
namespace {

using evaluate::Verdict;
using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

constexpr const char* kVersion = "0.0.0";

const char* StatusOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "passed";
    case Verdict::kFailed:
      return "failed";
    case Verdict::kNotReached:
      return "skipped";
    case Verdict::kError:
      break;
  }
  return "other";
}

Json TestOf(const Case& one, const std::string& suite) {
  Json test = {{"name", one.Name()},
               {"status", StatusOf(one.verdict)},
               {"duration", 0},
               {"suite", Json::array({suite})}};
  if (!one.message.empty()) test["message"] = one.message;
  if (!one.text.empty()) test["trace"] = one.text;
  if (one.where) {
    test["filePath"] = one.where->file;
    test["line"] = one.where->line;
  }
  test["extra"] = {{"points", one.points}, {"max_points", one.max_points}, {"bonus", one.bonus}};
  return test;
}

Json SummaryOf(const std::vector<Case>& cases, const Reported& reported) {
  const auto count = [&](Verdict verdict) {
    return std::ranges::count(cases, verdict, &Case::verdict);
  };
  const auto took = std::chrono::round<milliseconds>(TimeOf(reported.grade));
  const milliseconds stop = reported.around.now.time_since_epoch();
  Json summary = {{"tests", cases.size()},
                  {"passed", count(Verdict::kPassed)},
                  {"failed", count(Verdict::kFailed)},
                  {"skipped", count(Verdict::kNotReached)},
                  {"pending", 0},
                  {"other", count(Verdict::kError)},
                  {"start", std::max(stop - took, milliseconds(0)).count()},
                  {"stop", stop.count()}};
  Json extra = {{"passed", reported.grade.passed}, {"max_points", reported.grade.max_points}};
  if (reported.grade.points) extra["points"] = *reported.grade.points;
  summary["extra"] = std::move(extra);
  return summary;
}

}  // namespace

Result<std::string> ToCtrf(const Reported& reported) {
  const std::vector<Case> cases = CasesOf(reported.grade, reported.translator);
  Json tests = Json::array();
  for (const Case& one : cases) tests.push_back(TestOf(one, TitleOf(reported.grade)));
  const Json document = {
      {"reportFormat", "CTRF"},
      {"specVersion", kVersion},
      {"generatedBy", "plumbline"},
      {"results",
       {{"tool", {{"name", "plumbline"}, {"version", reported.grade.version}}},
        {"summary", SummaryOf(cases, reported)},
        {"tests", std::move(tests)}}},
  };
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumbline::report
