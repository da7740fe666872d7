// SPDX-License-Identifier: MIT
#include "trace/clock/deadlines.h"

namespace plumbline::trace::clock {

void Deadlines::Set(const DeadlineKey& key, const Due& due, record::ProcessIndex process) {
  Remove(key);
  const Place place{due.time, process, ++set_};
  places_[key] = place;
  order_[place] = {.key = key, .waited = due.waited};
}

void Deadlines::Remove(const DeadlineKey& key) {
  const auto found = places_.find(key);
  if (found == places_.end()) return;
  order_.erase(found->second);
  places_.erase(found);
}

std::optional<Duration> Deadlines::DueOf(const DeadlineKey& key) const {
  const auto found = places_.find(key);
  if (found == places_.end()) return std::nullopt;
  return std::get<Duration>(found->second);
}

std::optional<Deadlines::Deadline> Deadlines::First() const {
  if (order_.empty()) return std::nullopt;
  const auto& [place, entry] = *order_.begin();
  return Deadline{entry.key, {std::get<Duration>(place), entry.waited}};
}

}  // namespace plumbline::trace::clock
