// SPDX-License-Identifier: MIT
// https://gradescope-autograders.readthedocs.io/en/latest/specs/
#include "report/gradescope.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <vector>

#include "report/cases.h"
#include "report/words.h"

namespace plumbline::report {
namespace {

using evaluate::Verdict;
using Json = nlohmann::ordered_json;

// Points above the sum are for a test without a maximum, or the sum of those would be too high.
Json TestOf(const Case& one, int number, bool graded, const Translator& translator) {
  Json test = {{"name", one.Name()}, {"number", std::to_string(number)}};
  if (graded) {
    test["score"] = one.points;
    test["max_score"] = one.bonus ? 0 : one.max_points;
  }
  test["status"] = one.verdict == Verdict::kPassed ? "passed" : "failed";
  std::string output = translator.Tell(WordFor(one.verdict));
  if (!one.message.empty()) output += ": " + one.message;
  if (!one.text.empty()) output += "\n" + one.text;
  test["output"] = output;
  test["output_format"] = "text";
  test["tags"] = Json::array({one.id});
  test["visibility"] = one.hidden ? "after_published" : "visible";
  return test;
}

std::string OutputOf(const Reported& reported) {
  std::string output =
      TitleOf(reported.grade) + "\n" + SumOf(reported.grade, reported.translator) + "\n";
  for (const std::string& error : ErrorsOf(reported.grade)) output += error + "\n";
  return output;
}

}  // namespace

Result<std::string> ToGradescope(const Reported& reported) {
  const bool graded = reported.grade.points.has_value();
  Json tests = Json::array();
  int number = 0;
  for (const Case& one : CasesOf(reported.grade, reported.translator))
    tests.push_back(TestOf(one, ++number, graded, reported.translator));
  Json document = Json::object();
  if (graded) document["score"] = *reported.grade.points;
  document["execution_time"] =
      std::chrono::round<std::chrono::seconds>(TimeOf(reported.grade)).count();
  document["output"] = OutputOf(reported);
  document["output_format"] = "text";
  document["visibility"] = "visible";
  document["stdout_visibility"] = "hidden";
  document["tests"] = std::move(tests);
  document["leaderboard"] = Json::array();
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumbline::report
