// SA_RESETHAND puts the default action back when the handler is called: the second signal kills.
#include <signal.h>
#include <unistd.h>

#include <iostream>

static volatile sig_atomic_t usr1_came = 0;
static volatile sig_atomic_t term_came = 0;

static void Handler(int signal_number) {
  if (signal_number == SIGUSR1) usr1_came = 1;
  if (signal_number == SIGTERM) term_came = 1;
}

int main() {
  sigset_t signals, old;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, &old);

  struct sigaction action = {};
  action.sa_handler = Handler;
  action.sa_flags = SA_RESETHAND;
  sigaction(SIGUSR1, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);

  std::cout << "ready " << getpid() << std::endl;
  int count = 0;
  while (!term_came) {
    sigsuspend(&old);
    if (usr1_came) {
      usr1_came = 0;
      count++;
      std::cout << "got SIGUSR1 " << count << std::endl;
    }
  }
  std::cout << "bye" << std::endl;
  return 0;
}
