// Takes the -1 that pause() always returns for an error and gives up.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t term_came = 0;
static volatile sig_atomic_t usr1_came = 0;

static void handler(int signal_number) {
  if (signal_number == SIGTERM) {
    term_came = 1;
  } else {
    usr1_came = 1;
  }
}

int main(void) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  printf("ready %d\n", getpid());
  fflush(stdout);

  int count = 0;
  for (;;) {
    int result = pause();
    if (usr1_came) {
      usr1_came = 0;
      printf("got SIGUSR1 %d\n", ++count);
      fflush(stdout);
    }
    if (term_came) {
      printf("bye\n");
      return 0;
    }
    if (result == -1) {
      perror("pause");
      exit(1);
    }
  }
}
