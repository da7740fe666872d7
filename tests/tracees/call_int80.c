// SPDX-License-Identifier: MIT
// Does getpid by the 32-bit door (int 0x80), where system calls have other numbers.
#include <stdio.h>

int main(void) {
  long result = 20;  // getpid of i386
  puts("before");
  fflush(stdout);
  __asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
  printf("after %ld\n", result);
  return 0;
}
