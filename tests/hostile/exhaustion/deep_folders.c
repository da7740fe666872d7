// SPDX-License-Identifier: MIT
// Makes folders inside one another, far deeper than a path may be long.
#include "attack.h"

static void attack(void) {
  long made = 0;
  while (made < 3000) {
    if (mkdir("dddddddddd", 0755) < 0 || chdir("dddddddddd") < 0) break;
    ++made;
  }
  told_of("deep", made);
  (void)!write(open("bottom", O_WRONLY | O_CREAT, 0644), "x", 1);
}
