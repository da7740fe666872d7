// SPDX-License-Identifier: MIT
// Does getpid by the x32 door: the number with bit 30 set.
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  puts("before");
  fflush(stdout);
  printf("after %ld\n", syscall(0x40000000L | SYS_getpid));
  return 0;
}
