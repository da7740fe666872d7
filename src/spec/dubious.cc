// SPDX-License-Identifier: MIT
// What is right and was probably not meant: runs and snapshots that nothing is judged by.
#include <algorithm>
#include <set>

#include "spec/loader.h"
#include "spec/notation.h"

namespace plumbline::spec {
namespace {

using Names = std::set<std::string>;

// The snapshots that one use of a kind looks at, defaults too.
void AddSnapshots(const Clause& clause, std::span<const KindTable> kinds, Names& names) {
  const auto kind = std::ranges::find(kinds, clause.kind, &KindTable::name);
  if (kind == kinds.end()) return;
  for (const ParamSpec& param : kind->params) {
    if (param.type == ParamType::kSnapshot) {
      if (const auto* name = clause.params.Find<std::string>(param.name)) names.insert(*name);
    } else if (param.type == ParamType::kSnapshotPair) {
      const auto* pair = clause.params.Find<std::vector<std::string>>(param.name);
      if (pair != nullptr) names.insert(pair->begin(), pair->end());
    }
  }
}

Names SnapshotsOf(const Exercise& exercise, std::span<const KindTable> kinds) {
  Names names;
  for (const Check& check : exercise.checks) {
    for (const Requirement& requirement : check.requirements) {
      if (const auto* clause = std::get_if<Clause>(&requirement)) {
        AddSnapshots(*clause, kinds, names);
        continue;
      }
      for (const auto& alternative : std::get<AnyOf>(requirement).alternatives) {
        for (const Clause& clause : alternative) AddSnapshots(clause, kinds, names);
      }
    }
  }
  return names;
}

Names JudgedScenarios(const Exercise& exercise) {
  Names names;
  for (const Check& check : exercise.checks)
    names.insert(check.scenarios.begin(), check.scenarios.end());
  return names;
}

}  // namespace

Diagnostics Dubious(const Exercise& exercise, std::span<const KindTable> kinds,
                    const std::string& file) {
  Diagnostics found;
  const Names judged = JudgedScenarios(exercise);
  const Names looked_at = SnapshotsOf(exercise, kinds);
  for (const auto& [name, scenario] : exercise.scenarios) {
    if (!judged.contains(name))
      found.push_back({file, scenario.mark, "unused-scenario",
                       "no check judges the scenario " + Quoted(name),
                       "remove it, or name it in a check"});
    for (const Step& step : scenario.steps) {
      const auto* snapshot = std::get_if<TakeSnapshot>(&step.action);
      if (snapshot == nullptr || looked_at.contains(snapshot->name)) continue;
      found.push_back({file, step.mark, "unused-snapshot",
                       "no check looks at the snapshot " + Quoted(snapshot->name),
                       "remove it, or name it in a check"});
    }
  }
  return InOrder(std::move(found));
}

}  // namespace plumbline::spec
