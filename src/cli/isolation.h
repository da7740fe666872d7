// SPDX-License-Identifier: MIT
// Which rung of isolation a run gets.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/stop.h"
#include "sandbox/sandbox.h"

namespace plumbline::cli {

// "A", "B", "C", "unsafe"; nothing for other words.
std::optional<sandbox::Rung> RungNamed(std::string_view name);

// The rung for `wanted` (a name, or auto: the best) on a machine whose best is `best`, when the
// exercise requires `required` (a name or ""). Stops when the machine cannot give it.
Outcome<sandbox::Rung> ChooseRung(const std::string& wanted, const std::string& required,
                                  sandbox::Rung best);

}  // namespace plumbline::cli
