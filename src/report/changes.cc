// SPDX-License-Identifier: MIT
#include "report/changes.h"

#include <algorithm>

namespace plumbline::report {
namespace {

using Check = GradeDocument::Check;
using Finding = GradeDocument::Finding;

bool SameFinding(const Finding& a, const Finding& b) {
  return a.code == b.code && a.what == b.what;
}

bool SameCheck(const Check& a, const Check& b) {
  return a.id == b.id && a.verdict == b.verdict &&
         std::ranges::equal(a.findings, b.findings, SameFinding);
}

}  // namespace

Changes ChangedSince(const GradeDocument& before, GradeDocument now) {
  Changes changes{.grade = std::move(now)};
  GradeDocument& grade = changes.grade;
  if (before.exercise_hash != grade.exercise_hash || !before.build.ok || !grade.build.ok)
    return changes;
  changes.same = static_cast<int>(std::erase_if(grade.checks, [&](const Check& check) {
    return std::ranges::any_of(before.checks,
                               [&](const Check& old) { return SameCheck(old, check); });
  }));
  return changes;
}

}  // namespace plumbline::report
