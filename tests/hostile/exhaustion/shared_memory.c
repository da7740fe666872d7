// SPDX-License-Identifier: MIT
// Touches memory that is shared and nameless, in pieces.
#include "attack.h"

static void attack(void) {
  puts("begins");
  fflush(stdout);
  for (int i = 0; i < 512; ++i) {
    char* const part =
        mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (part == MAP_FAILED) break;
    memset(part, 1, 1 << 20);
  }
  puts("got all");
}
