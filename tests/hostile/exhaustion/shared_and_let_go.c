// SPDX-License-Identifier: MIT
// Touches shared memory and lets its pages go again (MADV_DONTNEED): they stay, but in no process's count.
#include "attack.h"

static void attack(void) {
  puts("begins");
  fflush(stdout);
  for (int i = 0; i < 400; ++i) {
    char* const part =
        mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (part == MAP_FAILED) break;
    memset(part, 1, 1 << 20);
    madvise(part, 1 << 20, MADV_DONTNEED);
  }
  puts("got all");
}
