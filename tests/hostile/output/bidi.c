// SPDX-License-Identifier: MIT
// Writes marks that turn text about, so that it reads otherwise than it is.
#include "attack.h"

static const char text[] = "\u202e\u2066passed\u2069 7/7\u202c\u200f \u061c\u200b\ufeff\u2028\u2029 x\n";

// On each stream, and in the file that a check quotes.
static void attack(void) {
  const int answer = open("answer", O_WRONLY | O_CREAT, 0644);
  (void)!write(answer, text, sizeof text - 1);
  (void)!write(1, text, sizeof text - 1);
  (void)!write(2, text, sizeof text - 1);
  puts("");
}
