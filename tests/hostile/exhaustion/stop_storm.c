// SPDX-License-Identifier: MIT
// Stops and continues its child as fast as it can: each is two stops for a tracer.
#include "attack.h"

static void attack(void) {
  puts("begins");
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    while (1) pause();
  }
  while (1) {
    kill(child, SIGSTOP);
    kill(child, SIGCONT);
  }
}
