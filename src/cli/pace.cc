// SPDX-License-Identifier: MIT
#include "cli/pace.h"

#include <algorithm>
#include <utility>

namespace plumbline::cli {
namespace {

std::string BarOf(size_t done, size_t all) {
  constexpr size_t kCells = 20;
  const size_t full = all == 0 ? kCells : done * kCells / all;
  return "[" + std::string(full, '#') + std::string(kCells - full, '.') + "]";
}

}  // namespace

Pace::Pace(size_t all, Now now)
    : all_(all), now_(std::move(now)), begin_(now_()), last_run_(begin_) {}

void Pace::HasRun() {
  run_ = std::min(run_ + 1, all_);  // what the machine failed at is run twice
  last_run_ = now_();
}

std::string Pace::Told() const {
  const std::string text =
      BarOf(done_, all_) + " " + std::to_string(done_) + "/" + std::to_string(all_);
  if (run_ == 0 || run_ == all_) return text;
  // Since then some of the next one has been done.
  const Duration each = (last_run_ - begin_) / static_cast<int64_t>(run_);
  const Duration left = each * static_cast<int64_t>(all_ - run_) - (now_() - last_run_);
  return text + ", " + ToString(std::chrono::ceil<std::chrono::seconds>(std::max(left, each))) +
         " left";
}

}  // namespace plumbline::cli
