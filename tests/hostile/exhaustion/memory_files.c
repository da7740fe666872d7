// SPDX-License-Identifier: MIT
// Fills files in memory (memfd_create) that are mapped nowhere.
#include "attack.h"

static void attack(void) {
  static char part[1 << 20];
  puts("begins");
  fflush(stdout);
  memset(part, 1, sizeof part);
  for (int i = 0; i < 10; ++i) {
    const int fd = memfd_create("x", 0);
    for (int n = 0; n < 40; ++n) {
      if (write(fd, part, sizeof part) < 0) break;
    }
  }
  puts("got all");
}
