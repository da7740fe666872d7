// SPDX-License-Identifier: MIT
// Writes on standard output for ever.
#include "attack.h"

static void attack(void) {
  static char part[1 << 16];
  memset(part, 'x', sizeof part);
  part[sizeof part - 1] = '\n';
  puts("begins");
  fflush(stdout);
  while (write(1, part, sizeof part) > 0) {
  }
}
