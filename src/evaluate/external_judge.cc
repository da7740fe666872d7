// SPDX-License-Identifier: MIT
#include "evaluate/external_judge.h"

#include <nlohmann/json.hpp>

#include "base/hash.h"

namespace plumbline::evaluate {

using Json = nlohmann::json;

std::string JudgeKey(const std::string& program) { return Hasher().Add(program).Finish(); }

std::string NoJudgement(const std::string& why) {
  return Json{{"error", why}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace plumbline::evaluate
