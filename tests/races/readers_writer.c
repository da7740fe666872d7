// SPDX-License-Identifier: MIT
// Two readers and a writer of two files under the classic reader-writer lock: the first reader locks
// for all, the last one unlocks; who counts holds a lock of its own. Each reader sees both changes
// or none.
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct lock {
  sem_t counting;
  sem_t writing;
  volatile int readers;
  volatile int torn;
};

static void put(const char *name, char byte) {
  const int file = open(name, O_WRONLY | O_CREAT, 0600);
  (void)!write(file, &byte, 1);
  close(file);
}

static char get(const char *name) {
  char byte = '?';
  const int file = open(name, O_RDONLY);
  (void)!read(file, &byte, 1);
  close(file);
  return byte;
}

static void begin_to_read(struct lock *lock) {
#ifndef UNCOUNTED
  sem_wait(&lock->counting);
#endif
  lock->readers = lock->readers + 1;
  if (lock->readers == 1) sem_wait(&lock->writing);
#ifndef UNCOUNTED
  sem_post(&lock->counting);
#endif
}

static void end_to_read(struct lock *lock) {
#ifndef UNCOUNTED
  sem_wait(&lock->counting);
#endif
  lock->readers = lock->readers - 1;
  if (lock->readers == 0) sem_post(&lock->writing);
#ifndef UNCOUNTED
  sem_post(&lock->counting);
#endif
}

int main(void) {
  struct lock *lock = mmap(NULL, sizeof *lock, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sem_init(&lock->counting, 1, 1);
  sem_init(&lock->writing, 1, 1);
  put("first", '0');
  put("second", '0');
  for (int reader = 0; reader < 2; ++reader) {
    if (fork() != 0) continue;
    begin_to_read(lock);
    const char first = get("first");
    if (first != get("second")) lock->torn = 1;
    end_to_read(lock);
    _exit(0);
  }
  sem_wait(&lock->writing);
  put("first", '1');
  put("second", '1');
  sem_post(&lock->writing);
  while (wait(NULL) > 0) continue;
  puts(lock->torn ? "torn" : "whole");
  return 0;
}
