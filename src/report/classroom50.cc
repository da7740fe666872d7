// SPDX-License-Identifier: MIT
#include "report/classroom50.h"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/cases.h"

namespace plumbline::report {
namespace {

using Json = nlohmann::ordered_json;

// A key and the variables of the runner that may have it, the first first.
struct Identity {
  const char* key;
  std::initializer_list<const char*> variables;
};

}  // namespace

Result<std::string> ToClassroom50(const Reported& reported) {
  static const Identity kIdentities[] = {
      {"classroom", {"CLASSROOM"}},       {"assignment", {"ASSIGNMENT"}},
      {"submission", {"SUBMISSION_TAG"}}, {"commit", {"COMMIT_URL"}},
      {"release", {"RELEASE_URL"}},       {"review", {"REVIEW_URL", "COMMIT_URL"}}};
  if (!reported.grade.points)
    return Fail("classroom50: there is no grade to report", "see what the terminal's report says");
  Json document = {{"schema", "classroom50/result/v1"}};
  for (const Identity& identity : kIdentities) {
    std::string value;
    for (const char* variable : identity.variables) {
      if (value.empty()) value = reported.around.Variable(variable);
    }
    if (value.empty())
      return Fail(fmt::format("classroom50: {} is not set", *identity.variables.begin()),
                  "this report is for Classroom 50's runner, which sets it");
    document[identity.key] = value;
  }
  document["datetime"] = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", reported.around.now);
  // It knows no bonus, and refuses a document with more points than there are to be had: what a
  // bonus earned is to be had too.
  document["score"] = *reported.grade.points;
  document["max-score"] = std::max(reported.grade.max_points, *reported.grade.points);
  Json tests = Json::array();
  for (const Case& one : CasesOf(reported.grade, reported.translator)) {
    tests.push_back({{"test-name", one.Name()},
                     {"passed", one.verdict == evaluate::Verdict::kPassed},
                     {"score", one.points},
                     {"max-score", one.bonus ? one.points : one.max_points}});
  }
  document["tests"] = std::move(tests);
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumbline::report
