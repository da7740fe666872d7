// The child sets its handlers, but nobody waits for that: the PID may be known before.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void hola(int signal_number) {
  (void)signal_number;
  if (write(1, "hola radiola\n", 13) == -1) _exit(1);
}

static void adeu(int signal_number) {
  (void)signal_number;
  _exit(write(1, "adeu andreu\n", 12) == -1);
}

int main(void) {
  const pid_t child = fork();
  if (child == -1) {
    perror("fork");
    return 1;
  }
  if (child == 0) {
    signal(SIGUSR1, hola);
    signal(SIGUSR2, adeu);
    for (;;) pause();
  }
  printf("%d\n", (int)child);
  return 0;
}
