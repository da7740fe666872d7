// Counts SIGUSR1 and says goodbye on SIGTERM.
//
// No handler at all: both signals are blocked, so that they stay pending when they come, and sigwait()
// takes them one by one, as a program reads lines.
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <system_error>

namespace {

sigset_t BlockedSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  sigaddset(&signals, SIGTERM);
  if (sigprocmask(SIG_BLOCK, &signals, nullptr) == -1) {
    throw std::system_error(errno, std::generic_category(), "sigprocmask");
  }
  return signals;
}

int NextOf(const sigset_t& signals) {
  int number = 0;
  if (const int error = sigwait(&signals, &number); error != 0) {
    throw std::system_error(error, std::generic_category(), "sigwait");
  }
  return number;
}

void CountSignals() {
  const sigset_t signals = BlockedSignals();
  std::cout << "ready " << getpid() << std::endl;  // endl flushes, which a pipe needs
  for (int count = 1; NextOf(signals) == SIGUSR1; ++count) {
    std::cout << "got SIGUSR1 " << count << std::endl;
  }
  std::cout << "bye" << std::endl;
}

}  // namespace

int main() {
  try {
    std::cout.exceptions(std::ios::badbit | std::ios::failbit);
    CountSignals();
  } catch (const std::exception& error) {
    std::cerr << "sigusr1: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
