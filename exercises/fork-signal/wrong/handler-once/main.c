// With SA_RESETHAND the handler works once; the next signal does what it does by default.
#include <signal.h>
#include <stdio.h>
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
  struct sigaction once = {0};
  once.sa_flags = SA_RESETHAND;
  once.sa_handler = hola;
  sigaction(SIGUSR1, &once, NULL);
  once.sa_handler = adeu;
  sigaction(SIGUSR2, &once, NULL);
  const pid_t child = fork();
  if (child == -1) {
    perror("fork");
    return 1;
  }
  if (child == 0) {
    for (;;) pause();
  }
  printf("%d\n", (int)child);
  return 0;
}
