// The handlers answer with puts() and end with exit(): they may come in the middle of the child's own output.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void on_usr1(int signal_number) {
  (void)signal_number;
  puts("hola radiola");
  fflush(stdout);
}

static void on_usr2(int signal_number) {
  (void)signal_number;
  puts("adeu andreu");
  exit(0);
}

int main(void) {
  struct sigaction action = {0};
  sigaddset(&action.sa_mask, SIGUSR1);
  sigaddset(&action.sa_mask, SIGUSR2);
  action.sa_handler = on_usr1;
  sigaction(SIGUSR1, &action, NULL);  // inherited: the child is ready from its first instruction on
  action.sa_handler = on_usr2;
  sigaction(SIGUSR2, &action, NULL);
  const pid_t child = fork();
  if (child == -1) {
    perror("fork-signal");
    return 1;
  }
  if (child > 0) {
    dprintf(STDOUT_FILENO, "%d\n", (int)child);
    return 0;
  }
  for (;;) pause();
}
