// Prints the counter before it adds one.
#include <signal.h>
#include <unistd.h>

#include <iostream>

int main() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  std::cout << "ready " << getpid() << std::endl;
  int count = 0;
  int number = 0;
  while (sigwait(&signals, &number) == 0 && number != SIGTERM) {
    std::cout << "got SIGUSR1 " << count++ << std::endl;
  }
  std::cout << "bye" << std::endl;
  return 0;
}
