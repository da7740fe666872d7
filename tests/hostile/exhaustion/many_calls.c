// SPDX-License-Identifier: MIT
// Does calls that are told for ever: opens and closes, so that a recording would grow without end.
#include "attack.h"

static void attack(void) {
  puts("begins");
  fflush(stdout);
  while (1) close(open("given", O_RDONLY));
}
