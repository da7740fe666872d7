// SPDX-License-Identifier: MIT
// Two processes count in shared memory, once under a semaphore and once under a lock that spins.
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  sem_t mutex;
  int spin;
  volatile int counter;
  volatile int other;
};

static void count(struct shared *shared) {
  sem_wait(&shared->mutex);
  shared->counter = shared->counter + 1;
  sem_post(&shared->mutex);
  while (__atomic_exchange_n(&shared->spin, 1, __ATOMIC_ACQUIRE) != 0) sched_yield();
  shared->other = shared->other + 1;
  __atomic_store_n(&shared->spin, 0, __ATOMIC_RELEASE);
}

int main(void) {
  struct shared *shared =
      mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sem_init(&shared->mutex, 1, 1);
  for (int child = 0; child < 2; ++child) {
    if (fork() != 0) continue;
    count(shared);
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", shared->counter + shared->other);
  return 0;
}
