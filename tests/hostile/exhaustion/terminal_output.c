// SPDX-License-Identifier: MIT
// Writes on its terminal for ever.
#include "attack.h"

static void attack(void) {
  static char part[4096];
  memset(part, 'x', sizeof part);
  puts("begins");
  fflush(stdout);
  while (write(1, part, sizeof part) > 0) {
  }
}
