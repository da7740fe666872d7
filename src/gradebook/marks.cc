// SPDX-License-Identifier: MIT
#include "gradebook/marks.h"

#include <algorithm>

namespace plumbline::gradebook {
namespace {

constexpr int64_t kDay = 24 * 3600;

double TakenOff(const Policy& policy, const Attempt& attempt, int64_t extra) {
  if (!policy.due || attempt.submitted <= *policy.due + extra) return 0;
  const int64_t days = (attempt.submitted - *policy.due - extra + kDay - 1) / kDay;
  const auto percent = std::min<int64_t>(100, days * policy.late_percent);
  return *attempt.points * static_cast<double>(percent) / 100;
}

}  // namespace

Mark MarkOf(const Policy& policy, const std::vector<Attempt>& attempts, int64_t extra,
            const std::vector<Adjustment>& adjustments) {
  Mark mark;
  const Attempt* counts = nullptr;
  for (const Attempt& attempt : attempts) {
    mark.max_points = std::max(mark.max_points, attempt.max_points);
    if (!attempt.points) continue;
    const double off = TakenOff(policy, attempt, extra);
    const double points = *attempt.points - off;
    const bool better = policy.attempts == Policy::Attempts::kBest
                            ? counts == nullptr || points > *mark.points
                            : counts == nullptr || attempt.submitted >= counts->submitted;
    if (!better) continue;
    counts = &attempt;
    mark.points = points;
    mark.taken_off = off;
    mark.attempt = attempt.id;
    mark.submitted = attempt.submitted;
  }
  for (const Adjustment& adjustment : adjustments) mark.adjusted += adjustment.points;
  // An adjustment stands for work that was seen in another way, too.
  if (!adjustments.empty()) mark.points = mark.points.value_or(0) + mark.adjusted;
  if (mark.points) mark.points = std::max(0.0, *mark.points);
  return mark;
}

}  // namespace plumbline::gradebook
