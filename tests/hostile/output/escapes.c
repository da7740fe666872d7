// SPDX-License-Identifier: MIT
// Writes what a terminal obeys: colours, a title, a cleared screen, an answer that it would type, C1 controls, a
// bell.
#include "attack.h"

static const char text[] = "\033[31mred\033[0m\033]0;owned\007\033[2J\033[H\033[6n\033P+q\033\\\x9b" "31m\x90\xc2\x9b" "31m\r\b\b\x7f\x0e\x0f\v\f";

// On each stream, and in the file that a check quotes.
static void attack(void) {
  const int answer = open("answer", O_WRONLY | O_CREAT, 0644);
  (void)!write(answer, text, sizeof text - 1);
  (void)!write(1, text, sizeof text - 1);
  (void)!write(2, text, sizeof text - 1);
  puts("");
}
