// SPDX-License-Identifier: MIT
// Atomic additions after more instructions than are looked at one by one.
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kChildren = 3, kLong = 20000 };

int main(void) {
  int *counter = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int child = 0; child < kChildren; ++child) {
    if (fork() != 0) continue;
    for (volatile int i = 0; i < kLong; ++i) continue;
    __sync_fetch_and_add(counter, 1);
    for (volatile int i = 0; i < kLong; ++i) continue;
    __sync_fetch_and_add(counter, 1);
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", *counter);
  return 0;
}
