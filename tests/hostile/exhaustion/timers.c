// SPDX-License-Identifier: MIT
// Has a timer ring as often as the kernel lets it.
#include "attack.h"

#include <sys/time.h>

static volatile sig_atomic_t came;
static void handler(int signal) {
  (void)signal;
  ++came;
}

static void attack(void) {
  const struct itimerval often = {{0, 1}, {0, 1}};
  puts("begins");
  fflush(stdout);
  signal(SIGALRM, handler);
  setitimer(ITIMER_REAL, &often, NULL);
  while (1) pause();
}
