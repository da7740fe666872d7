// Handles SIGTERM, but SIGUSR1 keeps its default action, which ends the process.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t finished;

static void on_term(int signal_number) {
  (void)signal_number;
  finished = 1;
}

int main(void) {
  struct sigaction action = {0};
  action.sa_handler = on_term;
  sigaction(SIGTERM, &action, NULL);

  printf("ready %d\n", getpid());
  fflush(stdout);

  int count = 0;
  while (!finished) {
    pause();
    if (!finished) {
      printf("got SIGUSR1 %d\n", ++count);
      fflush(stdout);
    }
  }
  printf("bye\n");
  return 0;
}
