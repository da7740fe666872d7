// SPDX-License-Identifier: MIT
// Uses the processor for ever with all signals blocked and ignored.
#include "attack.h"

static void attack(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  for (int signal_ = 1; signal_ < 65; ++signal_) signal(signal_, SIG_IGN);
  puts("begins");
  fflush(stdout);
  for (volatile unsigned long i = 0;; ++i) {
  }
}
