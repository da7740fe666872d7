// SPDX-License-Identifier: MIT
// Jumps into 32-bit code (a far return to segment 0x23) and calls from there.
#include "attack.h"

static void attack(void) {
  static const unsigned char code[] = {0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xf4};
  unsigned char* const low = mmap((void*)0x10000000, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  memcpy(low, code, sizeof code);
  puts("before");
  fflush(stdout);
  __asm__ volatile(
      "pushq $0x23\n"
      "pushq $0x10000000\n"
      "lretq" ::
          : "memory");
}
