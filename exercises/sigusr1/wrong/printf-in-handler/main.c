// All is said in the handlers, with printf(): they may come in the middle of another printf().
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int count;

static void on_usr1(int signal_number) {
  (void)signal_number;
  printf("got SIGUSR1 %d\n", ++count);
  fflush(stdout);
}

static void on_term(int signal_number) {
  (void)signal_number;
  printf("bye\n");
  exit(0);
}

int main(void) {
  struct sigaction action = {0};
  sigaddset(&action.sa_mask, SIGUSR1);
  sigaddset(&action.sa_mask, SIGTERM);
  action.sa_handler = on_usr1;
  sigaction(SIGUSR1, &action, NULL);
  action.sa_handler = on_term;
  sigaction(SIGTERM, &action, NULL);
  dprintf(STDOUT_FILENO, "ready %d\n", (int)getpid());
  for (;;) pause();
}
