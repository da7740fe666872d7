// SPDX-License-Identifier: MIT
// Writes NUL bytes within and around what a check looks for.
#include "attack.h"

static const char text[] = "\0" "42\0\n\0\0hidden\0";

// On each stream, and in the file that a check quotes.
static void attack(void) {
  const int answer = open("answer", O_WRONLY | O_CREAT, 0644);
  (void)!write(answer, text, sizeof text - 1);
  (void)!write(1, text, sizeof text - 1);
  (void)!write(2, text, sizeof text - 1);
  puts("");
}
