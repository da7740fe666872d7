// SPDX-License-Identifier: MIT
// The same with one instruction that is not atomic: it reads, adds and writes back.
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int *counter = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int child = 0; child < 2; ++child) {
    if (fork() != 0) continue;
    for (int i = 0; i < 2; ++i) __asm__ volatile("addl $1, %0" : "+m"(*counter));
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", *counter);
  return 0;
}
