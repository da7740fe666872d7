// SPDX-License-Identifier: MIT
// A thread that is not the first executes echo, while the first and another wait in a pipe.
#include <pthread.h>
#include <unistd.h>

static int ends[2];

static void* wait_in_pipe(void* unused) {
  char byte;
  (void)!read(ends[0], &byte, 1);
  return unused;
}

static void* execute(void* unused) {
  execl("/bin/echo", "echo", "replaced", (char*)NULL);
  return unused;
}

int main(void) {
  pthread_t threads[2];
  if (pipe(ends) < 0) return 1;
  pthread_create(&threads[0], NULL, wait_in_pipe, NULL);
  pthread_create(&threads[1], NULL, execute, NULL);
  wait_in_pipe(NULL);
  return 1;
}
