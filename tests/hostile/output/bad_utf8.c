// SPDX-License-Identifier: MIT
// Writes bytes that are no UTF-8: cut sequences, overlong ones, surrogates, what is above Unicode.
#include "attack.h"

static const char text[] = "\xff\xfe \xc3 \xe2\x82 \xc0\xaf \xed\xa0\x80 \xf5\x80\x80\x80 \xf8\x88\x80\x80\x80 end\xc3";

// On each stream, and in the file that a check quotes.
static void attack(void) {
  const int answer = open("answer", O_WRONLY | O_CREAT, 0644);
  (void)!write(answer, text, sizeof text - 1);
  (void)!write(1, text, sizeof text - 1);
  (void)!write(2, text, sizeof text - 1);
  puts("");
}
