// SPDX-License-Identifier: MIT
// Writes on standard error for ever, a byte at a time.
#include "attack.h"

static void attack(void) {
  puts("begins");
  fflush(stdout);
  while (write(2, "x", 1) > 0) {
  }
}
