// SPDX-License-Identifier: MIT
// The tables of the exercise file: its keys, a scenario's, a step's, a check's. One file each.
#pragma once

#include <span>
#include <vector>

#include "spec/types.h"

namespace plumbline::spec {

// A step; its text and place are filled in.
Type<Step> StepType();
// A scenario whose `like` is already followed (FollowLike). `like` itself is among the keys.
Type<Scenario> ScenarioType();
Type<Limits> LimitsType();

// A value of a check's parameter, as its type in a kind's table says.
Type<ParamValue> ParamValueType(const ParamSpec& param);
// One use of a kind.
Type<Clause> ClauseType(const KindTable& kind);
// `kinds` outlives it.
Type<Check> CheckType(std::span<const KindTable> kinds);

// The keys of the file around scenarios and checks. Those two are only nodes here: they need to
// know each other.
struct FileParts {
  Exercise exercise;
  std::vector<std::pair<Node, Node>> scenarios;  // name, value
  std::vector<Node> checks;
};
Type<FileParts> FileType(std::span<const KindTable> kinds);

}  // namespace plumbline::spec
