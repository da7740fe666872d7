// SPDX-License-Identifier: MIT
// Does a call by the door for x32 programs: same numbers, another bit.
#include "attack.h"

static void attack(void) {
  puts("before");
  fflush(stdout);
  printf("after: %ld\n", syscall(0x40000000L | SYS_getpid));
}
