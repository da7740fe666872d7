// SPDX-License-Identifier: MIT
// Queues real-time signals to itself that it blocks, until the kernel takes no more.
#include "attack.h"

#include <time.h>

static void attack(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  long queued = 0;
  while (queued < 1000000 && sigqueue(getpid(), SIGRTMIN, (union sigval){0}) == 0) ++queued;
  told("more", -1);
  told_of("queued", queued);
  long timers = 0;
  timer_t timer;
  while (timers < 100000 && timer_create(CLOCK_MONOTONIC, NULL, &timer) == 0) ++timers;
  told("timers", -1);
}
