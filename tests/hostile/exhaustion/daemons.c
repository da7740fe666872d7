// SPDX-License-Identifier: MIT
// Forks twice for each daemon, whose parent is gone before anybody looks, and ends itself.
#include "attack.h"

static void attack(void) {
  long made = 0;
  for (int i = 0; i < 200; ++i) {
    const pid_t child = fork();
    if (child < 0) break;
    if (child == 0) {
      const pid_t grandchild = fork();
      if (grandchild == 0) {
        setsid();
        (void)!chdir("/");
        while (1) pause();
      }
      _exit(grandchild < 0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0) break;
    ++made;
  }
  told_of("daemons", made);
}
