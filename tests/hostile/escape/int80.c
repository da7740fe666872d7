// SPDX-License-Identifier: MIT
// Does a call by the door for 32-bit programs, where numbers mean other calls.
#include "attack.h"

static void attack(void) {
  puts("before");
  fflush(stdout);
  long result;
  // 20 is getpid there.
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory");
  printf("after: %ld\n", result);
}
