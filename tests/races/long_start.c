// SPDX-License-Identifier: MIT
// An addition without a lock; before the children are there, a lot is done in which nobody can come.
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kLong = 100000 };

int main(void) {
  int *counter = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (volatile int i = 0; i < kLong; ++i) continue;
  for (int child = 0; child < 2; ++child) {
    if (fork() != 0) continue;
    ++*(volatile int *)counter;
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", *counter);
  return 0;
}
