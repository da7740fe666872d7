// SPDX-License-Identifier: MIT
// Fills pipes, as many and as large as it may.
#include "attack.h"

static void attack(void) {
  static char part[65536];
  long filled = 0;
  for (int process = 0; process < 8; ++process) {
    if (process > 0 && fork() != 0) continue;
    int ends[2];
    while (pipe2(ends, O_NONBLOCK) == 0) {
      fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
      while (write(ends[1], part, sizeof part) > 0) {
      }
      ++filled;
    }
    if (process > 0) _exit(0);
  }
  told("more", -1);
  told_of("filled", filled);
  while (wait(NULL) > 0) {
  }
}
