// SPDX-License-Identifier: MIT
// Touches one page in each part of a large space, so that the kernel's tables take the memory and not the pages.
#include "attack.h"

static void attack(void) {
  long touched = 0;
  char sum = 0;
  const size_t size = (size_t)4 << 30;
  for (int i = 0; i < 8; ++i) {
    volatile char* const space =
        mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (space == MAP_FAILED) break;
    for (size_t at = 0; at < size; at += 2 << 20) sum = (char)(sum + space[at]);
    ++touched;
  }
  told("more", -1);
  told_of("touched", touched + sum);
}
