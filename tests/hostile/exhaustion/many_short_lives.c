// SPDX-License-Identifier: MIT
// Makes and reaps ten thousand children: process numbers, and a tracer's memory of the dead.
#include "attack.h"

static void attack(void) {
  for (int i = 0; i < 2000; ++i) {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, NULL, 0);
  }
}
