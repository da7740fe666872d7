// SPDX-License-Identifier: MIT
// Waits for ever where no signal is looked for: a FIFO that nobody opens, all signals blocked.
#include "attack.h"

static void attack(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  puts("begins");
  fflush(stdout);
  mkfifo("answer", 0644);
  open("answer", O_WRONLY);
}
