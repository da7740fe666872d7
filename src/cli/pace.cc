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

// What `rest` take where `done` took that.
Duration Rest(Duration took, size_t done, size_t rest) {
  return took / static_cast<int64_t>(done) * static_cast<int64_t>(rest);
}

}  // namespace

Pace::Pace(size_t all, bool finishes_later, Now now)
    : all_(all), finishes_later_(finishes_later), now_(std::move(now)), last_(now_()) {}

void Pace::Begin(size_t count) {
  Advance();
  begun_ += count;
}

void Pace::HasRun() {
  Advance();
  run_ = std::min(run_ + 1, begun_);  // what the machine failed at is run twice
}

void Pace::IsDone() {
  const bool later = run_ == begun_;
  Advance();
  ++done_;
  if (later) ++done_later_;
}

std::string Pace::Told() {
  Advance();
  const std::string text =
      BarOf(done_, all_) + " " + std::to_string(done_) + "/" + std::to_string(all_);
  if (!IsKnown()) return text;
  const Duration left = Rest(running_, run_, all_ - run_) + Rest(finishing_, done_, all_ - done_);
  return text + ", " + ToString(std::chrono::ceil<std::chrono::seconds>(left)) + " left";
}

bool Pace::IsKnown() const {
  if (done_ == 0 || done_ == all_) return false;
  const bool waits = finishes_later_ || run_ > done_;
  return !waits || done_later_ > 0;
}

void Pace::Advance() {
  const auto now = now_();
  (run_ < begun_ ? running_ : finishing_) += now - last_;
  last_ = now;
}

}  // namespace plumbline::cli
