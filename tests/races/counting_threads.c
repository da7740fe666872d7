// SPDX-License-Identifier: MIT
// Two threads count in memory that is shared with others too, in a function of their own.
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>

static void *count(void *counter) {
  volatile int *number = counter;
  *number = *number + 1;
  return NULL;
}

int main(void) {
  int *counter = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], NULL, count, counter);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
  printf("%d\n", *counter);
  return 0;
}
