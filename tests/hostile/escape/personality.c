// SPDX-License-Identifier: MIT
// Takes off what protects a process's layout, and asks for another kind of system.
#include "attack.h"

#include <sys/personality.h>

static void attack(void) {
  told("no random addresses", personality(ADDR_NO_RANDOMIZE));
  told("readable is executable", personality(READ_IMPLIES_EXEC));
  told("mmap at 0", personality(MMAP_PAGE_ZERO));
  told("32 bits", personality(PER_LINUX32));
  told("high half", syscall(SYS_personality, (1L << 32) | ADDR_NO_RANDOMIZE));
}
