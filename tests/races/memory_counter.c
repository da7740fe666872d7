// SPDX-License-Identifier: MIT
// Two processes count in shared memory (System V), twice each, without a lock.
#include <stdio.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  const int id = shmget(IPC_PRIVATE, sizeof(int), 0600);
  volatile int *counter = shmat(id, NULL, 0);
  shmctl(id, IPC_RMID, NULL);
  for (int child = 0; child < 2; ++child) {
    if (fork() != 0) continue;
    for (int i = 0; i < 2; ++i) *counter = *counter + 1;
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", *counter);
  return 0;
}
