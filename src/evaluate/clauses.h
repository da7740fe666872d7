// SPDX-License-Identifier: MIT
// What a check is made of: its clauses, those of alternatives included.
#pragma once

#include <algorithm>
#include <string>
#include <variant>

#include "spec/exercise.h"

namespace plumbline::evaluate {

// Whether it is asked of submissions in this language.
bool CountsFor(const spec::Check& check, const std::string& language);

// Calls `act` with each clause, in the order in which they are written.
template <typename Do>
void ForEachClause(const spec::Check& check, Do act) {
  for (const spec::Requirement& requirement : check.requirements) {
    if (const auto* clause = std::get_if<spec::Clause>(&requirement)) {
      act(*clause);
      continue;
    }
    for (const auto& alternative : std::get<spec::AnyOf>(requirement).alternatives) {
      std::ranges::for_each(alternative, act);
    }
  }
}

// Of the first clause; "" without any.
std::string FirstKind(const spec::Check& check);
// The snapshot at which the first clause of this kind looks; "" if it looks at none.
std::string SnapshotOf(const spec::Check& check, const std::string& kind);

}  // namespace plumbline::evaluate
