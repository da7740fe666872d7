// SPDX-License-Identifier: MIT
// Takes the System V memory, POSIX memory and queues outside by name and number.
#include "attack.h"

#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

static void attack(void) {
  told("attach", (long)shmat(outside_memory, NULL, 0) == -1 ? -1 : 0);
  told("remove", shmctl(outside_memory, IPC_RMID, NULL));
  long found = 0;
  for (int id = 0; id < 100000; ++id) found += shmctl(id, IPC_STAT, &(struct shmid_ds){0}) == 0;
  told_of("any segment", found);
  for (int id = 0; id < 100000; ++id) found += semctl(id, 0, IPC_RMID) == 0;
  told_of("any set", found);
  for (int id = 0; id < 100000; ++id) found += msgctl(id, IPC_RMID, NULL) == 0;
  told_of("any queue", found);
  (void)!system("ls -A /dev/shm /dev/mqueue");
}
