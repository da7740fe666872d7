// SPDX-License-Identifier: MIT
#include "trace/clock/clock.h"

#include <algorithm>
#include <ctime>
#include <utility>

namespace plumbline::trace::clock {
namespace {

// After a jump so much processor time is not counted, nor more than was jumped over. To start a
// program and to fork take another few microseconds in each run: without this two timers of two
// processes would go off in an order of chance.
constexpr Duration kFree = std::chrono::milliseconds(10);

// How long the machine has been up when a run begins: the same in each run, and more than programs
// look back.
constexpr Duration kUp = std::chrono::seconds(100'000);

// Waits from here on are no polling.
constexpr Duration kPoll = std::chrono::milliseconds(100);

// Who waits until a time that it reckoned from its clock has computed a few microseconds since.
Duration WithoutDust(Duration wait) {
  const auto rounded = std::chrono::round<std::chrono::milliseconds>(wait);
  return rounded > Duration{} ? Duration(rounded) : wait;
}

Duration RealTimeOf(clockid_t id) {
  timespec time{};
  ::clock_gettime(id, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

bool TellsDate(clockid_t id) {
  return id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE || id == CLOCK_REALTIME_ALARM ||
         id == CLOCK_TAI;
}

}  // namespace

bool Passes(clockid_t id) {
  return TellsDate(id) || id == CLOCK_MONOTONIC || id == CLOCK_MONOTONIC_RAW ||
         id == CLOCK_MONOTONIC_COARSE || id == CLOCK_BOOTTIME || id == CLOCK_BOOTTIME_ALARM;
}

Clock::Clock(std::function<Duration()> processor) : processor_(std::move(processor)) {
  Begin(Mode::kVirtual, std::nullopt);
}

void Clock::Begin(Mode mode, std::optional<Duration> date) {
  mode_ = mode;
  begin_ = asked_ = Real::now();
  // A whole second, so that it matters to nobody when in a second a run begins; the next one, since
  // files that are made get the real date, which shall not be one to come.
  date_ = date.value_or(std::chrono::ceil<std::chrono::seconds>(RealTimeOf(CLOCK_REALTIME)));
  running_ = real() ? RealTimeOf(CLOCK_MONOTONIC) : kUp;
  if (real()) date_ = RealTimeOf(CLOCK_REALTIME);
  base_ = now_ = waited_ = long_waits_ = short_waits_ = {};
  jumps_.clear();
  used_then_ = processor_();
  free_ = kFree;
}

// All run on one processor, so that they use no more of it than passes.
bool Clock::HasCome(Duration time) { return time - now_ <= Real::now() - asked_ && Now() >= time; }

Duration Clock::Now() {
  asked_ = Real::now();
  if (real()) return now_ = asked_ - begin_;
  const Duration counted = processor_() - used_then_ - free_;
  return now_ = std::max(now_, base_ + std::max(counted, Duration{}));
}

Duration Clock::Stamp() {
  // To ask for the processor time of each process costs as much as the rest of an event.
  constexpr Duration kFresh = std::chrono::microseconds(200);
  const Real::time_point now = Real::now();
  if (now - stamped_ < kFresh) return now_;
  stamped_ = now;
  return Now();
}

Duration Clock::Read() {
  if (!real()) base_ += std::chrono::microseconds(1);
  return Now();
}

void Clock::JumpTo(const Due& due) {
  const Duration before = Now();
  if (due.time <= before) return;
  free_ = std::min(kFree, due.time - before);
  used_then_ = processor_();
  base_ = now_ = due.time;
  const Duration waited = WithoutDust(std::max(due.waited - waited_, Duration{}));
  waited_ = std::max(waited_, due.waited);
  (waited < kPoll ? short_waits_ : long_waits_) += waited;
  if (waited >= kPoll) jumps_.push_back({.to = due.time, .waited = long_waits_});
}

Duration Clock::Waited() {
  if (real()) return Now();
  using Tenths = std::chrono::duration<int64_t, std::deci>;
  // Who polls until a second is over may see it end one look before.
  const auto seconds = std::chrono::floor<std::chrono::seconds>(short_waits_ + kPoll / 2);
  return std::chrono::round<Tenths>(long_waits_) + seconds;
}

Duration Clock::OriginOf(clockid_t id) const { return TellsDate(id) ? date_ : running_; }

Duration Clock::On(clockid_t id, Duration time) const { return OriginOf(id) + time; }

Duration Clock::SinceBeginning(clockid_t id, Duration reading) const {
  return reading - OriginOf(id);
}

}  // namespace plumbline::trace::clock
