// SPDX-License-Identifier: MIT
// Second pass: what was mentioned is compared with what is declared.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "spec/exercise.h"
#include "spec/names.h"
#include "spec/reader.h"

namespace plumbline::spec {

using NamesByScenario = std::map<std::string, Names>;

// The mentions of one scenario. `names` has every scenario of the file.
void LintScenario(Reader& reader, const Exercise& exercise, const Scenario& scenario,
                  const NamesByScenario& names, const Mentions& mentions);

// Fills in the scenarios of a check that names none, and judges its mentions in each.
void LintCheck(Reader& reader, const Exercise& exercise, const NamesByScenario& names,
               const Mentions& mentions, Check& check);

// What holds between checks: ids, `needs`, languages, points. `mentions` are those of each check,
// `passing` is the place of that key.
void LintChecks(Reader& reader, const Exercise& exercise, const std::vector<Mentions>& mentions,
                const Mark& passing);

// A terminal is that of the scenario or of a process that it starts.
bool HasTerminal(const Scenario& scenario);

}  // namespace plumbline::spec
