// SPDX-License-Identifier: MIT
// Kills all that it can see and all numbers that there may be.
#include "attack.h"

static void attack(void) {
  for (int i = 0; i < 3; ++i) {
    if (fork() == 0) {
      pause();
      _exit(0);
    }
  }
  told("all", kill(-1, SIGKILL));
  for (int i = 0; i < 3; ++i) wait(NULL);
  for (pid_t pid = 1; pid < 5000; ++pid) {
    if (pid != getpid()) kill(pid, SIGKILL);
  }
  told("outside", kill(outside_process, SIGKILL));
  told("group outside", kill(-outside_process, SIGKILL));
}
