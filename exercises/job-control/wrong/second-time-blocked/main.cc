// SIGTSTP stays blocked after the first stop: the second Ctrl-Z is pending for ever.
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <iostream>

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

volatile sig_atomic_t stop_asked = 0;
volatile sig_atomic_t end_asked = 0;

void TakeNote(int signal_number) { (signal_number == SIGTSTP ? stop_asked : end_asked) = 1; }

void SetAction(int signal_number, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigaction(signal_number, &action, nullptr);
}

class Program {
 public:
  Program() {
    SetAction(SIGTSTP, TakeNote);
    SetAction(SIGINT, TakeNote);
    sigset_t keys;
    sigemptyset(&keys);
    sigaddset(&keys, SIGTSTP);
    sigaddset(&keys, SIGINT);
    sigprocmask(SIG_BLOCK, &keys, &open_);
  }

  void Run() {
    while (!end_asked) {
      WaitForTickOrKey();
      if (stop_asked) Stop();
      if (Clock::now() >= next_tick_) Tick();
    }
    std::cout << "bye " << ticks_ << std::endl;
  }

 private:
  // The signals are let through here and nowhere else, so no note comes just before the wait.
  void WaitForTickOrKey() const {
    const auto left = std::max<Clock::duration>(next_tick_ - Clock::now(), 0s);
    const auto whole = std::chrono::floor<std::chrono::seconds>(left);
    const timespec limit = {whole.count(), std::chrono::nanoseconds(left - whole).count()};
    ppoll(nullptr, 0, &limit, &open_);
  }

  void Stop() {
    stop_asked = 0;
    std::cout << "paused" << std::endl;
    SetAction(SIGTSTP, SIG_DFL);
    raise(SIGTSTP);
    sigset_t closed;
    sigprocmask(SIG_SETMASK, &open_, &closed);  // here it stops, and from here it goes on
    SetAction(SIGTSTP, TakeNote);
    sigprocmask(SIG_SETMASK, &closed, nullptr);
    sigaddset(&open_, SIGTSTP);
    std::cout << "resumed" << std::endl;
    next_tick_ = Clock::now() + 1s;
  }

  void Tick() {
    std::cout << "tick " << ++ticks_ << std::endl;
    next_tick_ += 1s;
  }

  sigset_t open_;
  int ticks_ = 0;
  Clock::time_point next_tick_ = Clock::now() + 1s;
};

}  // namespace

int main() {
  try {
    std::cout.exceptions(std::ios::badbit | std::ios::failbit);
    Program().Run();
  } catch (const std::exception& error) {
    std::cerr << "job-control: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
