// SPDX-License-Identifier: MIT
// From what was graded to the mark that counts: attempts, lateness, adjustments. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plumbline::gradebook {

// What counts of an exercise.
struct Policy {
  enum class Attempts { kBest, kLast };
  Attempts attempts = Attempts::kBest;
  std::optional<int64_t> due;  // seconds since 1970 (UTC); nothing: whenever
  int late_percent = 0;        // of the points, for each day begun after that
  bool operator==(const Policy&) const = default;
};

// Something handed in; the same attempt may have been more than once.
struct Attempt {
  int64_t id = 0;
  int64_t submitted = 0;      // seconds since 1970 (UTC)
  std::optional<int> points;  // nothing: it got no grade
  int max_points = 0;
};

struct Adjustment {
  double points = 0;  // to be added
  std::string reason;
  int64_t at = 0;  // seconds since 1970 (UTC)
};

struct Extension {
  int64_t seconds = 0;  // more, for one student
  std::string reason;
  int64_t at = 0;
};

struct Mark {
  std::optional<double> points;  // that count; nothing: there is no grade
  double taken_off = 0;          // for lateness
  double adjusted = 0;
  int64_t attempt = 0;  // that counts; 0: none
  int64_t submitted = 0;
  int max_points = 0;
};

// `extra`: seconds that this student has more. Points are never below 0.
Mark MarkOf(const Policy& policy, const std::vector<Attempt>& attempts, int64_t extra,
            const std::vector<Adjustment>& adjustments);

}  // namespace plumbline::gradebook
