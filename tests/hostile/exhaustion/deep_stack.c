// SPDX-License-Identifier: MIT
// Calls itself until its stack meets its end.
#include "attack.h"

static volatile char sink;
__attribute__((noinline)) static int deeper(int n) {
  volatile char frame[4096];
  frame[0] = (char)n;
  sink = frame[0];
  return deeper(n + 1) + frame[0];
}

static void attack(void) {
  puts("begins");
  fflush(stdout);
  printf("%d\n", deeper(0));
}
