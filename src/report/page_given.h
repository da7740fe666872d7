// SPDX-License-Identifier: MIT
// What a scenario gives to the programs, for the page's scripts: arguments, files, standard input,
// who is at the other end, what goes wrong, steps. Only page_data.cc includes this.
#pragma once

#include <nlohmann/json.hpp>

#include "report/translator.h"
#include "spec/exercise.h"

namespace plumbline::report {

// A list of {title, items}; an item has a `name`, a `note` (either may be "") and, of a text, its
// first `lines`, whether it ends in a `newline`, and whether it was `cut`. Placeholders stay as
// they are written. Bounded, whatever the scenario's size.
nlohmann::ordered_json GivenBy(const spec::Scenario& scenario, const Translator& translator);

}  // namespace plumbline::report
