// SPDX-License-Identifier: MIT
// The parameters that most check kinds share, so that `at`, `who` and the claims mean the same in
// every table.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "spec/kind_table.h"

namespace plumbline::evaluate {

spec::ParamSpec AtParam();       // `at`, a snapshot (end)
spec::ParamSpec BetweenParam();  // `between`, two; required
spec::ParamSpec WhoParam(std::string default_value = "submission");
spec::ParamSpec ByParam(std::string default_value = "all");
spec::ParamSpec CountParam();  // `count`, RANGE (1..)
// `is`, a state or a list of them; required if there is no default.
spec::ParamSpec IsParam(std::vector<spec::Choice> states, std::string default_value = "");
spec::ParamSpec Required(spec::ParamSpec param);
spec::ParamSpec Defaulting(spec::ParamSpec param, std::string default_value);

// What a text can be claimed to be (claims.h judges them), for output.text and files.content.
std::vector<spec::ParamSpec> ClaimParams();
std::vector<std::string> ClaimNames();  // of which one must be given

// The finding of every kind that has `who` or `by`.
spec::FindingSpec NobodyFinding();

}  // namespace plumbline::evaluate
