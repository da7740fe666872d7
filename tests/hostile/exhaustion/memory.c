// SPDX-License-Identifier: MIT
// Takes and touches memory until it gets no more.
#include "attack.h"

static void attack(void) {
  puts("begins");
  fflush(stdout);
  for (int i = 0; i < 512; ++i) {
    char* const part = malloc(1 << 20);
    if (part == NULL) break;
    memset(part, 1, 1 << 20);
  }
  puts("got all");
}
