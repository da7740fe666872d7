// SPDX-License-Identifier: MIT
// Does wrong in as many ways as the grader tells: descriptors, signals, children, files, objects.
#include "attack.h"

#include <sys/ipc.h>
#include <sys/shm.h>

static void attack(void) {
  char name[64];
  for (int i = 0; i < 300; ++i) {
    snprintf(name, sizeof name, "file with a rather long name, number %d", i);
    close(open(name, O_WRONLY | O_CREAT, 0644));
  }
  for (int i = 0; i < 100; ++i) shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  for (int i = 0; i < 40; ++i) {
    if (fork() == 0) {
      while (1) pause();
    }
  }
}
