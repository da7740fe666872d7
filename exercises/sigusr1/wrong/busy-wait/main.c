// Looks at two variables again and again instead of sleeping until a signal comes.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile sig_atomic_t pending = 0;
static volatile sig_atomic_t finished = 0;

static void on_usr1(int signal_number) {
  (void)signal_number;
  pending = 1;
}

static void on_term(int signal_number) {
  (void)signal_number;
  finished = 1;
}

int main(void) {
  struct sigaction action = {0};
  action.sa_handler = on_usr1;
  sigaction(SIGUSR1, &action, NULL);
  action.sa_handler = on_term;
  sigaction(SIGTERM, &action, NULL);

  printf("ready %d\n", getpid());
  fflush(stdout);

  int count = 0;
  while (!finished) {
    if (pending) {
      pending = 0;
      count++;
      printf("got SIGUSR1 %d\n", count);
      fflush(stdout);
    }
  }
  printf("bye\n");
  return 0;
}
