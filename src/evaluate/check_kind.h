// SPDX-License-Identifier: MIT
// What a grader supplies for each check kind: its table, what it needs observed, and the judgement,
// a pure function of recordings.
#pragma once

#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "evaluate/finding.h"
#include "evaluate/scene.h"
#include "record/recording.h"
#include "spec/kind_table.h"

namespace plumbline::evaluate {

struct Pass {};
// The run ended before what the check looks at: `why` names it.
struct NotReached {
  Message why;
};
// The recording does not hold what the check needs, or a judge failed: an error of the grading.
struct Unjudgeable {
  Message why;
};
using Judgement = std::variant<Pass, Finding, NotReached, Unjudgeable>;

struct CheckKind {
  spec::KindTable table;
  // What a run must observe for this use of the kind.
  std::set<record::Facet> (*needs)(const spec::Params&);
  // One scenario's run. Called for each of the check's scenarios in turn.
  Judgement (*judge)(const Scene&, const spec::Params&);
};

// The kinds that exist, an explicit list (graders/builtin.cc makes it).
using Kinds = std::span<const CheckKind>;

}  // namespace plumbline::evaluate
