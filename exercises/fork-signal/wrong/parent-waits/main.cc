// The parent waits for its child, as in every other exercise.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

int main() {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGUSR1);
  sigaddset(&ours, SIGUSR2);
  sigprocmask(SIG_BLOCK, &ours, nullptr);
  const pid_t child = fork();
  if (child == -1) {
    std::cerr << "no fork\n";
    return 1;
  }
  if (child == 0) {
    int came = 0;
    while (sigwait(&ours, &came) == 0 && came == SIGUSR1) std::cout << "hola radiola" << std::endl;
    std::cout << "adeu andreu" << std::endl;
    return 0;
  }
  std::cout << child << std::endl;
  waitpid(child, nullptr, 0);
}
