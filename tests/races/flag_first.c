// SPDX-License-Identifier: MIT
// Says that the value is there before it is: who looks at the right moment sees none.
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  volatile int ready;
  volatile int value;
};

int main(void) {
  struct shared *shared =
      mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (fork() == 0) {
    shared->ready = 1;
    shared->value = 7;
    _exit(0);
  }
  const int ready = shared->ready;
  const int value = shared->value;
  wait(NULL);
  printf("%d%d\n", ready, value);
  return 0;
}
