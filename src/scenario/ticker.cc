// SPDX-License-Identifier: MIT
#include "scenario/ticker.h"

#include <signal.h>
#include <unistd.h>

#include <utility>

namespace plumbline::scenario {
namespace {

void Interrupt(int) {}

// glibc 2.36 has no name for the member yet.
pid_t& ThreadIdOf(sigevent& event) { return event._sigev_un._tid; }

}  // namespace

Result<Ticker> Ticker::Start() {
  struct sigaction action{};
  action.sa_handler = Interrupt;  // without SA_RESTART: the wait shall end
  ::sigaction(SIGRTMIN + 1, &action, nullptr);
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGRTMIN + 1;
  ThreadIdOf(event) = ::gettid();
  timer_t timer{};
  if (::timer_create(CLOCK_MONOTONIC, &event, &timer) < 0) return ErrnoError("timer_create");
  return Ticker(timer);
}

Ticker::Ticker(Ticker&& other) noexcept
    : timer_(other.timer_), owned_(std::exchange(other.owned_, false)), period_(other.period_) {}

Ticker::~Ticker() {
  if (owned_) ::timer_delete(timer_);
}

void Ticker::Set(Duration period) {
  if (period == period_) return;
  period_ = period;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(period);
  const timespec time{seconds.count(), (period - seconds).count()};
  const itimerspec setting{.it_interval = time, .it_value = time};
  ::timer_settime(timer_, 0, &setting, nullptr);
}

}  // namespace plumbline::scenario
