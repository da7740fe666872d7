// SPDX-License-Identifier: MIT
#include "evaluate/clauses.h"

namespace plumbline::evaluate {

bool CountsFor(const spec::Check& check, const std::string& language) {
  const auto& only = check.languages;
  return only.empty() || std::ranges::find(only, language) != only.end();
}

std::string FirstKind(const spec::Check& check) {
  std::string kind;
  ForEachClause(check, [&](const spec::Clause& clause) {
    if (kind.empty()) kind = clause.kind;
  });
  return kind;
}

std::string SnapshotOf(const spec::Check& check, const std::string& kind) {
  std::string name;
  ForEachClause(check, [&](const spec::Clause& clause) {
    const auto* at = clause.kind == kind ? clause.params.Find<std::string>("at") : nullptr;
    if (name.empty() && at != nullptr) name = *at;
  });
  return name;
}

}  // namespace plumbline::evaluate
