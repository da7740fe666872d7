// SIGHUP forgets how often the timer was changed.
#include <signal.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <iostream>
#include <optional>
#include <string_view>
#include <system_error>

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

class Countdown {
 public:
  explicit Countdown(std::chrono::seconds whole) : whole_(whole), end_(Clock::now() + whole) {}

  Clock::duration Left() const { return end_ - Clock::now(); }
  void Restart() { *this = Countdown(whole_); }
  void Add() {
    end_ += kStep;
    ++up_;
  }
  bool Take() {
    if (Left() - kStep < 1s) return false;
    end_ -= kStep;
    ++down_;
    return true;
  }
  int up() const { return up_; }
  int down() const { return down_; }

 private:
  static constexpr std::chrono::seconds kStep = 60s;
  std::chrono::seconds whole_;
  Clock::time_point end_;
  int up_ = 0;
  int down_ = 0;
};

sigset_t BlockedSignals() {
  sigset_t ours;
  sigemptyset(&ours);
  for (const int number : {SIGUSR1, SIGUSR2, SIGHUP, SIGTERM}) sigaddset(&ours, number);
  sigprocmask(SIG_BLOCK, &ours, nullptr);
  return ours;
}

// The signal that came, or nothing when the time is over.
std::optional<int> NextSignal(const sigset_t& ours, const Countdown& countdown) {
  for (;;) {
    const auto left = countdown.Left();
    if (left <= 0s) return std::nullopt;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
    const timespec limit = {seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
    const int number = sigtimedwait(&ours, nullptr, &limit);
    if (number != -1) return number;
    if (errno != EAGAIN && errno != EINTR) {
      throw std::system_error(errno, std::generic_category(), "sigtimedwait");
    }
  }
}

void Run(std::chrono::seconds whole) {
  signal(SIGINT, SIG_IGN);
  const sigset_t ours = BlockedSignals();
  Countdown countdown(whole);
  while (const auto number = NextSignal(ours, countdown)) {
    if (*number == SIGUSR1) countdown.Add();
    if (*number == SIGUSR2 && !countdown.Take()) std::cout << "ignored" << std::endl;
    if (*number == SIGHUP) countdown.Restart();
    if (*number == SIGTERM) {
      std::cout << "left " << std::chrono::ceil<std::chrono::seconds>(countdown.Left()).count() << std::endl;
    }
  }
  std::cout << "up " << countdown.up() << " down " << countdown.down() << std::endl;
}

std::optional<int> SecondsFrom(std::string_view text) {
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (seconds < 1 || seconds > 86400) return std::nullopt;
  return seconds;
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::optional<int> seconds = argc == 2 ? SecondsFrom(argv[1]) : std::nullopt;
  if (!seconds) {
    std::cerr << "usage: countdown SECONDS, from 1 to 86400\n";
    return 2;
  }
  try {
    std::cout.exceptions(std::ios::badbit | std::ios::failbit);
    Run(std::chrono::seconds(*seconds));
  } catch (const std::exception& error) {
    std::cerr << "countdown: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
