// sigsuspend() instead of pause(), but the signals are never blocked: the gap is as wide as before.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

static volatile sig_atomic_t turn = 0;

static void OnSignal(int) { turn = 1; }

static void WaitTurn() {
  sigset_t nothing;
  sigemptyset(&nothing);
  while (turn == 0) sigsuspend(&nothing);
  turn = 0;
}

int main(int argc, char** argv) {
  char* end = nullptr;
  const long rounds = argc == 2 ? std::strtol(argv[1], &end, 10) : 0;
  if (rounds < 1 || *end != '\0') {
    std::cerr << "usage: ping-pong ROUNDS" << std::endl;
    return 2;
  }
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  sigaction(SIGUSR1, &action, nullptr);
  sigaction(SIGUSR2, &action, nullptr);
  const pid_t child = fork();
  if (child == -1) {
    std::cerr << "ping-pong: no process" << std::endl;
    return 1;
  }
  for (long round = 1; round <= rounds; ++round) {
    if (child == 0) {
      WaitTurn();
      std::cout << "pong " << round << std::endl;
      kill(getppid(), SIGUSR2);
    } else {
      std::cout << "ping " << round << std::endl;
      kill(child, SIGUSR1);
      WaitTurn();
    }
  }
  if (child != 0) waitpid(child, nullptr, 0);
  return 0;
}
