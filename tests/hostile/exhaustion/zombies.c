// SPDX-License-Identifier: MIT
// Makes children that end and are never waited for.
#include "attack.h"

static void attack(void) {
  long made = 0;
  while (made < 2000) {
    const pid_t child = fork();
    if (child < 0) break;
    if (child == 0) _exit(0);
    ++made;
  }
  told("more", -1);
  told_of("made", made);
}
