// SPDX-License-Identifier: MIT
// Starts three threads, each of which writes a byte into a pipe and ends; prints how many bytes
// came.
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum { kThreads = 3 };
static int ends[2];

static void* write_byte(void* unused) {
  (void)unused;
  if (write(ends[1], "x", 1) != 1) return "failed";
  return NULL;
}

int main(void) {
  pthread_t threads[kThreads];
  char bytes[kThreads];
  if (pipe(ends) < 0) return 1;
  for (int i = 0; i < kThreads; ++i) pthread_create(&threads[i], NULL, write_byte, NULL);
  for (int i = 0; i < kThreads; ++i) pthread_join(threads[i], NULL);
  printf("%zd\n", read(ends[0], bytes, sizeof bytes));
  return 0;
}
