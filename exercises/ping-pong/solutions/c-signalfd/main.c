// Signals as data: each process reads its balls from a signalfd, and waits for it with poll().
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static void take(int arrivals) {
  struct pollfd ready = {.fd = arrivals, .events = POLLIN};
  struct signalfd_siginfo ball;
  if (poll(&ready, 1, -1) != 1 || read(arrivals, &ball, sizeof ball) != sizeof ball) {
    perror("ping-pong: no ball");
    exit(1);
  }
}

static void play(int rounds, const char *word, pid_t other, int ball, int arrivals) {
  for (int round = 1; round <= rounds; ++round) {
    if (ball == SIGUSR2) take(arrivals);
    dprintf(STDOUT_FILENO, "%s %d\n", word, round);
    kill(other, ball);
    if (ball == SIGUSR1) take(arrivals);
  }
}

int main(int argc, char *argv[]) {
  int rounds;
  char more;
  if (argc != 2 || sscanf(argv[1], "%d%c", &rounds, &more) != 1 || rounds < 1) {
    fprintf(stderr, "usage: ping-pong ROUNDS\n");
    return 2;
  }
  sigset_t balls;
  sigemptyset(&balls);
  sigaddset(&balls, SIGUSR1);
  sigaddset(&balls, SIGUSR2);
  sigprocmask(SIG_BLOCK, &balls, NULL);
  const int arrivals = signalfd(-1, &balls, SFD_CLOEXEC);
  if (arrivals == -1) {
    perror("ping-pong: signalfd");
    return 1;
  }
  const pid_t child = fork();
  switch (child) {
    case -1:
      perror("ping-pong: fork");
      return 1;
    case 0:
      play(rounds, "pong", getppid(), SIGUSR2, arrivals);
      return 0;
    default:
      play(rounds, "ping", child, SIGUSR1, arrivals);
      waitpid(child, NULL, 0);
      return 0;
  }
}
