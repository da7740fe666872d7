// SPDX-License-Identifier: MIT
// Sleeps for a thousand years, a day at a time.
#include "attack.h"

// plumbline: subject is time
static void attack(void) {
  puts("begins");
  fflush(stdout);
  while (1) sleep(86400);
}
