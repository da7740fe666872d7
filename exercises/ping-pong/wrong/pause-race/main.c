// Looks at the flag and then calls pause(): a signal that comes in between is handled, and pause() waits for ever.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t my_turn;

static void on_signal(int signal_number) {
  (void)signal_number;
  my_turn = 1;
}

static void wait_turn(void) {
  while (!my_turn) pause();
  my_turn = 0;
}

int main(int argc, char *argv[]) {
  char *end = NULL;
  long n = argc == 2 ? strtol(argv[1], &end, 10) : 0;
  if (argc != 2 || *end != '\0' || n < 1) {
    fprintf(stderr, "usage: ping-pong N\n");
    return 2;
  }
  // Installed before the fork: the child has them from its first instruction on.
  signal(SIGUSR1, on_signal);
  signal(SIGUSR2, on_signal);
  pid_t child = fork();
  if (child == -1) {
    perror("ping-pong");
    return 1;
  }
  if (child == 0) {
    for (long i = 1; i <= n; ++i) {
      wait_turn();
      printf("pong %ld\n", i);
      fflush(stdout);
      kill(getppid(), SIGUSR2);
    }
    return 0;
  }
  for (long i = 1; i <= n; ++i) {
    printf("ping %ld\n", i);
    fflush(stdout);
    kill(child, SIGUSR1);
    wait_turn();
  }
  waitpid(child, NULL, 0);
  return 0;
}
