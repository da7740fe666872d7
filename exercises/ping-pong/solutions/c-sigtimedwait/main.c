// Each waits for the other one for ten seconds at most: a game whose partner died ends with an error and does not
// hang. The child tells that it is ready by a SIGUSR2, the ball of its own.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void expect(int ball) {
  const struct timespec patience = {.tv_sec = 10};
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, ball);
  if (sigtimedwait(&set, NULL, &patience) != ball) {
    fprintf(stderr, "ping-pong: the other one does not answer\n");
    exit(1);
  }
}

int main(int argc, char *argv[]) {
  char *end;
  const long rounds = argc == 2 ? strtol(argv[1], &end, 10) : 0;
  if (rounds < 1 || *end != '\0') {
    fprintf(stderr, "usage: ping-pong ROUNDS\n");
    return 2;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  sigset_t all;
  sigfillset(&all);
  sigdelset(&all, SIGINT);
  sigdelset(&all, SIGTERM);
  sigprocmask(SIG_SETMASK, &all, NULL);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) {
    perror("ping-pong");
    return 1;
  }
  if (!child) {
    kill(parent, SIGUSR2);
    for (;;) {
      static int round;
      expect(SIGUSR1);
      printf("pong %d\n", ++round);
      kill(parent, SIGUSR2);
    }
  }
  expect(SIGUSR2);
  for (long round = 1; round <= rounds; ++round) {
    printf("ping %ld\n", round);
    kill(child, SIGUSR1);
    expect(SIGUSR2);
  }
  kill(child, SIGTERM);  // the child does not count: it plays until it is stopped
  waitpid(child, NULL, 0);
  return 0;
}
