// Only SIGUSR1 is looked after: SIGUSR2 does what it does by default.
#include <unistd.h>

#include <csignal>
#include <iostream>

int main() {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGUSR1);
  sigprocmask(SIG_BLOCK, &ours, nullptr);
  const pid_t child = fork();
  if (child == -1) {
    std::cerr << "no fork\n";
    return 1;
  }
  if (child == 0) {
    int came = 0;
    while (sigwait(&ours, &came) == 0) std::cout << "hola radiola" << std::endl;
  }
  std::cout << child << std::endl;
}
