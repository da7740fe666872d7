// SPDX-License-Identifier: MIT
// Writes a line of many megabytes, and such a file.
#include "attack.h"

static void attack(void) {
  static char part[1 << 20];
  const int answer = open("answer", O_WRONLY | O_CREAT, 0644);
  memset(part, 'x', sizeof part);
  for (int i = 0; i < 12; ++i) {
    (void)!write(1, part, sizeof part);
    (void)!write(answer, part, sizeof part);
  }
  puts("");
}
