// SPDX-License-Identifier: MIT
// Two processes that send each other signals as fast as they can.
#include "attack.h"

static volatile sig_atomic_t came;
static void handler(int signal) {
  (void)signal;
  ++came;
}

static void attack(void) {
  puts("begins");
  fflush(stdout);
  signal(SIGUSR1, handler);
  const pid_t child = fork();
  const pid_t other = child == 0 ? getppid() : child;
  while (kill(other, SIGUSR1) == 0) {
  }
}
