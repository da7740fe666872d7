// SPDX-License-Identifier: MIT
// Makes IPC objects of every kind, takes a semaphore twice, and waits in that for ever.
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <stddef.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

union semun {
  int val;
};

int main(void) {
  struct message {
    long type;
    char text[4];
  } message = {1, "abc"};
  if (shm_open("/memory", O_CREAT | O_RDWR, 0600) < 0) return 1;
  if (sem_open("/semaphore", O_CREAT, 0600, 1) == SEM_FAILED) return 1;
  const mqd_t posix = mq_open("/queue", O_CREAT | O_RDWR, 0600, NULL);
  if (mq_send(posix, "abc", 4, 0) < 0) return 1;
  if (shmget(0x11, 4096, IPC_CREAT | 0600) < 0) return 1;
  const int queue = msgget(0x12, IPC_CREAT | IPC_EXCL | 0600);
  if (msgsnd(queue, &message, sizeof message.text, 0) < 0) return 1;
  const int set = semget(0x13, 2, IPC_CREAT | 0600);
  if (semctl(set, 1, SETVAL, (union semun){1}) < 0) return 1;
  struct sembuf take = {1, -1, SEM_UNDO};
  if (semop(set, &take, 1) < 0) return 1;
  return semop(set, &take, 1);
}
