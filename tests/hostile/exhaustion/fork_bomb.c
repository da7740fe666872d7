// SPDX-License-Identifier: MIT
// Forks in each process for ever; all stay.
#include "attack.h"

static void attack(void) {
  const pid_t first = getpid();
  puts("begins");
  fflush(stdout);
  while (1) {
    if (fork() < 0 && errno != EINTR) break;
  }
  // One of many says so, and all wait for ever.
  if (getpid() == first) puts("refused");
  fflush(stdout);
  while (1) pause();
}
