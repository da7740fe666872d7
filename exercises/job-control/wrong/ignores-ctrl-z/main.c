// SIGTSTP is ignored.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t n;
static volatile sig_atomic_t ended;

static void on_int(int signal_number) {
  (void)signal_number;
  ended = 1;
}

int main(void) {
  struct sigaction action = {0};
  action.sa_handler = on_int;
  sigaction(SIGINT, &action, NULL);
  signal(SIGTSTP, SIG_IGN);
  for (;;) {
    sleep(1);
    if (ended) break;
    n++;
    printf("tick %d\n", n);
    fflush(stdout);
  }
  printf("bye %d\n", n);
  return 0;
}
