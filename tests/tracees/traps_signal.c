// SPDX-License-Identifier: MIT
// Its handler of SIGUSR1 writes on standard error, itself on standard output.
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static void trapped(int signal) {
  (void)signal;
  (void)!write(STDERR_FILENO, "trapped\n", 8);
}

int main(void) {
  struct sigaction action = {.sa_handler = trapped};
  sigaction(SIGUSR1, &action, NULL);
  (void)!write(STDOUT_FILENO, "out\n", 4);
  return 0;
}
