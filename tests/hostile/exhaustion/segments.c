// SPDX-License-Identifier: MIT
// Fills System V segments and detaches them: they belong to nobody then.
#include "attack.h"

#include <sys/ipc.h>
#include <sys/shm.h>

static void attack(void) {
  puts("begins");
  fflush(stdout);
  for (int i = 0; i < 400; ++i) {
    const int id = shmget(IPC_PRIVATE, 1 << 20, IPC_CREAT | 0600);
    char* const part = id < 0 ? (char*)-1 : shmat(id, NULL, 0);
    if (part == (char*)-1) break;
    memset(part, 1, 1 << 20);
    shmdt(part);
  }
  puts("got all");
}
