// SPDX-License-Identifier: MIT
// Uses the processor for ever in many processes, each for less than a limit of its own.
#include "attack.h"

static void attack(void) {
  puts("begins");
  fflush(stdout);
  for (int i = 0; i < 12; ++i) {
    if (fork() == 0) {
      for (volatile unsigned long n = 0;; ++n) {
      }
    }
  }
  while (wait(NULL) > 0) {
  }
}
