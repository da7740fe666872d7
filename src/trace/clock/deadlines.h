// SPDX-License-Identifier: MIT
// What is to happen when: the waits of threads that end by themselves, and timers.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

#include "base/units.h"
#include "record/event.h"
#include "trace/clock/clock.h"

namespace plumbline::trace::clock {

// What a deadline belongs to.
struct DeadlineKey {
  enum class Kind {
    kWait,        // of a thread in a call; owner: its host PID
    kSocketWait,  // the same, by the time-out of a socket
    kAlarm,       // alarm(2), setitimer(2); owner: the process
    kMade,        // timer_create(2); owner: the process, number: the timer
    kDescriptor,  // timerfd_create(2); owner: the object
  };
  Kind kind = Kind::kWait;
  int owner = 0;
  int number = 0;
  auto operator<=>(const DeadlineKey&) const = default;
};

// In a fixed order: by time, then by the birth of the processes, then by who was set first. That
// keeps two events of one instant in the same order in each run, however the machine scheduled what
// set them.
class Deadlines {
 public:
  // `process`: whose it is. One that was set before is replaced.
  void Set(const DeadlineKey& key, const Due& due, record::ProcessIndex process);
  void Remove(const DeadlineKey& key);
  std::optional<Duration> DueOf(const DeadlineKey& key) const;

  struct Deadline {
    DeadlineKey key;
    Due due{};
  };
  std::optional<Deadline> First() const;
  bool empty() const { return order_.empty(); }

 private:
  using Place = std::tuple<Duration, record::ProcessIndex, uint64_t>;
  std::map<DeadlineKey, Place> places_;
  struct Entry {
    DeadlineKey key;
    Duration waited{};  // Due::waited
  };
  std::map<Place, Entry> order_;
  uint64_t set_ = 0;  // how many so far
};

}  // namespace plumbline::trace::clock
