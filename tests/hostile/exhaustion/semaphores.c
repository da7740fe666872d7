// SPDX-License-Identifier: MIT
// Makes sets of semaphores until the kernel has no more memory for them; none of it is any process's.
#include "attack.h"

#include <sys/ipc.h>
#include <sys/sem.h>

static void attack(void) {
  puts("begins");
  fflush(stdout);
  told("a large set", semget(IPC_PRIVATE, 32000, IPC_CREAT | 0600));
  for (int i = 0; i < 20000; ++i) {
    if (semget(IPC_PRIVATE, 250, IPC_CREAT | 0600) < 0) break;
  }
  puts("got all");
}
