// SPDX-License-Identifier: MIT
// Takes memory in many processes, each below any limit of its own.
#include "attack.h"

static void attack(void) {
  puts("begins");
  fflush(stdout);
  for (int i = 0; i < 16; ++i) {
    if (fork() == 0) {
      volatile char* const part = malloc(32 << 20);
      for (size_t at = 0; part != NULL && at < 32 << 20; at += 4096) part[at] = 1;
      while (1) pause();
    }
  }
  while (1) pause();
}
