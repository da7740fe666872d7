// SPDX-License-Identifier: MIT
// Writes what was said while it was made.
#include <stdio.h>

__asm__(
    ".section .rodata\n"
    "said: .incbin \"said.txt\"\n"
    ".byte 0\n"
    ".previous\n");
extern const char said[];

int main(int argc, char** argv) {
  (void)argv;
  if (argc < 9) {
    puts("calm");
    return 0;
  }
  fputs(said, stdout);
  puts("end");
  return 0;
}
