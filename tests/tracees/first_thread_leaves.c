// SPDX-License-Identifier: MIT
// Its first thread ends; another stays, with a pipe open, until a signal ends the process.
#include <pthread.h>
#include <unistd.h>

static void* stay(void* unused) {
  pause();
  return unused;
}

int main(void) {
  int ends[2];
  pthread_t thread;
  if (pipe(ends) < 0) return 1;
  pthread_create(&thread, NULL, stay, NULL);
  pthread_exit(NULL);
}
